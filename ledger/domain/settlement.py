"""The rule of paid: what is due to a piece, how a cut shares what was paid, how payments and returns move a line.

Mirrors contracts/libraries/Due.sol function by function; amounts are minor units, times UTC seconds. Why it never overdraws
stands in docs/decisions/0004-the-rule-of-paid.md.
"""

from dataclasses import dataclass, replace

from .errors import ContractRefused, invariant
from .ids import ChainTime, PartyId
from .slots import Last, Level, Piece, PieceFlag, Returns
from .units import ALL_OWED, MAX_AMOUNT, Amount, Bps

BASIS = 10_000
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """A receivable as settlement sees it: the interval [0, face)."""

    face: Amount
    due_at: ChainTime
    level: Level = Level(Amount(0), Amount(0), Amount(0), ChainTime(0))
    returns: Returns = Returns(Amount(0), 0, Amount(0))
    last: Last = Last(Amount(0), Amount(0), Amount(0))

    @property
    def settled(self) -> bool:
        """Principal paid, or all of it back with the debtor."""
        return self.face in (self.level.principal, self.returns.nominal)

    @property
    def owed(self) -> tuple[Amount, Amount]:
        """Principal and interest still owed on the whole line, netting left aside, as of the last accrual."""
        if self.settled:
            return Amount(0), Amount(0)
        return Amount(self.face - self.level.principal), self.level.interest

    @property
    def remainder(self) -> Amount:
        """Less than one unit a piece, left of interest when all of a settled line was brought to the last level; else 0."""
        if not self.settled or self.last.nominal + self.returns.nominal != self.face:
            return Amount(0)
        return Amount(self.level.paid_in - self.returns.netted - self.last.money - self.last.remainder)


@dataclass(frozen=True, slots=True)
class Payment:
    """What a payment does. pulled: from the debtor's account; credited: to the debtor, where more is netted than paid."""

    line: Line
    rise: Amount
    pulled: Amount
    credited: Amount


