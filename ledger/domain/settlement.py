"""The rule of paid: what is due to a piece, how a cut shares what was paid, how payments and returns move a line.

Mirrors contracts/libraries/Due.sol function by function; amounts are minor units, times UTC seconds. Why it never overdraws
stands in docs/decisions/0004-the-rule-of-paid.md.
"""

from dataclasses import dataclass, replace

from .errors import ContractRefused, invariant
from .units import ALL_OWED, MAX_AMOUNT, Bps

BASIS = 10_000
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """A receivable as settlement sees it: the interval [0, face).

    paid_in is C, netting included; principal is P; interest is accrued and unpaid; accrued_at is 0 before the first accrual.
    returned, count, netted (E, K, N) came back to the debtor. brought and money: nominal and money of the pieces brought to
    the last level after settlement; remainder: what of interest was left and given to the line's end.
    """

    face: int
    due_at: int
    paid_in: int = 0
    principal: int = 0
    interest: int = 0
    accrued_at: int = 0
    returned: int = 0
    count: int = 0
    netted: int = 0
    brought: int = 0
    money: int = 0
    remainder: int = 0

    @property
    def settled(self) -> bool:
        """Principal paid, or all of it back with the debtor."""
        return self.principal == self.face or self.returned == self.face

    @property
    def owed(self) -> tuple[int, int]:
        """Principal and interest still owed on the whole line, netting left aside, as of the last accrual."""
        return (0, 0) if self.settled else (self.face - self.principal, self.interest)


@dataclass(frozen=True, slots=True)
class Share:
    """A piece as settlement sees it. ended: paid to the last level, or back with the debtor; last_level: the former."""

    start: int
    length: int
    paid: int = 0
    ended: bool = False
    last_level: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """What a payment does. pulled: from the debtor's account; credited: to the debtor, where more is netted than paid."""

    line: Line
    rise: int
    pulled: int
    credited: int


def total(line: Line, piece: Share) -> int:
    """What a piece has had once it is paid what is due, rounded down, never less than it has already."""
    return max(piece.paid, line.paid_in * piece.length // line.face)


def due(line: Line, piece: Share) -> int:
    """max(0, ⌊C·length/F⌋ − paid); 0 to an ended piece."""
    return 0 if piece.ended else total(line, piece) - piece.paid


def cut(piece: Share, left: int) -> tuple[Share, Share]:
    """Both parts of a free piece that is cut after `left`: ⌊(paid + 1)·left/length⌋ of `paid` goes with the left part."""
    invariant(0 < left < piece.length, "a cut leaves two parts")
    left_paid = (piece.paid + 1) * left // piece.length
    return (
        replace(piece, length=left, paid=left_paid),
        Share(piece.start + left, piece.length - left, piece.paid - left_paid),
    )


def accrue(line: Line, now: int, rate_bps: Bps, day_count: int) -> Line:
    """Interest on the late principal up to `now`: simple, by whole days from `due_at` on, rounded down.

    It stops where the whole line would leave its 64 bits.
    """
    since = max(line.accrued_at, line.due_at)
    if now < since + DAY:
        return line
    days = (now - since) // DAY
    late = line.face - line.principal
    room = MAX_AMOUNT - late - line.paid_in - line.interest
    more = min(late * rate_bps * days // (BASIS * day_count), room)
    return replace(line, interest=line.interest + more, accrued_at=since + days * DAY)


def pay(line: Line, amount: int) -> Payment:
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
    interest = min(rise, line.interest)
    after = replace(
        line,
        paid_in=line.paid_in + rise,
        principal=line.principal + rise - interest,
        interest=line.interest - interest,
    )
    netted = _netted(after)
    difference = rise - (netted - line.netted)
    return Payment(replace(after, netted=netted), rise, max(difference, 0), max(-difference, 0))


def _netted(line: Line) -> int:
    """N after a payment: what the floors of the K returned pieces never fall below, all of E when the line is paid exactly."""
    if line.count == 0:
        return line.netted
    if line.paid_in == line.principal == line.face:
        return line.returned
    return max(line.netted, line.paid_in * line.returned // line.face - line.count + 1)


def come_back(line: Line, piece: Share) -> tuple[Line, Share, int]:
    """A live piece goes back to the debtor. Its holder was credited what is due before, or it waited for `Acknowledge`.

    Returns the line, the ended piece and what becomes the debtor's credit: what was due while it waited, and what remains when
    this completes a settled line.
    """
    reached = total(line, piece)
    after = replace(
        line,
        returned=line.returned + piece.length,
        count=line.count + 1,
        netted=line.netted + reached,
    )
    at_end = after.returned == line.face or piece.start + piece.length == line.face
    rest = _rest(after) if at_end else 0
    return (
        replace(after, netted=after.netted + rest),
        replace(piece, ended=True),
        reached - piece.paid + rest,
    )


def _rest(line: Line) -> int:
    """Less than one unit a piece, left of interest when all of a settled line was brought to the last level; else 0."""
    if not line.settled or line.brought + line.returned != line.face:
        return 0
    return line.paid_in - line.netted - line.money - line.remainder


def payout(line: Line, piece: Share) -> tuple[Line, Share, int]:
    """Pays a free piece what it is owed now: the line, the piece and the amount. Nothing changes where nothing is owed.

    Once settled the piece is brought to the last level and ends; what remains when all are, goes to the piece that holds the
    line's end (netted, where that is back with the debtor).
    """
    after = piece
    if not piece.ended:
        reached = total(line, piece)
        after = replace(piece, paid=reached, ended=line.settled, last_level=line.settled)
        if line.settled:
            line = replace(line, brought=line.brought + piece.length, money=line.money + reached)
    rest = _rest(line) if piece.start + piece.length == line.face else 0
    if rest and after.last_level:
        line = replace(line, remainder=line.remainder + rest)
    elif rest:
        line = replace(line, netted=line.netted + rest)
    after = replace(after, paid=after.paid + rest)
    return line, after, after.paid - piece.paid