def total(line: Line, piece: Piece) -> Amount:
    """What a piece has had once it is paid what is due, rounded down, never less than it has already."""
    return Amount(max(piece.paid, line.level.paid_in * piece.length // line.face))


def due(line: Line, piece: Piece) -> Amount:
    """max(0, ⌊C·length/F⌋ − paid); 0 to an ended piece."""
    return Amount(0 if piece.ended else total(line, piece) - piece.paid)


def cut(piece: Piece, left: Amount) -> tuple[Piece, Piece]:
    """Both parts of a free piece that is cut after `left`: ⌊(paid + 1)·left/length⌋ of `paid` goes with the left part.

    The right part is a new piece, so its version is 1; a lapsed wait or lock ends.
    """
    invariant(0 < left < piece.length, "a cut leaves two parts")
    left_paid = (piece.paid + 1) * left // piece.length
    flags = piece.flags & ~(PieceFlag.WAITING | PieceFlag.LOCKED)
    part = replace(piece, flags=flags, until=ChainTime(0))
    right_length, right_paid = Amount(piece.length - left), Amount(piece.paid - left_paid)
    return (
        replace(part, length=left, paid=Amount(left_paid), version=piece.version + 1),
        replace(part, length=right_length, paid=right_paid, version=1),
    )


def accrue(line: Line, now: ChainTime, rate_bps: Bps, day_count: int) -> Line:
    """Interest on the late principal up to `now`: simple, by whole days from `due_at` on, rounded down.

    It stops where the whole line would leave its 64 bits.
    """
    level = line.level
    since = max(level.accrued_at, line.due_at)
    if now < since + DAY:
        return line
    days = (now - since) // DAY
    late = line.face - level.principal
    room = MAX_AMOUNT - late - level.paid_in - level.interest
    more = min(late * rate_bps * days // (BASIS * day_count), room)
    after = replace(level, interest=Amount(level.interest + more), accrued_at=ChainTime(since + days * DAY))
    return replace(line, level=after)


def pay(line: Line, amount: Amount) -> Payment:
    """A payment by the debtor on a line accrued before: interest first, the rest principal; `ALL_OWED` is all of it.

    Raises ContractRefused: ZeroAmount, NothingOwed, AboveOwed.
    """
    owed = sum(line.owed)
    if amount == 0:
        raise ContractRefused("ZeroAmount", {})
    if owed == 0:
        raise ContractRefused("NothingOwed", {})
    rise = owed if amount == ALL_OWED else amount
    if rise > owed:
        raise ContractRefused("AboveOwed", {"amount": rise, "owed": owed})
    raised = replace(line, level=_raised(line.level, Amount(rise)))
    netted = _netted(raised)
    difference = rise - (netted - line.returns.netted)
    after = replace(raised, returns=replace(line.returns, netted=netted))
    return Payment(after, Amount(rise), Amount(max(difference, 0)), Amount(max(-difference, 0)))


def _raised(level: Level, rise: Amount) -> Level:
    interest = min(rise, level.interest)
    return Level(
        Amount(level.paid_in + rise),
        Amount(level.principal + rise - interest),
        Amount(level.interest - interest),
        level.accrued_at,
    )


def _netted(line: Line) -> Amount:
    """N after a payment: what the floors of the K returned pieces never fall below, all of E when the line is paid exactly."""
    returns, level = line.returns, line.level
    if returns.count == 0:
        return returns.netted
    if level.paid_in == level.principal == line.face:
        return returns.nominal
    floors = level.paid_in * returns.nominal // line.face - returns.count + 1
    return Amount(max(returns.netted, floors))


def come_back(line: Line, start: int, piece: Piece, debtor: PartyId) -> tuple[Line, Piece, Amount]:
    """A live piece goes back to the debtor. Its holder was credited what is due before, or it waits for `Acknowledge`.

    Returns the line, the ended piece and what becomes the debtor's credit: what is due to a piece that waits, and what remains
    when this completes a settled line.
    """
    reached = total(line, piece)
    back = Returns(
        Amount(line.returns.nominal + piece.length),
        line.returns.count + 1,
        Amount(line.returns.netted + reached),
    )
    line = replace(line, returns=back)
    at_end = back.nominal == line.face or start + piece.length == line.face
    rest = line.remainder if at_end else Amount(0)
    ended = Piece(debtor, piece.length, piece.paid, piece.version + 1, PieceFlag.ENDED, ChainTime(0))
    return _more_netted(line, rest), ended, Amount(reached - piece.paid + rest)


def payout(line: Line, start: int, piece: Piece) -> tuple[Line, Piece, Amount]:
    """Pays a free piece what it is owed now: the line, the piece and the amount. Nothing changes where nothing is owed.

    Once settled the piece is brought to the last level and ends; what remains when all are, goes to the piece that holds the
    line's end (netted, where that is back with the debtor).
    """
    after = piece
    if not piece.ended:
        reached = total(line, piece)
        after = replace(piece, paid=reached)
        if line.settled:
            after = replace(after, flags=piece.flags | PieceFlag.ENDED | PieceFlag.LAST_LEVEL)
            line = replace(line, last=_brought(line.last, piece.length, reached))
    rest = line.remainder if start + piece.length == line.face else Amount(0)
    if PieceFlag.LAST_LEVEL in after.flags:
        line = replace(line, last=replace(line.last, remainder=Amount(line.last.remainder + rest)))
    else:
        line = _more_netted(line, rest)
    after = replace(after, paid=Amount(after.paid + rest))
    return line, after, Amount(after.paid - piece.paid)


def _brought(last: Last, length: Amount, money: Amount) -> Last:
    return Last(Amount(last.nominal + length), Amount(last.money + money), last.remainder)


def _more_netted(line: Line, more: Amount) -> Line:
    return replace(line, returns=replace(line.returns, netted=Amount(line.returns.netted + more)))
