"""Any history of cuts, moves, instalments, interest and returns pays out what came in: no unit more and, at the end, none less.

The money is counted here by what flows in and out, and the shares by fractions of the line; neither is read from the line's own
sums. Short lines meet the borders of rounding at once; a few lines are as long as 64 bits allow.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.domain import settlement
from ledger.domain.ids import ChainTime, PartyId
from ledger.domain.settlement import Line
from ledger.domain.slots import Piece, PieceFlag
from ledger.domain.units import ALL_OWED, MAX_AMOUNT, Amount, Bps

DUE_AT = ChainTime(1_000_000)
DEBTOR = PartyId(1)
DAY = 86_400
Step = tuple[str, int, int]


@dataclass
class History:
    """One receivable with its pieces, and the money that came in and went out, counted beside it."""

    line: Line
    rate: Bps
    pieces: dict[int, Piece]
    now: int = DUE_AT - 5 * DAY
    waiting: set[int] = field(default_factory=set)
    returned: dict[int, Piece] = field(default_factory=dict)
    came_in: int = 0
    to_holders: int = 0
    to_debtor: int = 0
    rises: int = 0

    @property
    def held(self) -> int:
        return self.came_in - self.to_holders - self.to_debtor

    @property
    def live(self) -> dict[int, Piece]:
        return {start: each for start, each in sorted(self.pieces.items()) if start not in self.returned}

    @property
    def movable(self) -> list[int]:
        return [start for start, each in self.live.items() if not each.ended and start not in self.waiting]

    def pay(self, amount: int, _: int = 0) -> None:
        self.line = settlement.accrue(self.line, ChainTime(self.now), self.rate, 360)
        owed = sum(self.line.owed)
        if owed == 0:
            return
        wanted = ALL_OWED if amount >= MAX_AMOUNT else 1 + amount % owed
        before = self.line
        payment = settlement.pay(self.line, Amount(wanted))
        self.line = payment.line
        assert payment.rise == (owed if wanted == ALL_OWED else wanted)
        assert payment.pulled >= 0
        assert payment.credited >= 0
        netted = self.line.returns.netted - before.returns.netted
        assert payment.pulled - payment.credited == payment.rise - netted
        self.came_in += payment.pulled
        self.to_debtor += payment.credited
        self.rises += payment.rise
        self._interest_first(before, payment.rise)

    def _interest_first(self, before: Line, rise: int) -> None:
        principal = max(0, rise - before.level.interest)
        assert self.line.level.principal - before.level.principal == principal
        assert before.level.interest - self.line.level.interest == rise - principal

    def pay_a_unit(self, _: int, __: int) -> None:
        self.pay(0)

    def pass_days(self, days: int, seconds: int) -> None:
        self.now += days % 40 * DAY + seconds % DAY

    def credit(self, start: int) -> Piece:
        piece = self.pieces[start]
        amount = settlement.due(self.line, piece)
        assert amount >= 0
        self.to_holders += amount
        self.pieces[start] = replace(piece, paid=Amount(piece.paid + amount))
        return self.pieces[start]

    def move(self, which: int, _: int) -> None:
        if self.movable:
            self.credit(self.movable[which % len(self.movable)])

    def cut(self, which: int, where: int) -> None:
        choice = [start for start in self.movable if self.pieces[start].length > 1]
        if choice:
            start = choice[which % len(choice)]
            piece = self.credit(start)
            left, right = settlement.cut(piece, Amount(1 + where % (piece.length - 1)))
            assert left.paid >= 0
            assert right.paid >= 0
            self.pieces |= {start: left, start + left.length: right}

    def transfer_part(self, which: int, where: int) -> None:
        self.cut(which, where)
        self.move(where, which)

    def bank_paid(self, which: int, _: int) -> None:
        if self.movable:
            self.waiting.add(self.movable[which % len(self.movable)])

    def acknowledge(self, which: int, _: int) -> None:
        if self.waiting:
            start = sorted(self.waiting)[which % len(self.waiting)]
            self.waiting.remove(start)
            self._come_back(start)

    def lapse(self, which: int, _: int) -> None:
        if self.waiting:
            self.waiting.remove(sorted(self.waiting)[which % len(self.waiting)])

    def give_back(self, which: int, _: int) -> None:
        if self.movable:
            start = self.movable[which % len(self.movable)]
            self.credit(start)
            self._come_back(start)

    def _come_back(self, start: int) -> None:
        piece = self.pieces[start]
        self.line, ended, credited = settlement.come_back(self.line, start, piece, DEBTOR)
        assert ended.ended
        assert ended.holder == DEBTOR
        assert credited >= 0
        self.to_debtor += credited
        self.pieces[start] = ended
        self.returned[start] = piece
        if self.line.returns.nominal == self.line.face:
            assert self.held == 0

    def distribute(self, which: int, _: int) -> None:
        choice = sorted(self.pieces.keys() - self.waiting)
        if choice:
            self._distribute(choice[which % len(choice)])

    def _distribute(self, start: int) -> None:
        self.line, self.pieces[start], amount = settlement.payout(self.line, start, self.pieces[start])
        assert amount >= 0
        if start in self.returned:
            self.to_debtor += amount
        else:
            self.to_holders += amount

    def check(self) -> None:
        face, paid_in = self.line.face, self.line.level.paid_in
        assert paid_in == self.rises
        assert sum(each.length for each in self.pieces.values()) == face
        dues = sum(settlement.due(self.line, each) for each in self.live.values())
        had = sum(each.paid for each in self.live.values())
        assert self.held >= dues
        assert self.held == paid_in - self.line.returns.netted - had
        assert self.held - dues < len(self.pieces)
        for each in self.live.values():
            assert each.paid + settlement.due(self.line, each) > Fraction(paid_in * each.length, face) - 1
        self._check_netting()

    def _check_netting(self) -> None:
        paid_in, face, returns = self.line.level.paid_in, self.line.face, self.line.returns
        assert returns.nominal == sum(each.length for each in self.returned.values())
        assert returns.count == len(self.returned)
        if self.returned and not self.line.settled:
            most = sum(max(paid_in * each.length // face, each.paid) for each in self.returned.values())
            exact = Fraction(paid_in * returns.nominal, face)
            assert exact - returns.count < returns.netted <= most

    def finish(self, order: int) -> None:
        self.pay(ALL_OWED)
        assert self.line.settled
        assert sum(self.line.owed) == 0
        for _ in range(len(self.waiting)):
            (self.acknowledge if order % 2 else self.lapse)(order, order)
            self.check()
        for start in [*sorted(self.pieces, reverse=bool(order % 3)), max(self.pieces)]:
            self._distribute(start)
            self.check()
        self._check_end()

    def _check_end(self) -> None:
        assert self.held == 0
        assert all(each.ended for each in self.pieces.values())
        level = self.line.level
        had = sum(each.paid for each in self.live.values())
        assert had + self.line.returns.netted == level.paid_in
        if level.paid_in == level.principal == self.line.face:
            assert all(each.paid == each.length for each in self.live.values())
            assert self.line.last.remainder == 0
            assert self.line.returns.netted == self.line.returns.nominal


STEPS: dict[str, Callable[[History, int, int], None]] = {
    "cut": History.cut,
    "pay": History.pay,
    "pay_a_unit": History.pay_a_unit,
    "pass_days": History.pass_days,
    "move": History.move,
    "transfer_part": History.transfer_part,
    "distribute": History.distribute,
    "bank_paid": History.bank_paid,
    "acknowledge": History.acknowledge,
    "lapse": History.lapse,
    "give_back": History.give_back,
}


def play(face: int, rate: int, steps: list[Step], order: int) -> History:
    """Plays the steps on a new receivable, checks after each, settles it and checks the end."""
    whole = Piece(PartyId(2), Amount(face), Amount(0), 1, PieceFlag(0), ChainTime(0))
    history = History(Line(Amount(face), DUE_AT), Bps(rate), {0: whole})
    for name, first, second in steps:
        STEPS[name](history, first, second)
        history.check()
    history.finish(order)
    return history


FACES = st.one_of(st.integers(1, 12), st.integers(1, 400), st.integers(1, MAX_AMOUNT))
NUMBERS = st.one_of(st.integers(0, 8), st.integers(0, MAX_AMOUNT - 1))
WALKS = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), NUMBERS, NUMBERS), max_size=40)
IN_TIME = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS.keys() - {"pass_days"})), NUMBERS, NUMBERS), max_size=40
)


@settings(max_examples=1500, deadline=None)
@given(face=FACES, rate=st.sampled_from([0, 800, 36_000, 400_000]), steps=WALKS, order=st.integers(0, 5))
def test_any_history_pays_out_what_came_in(face: int, rate: int, steps: list[Step], order: int) -> None:
    play(face, rate, steps, order)


# The shortest histories on which plain ⌊paid·left/length⌋, and plain ⌊C·E/F⌋ for N, owe more than came in.
AHEAD_OF_ITS_SHARE: list[Step] = [("pay", 4, 0), ("cut", 0, 4), ("cut", 2, 1)]
NETTED_ABOVE_FLOORS: list[Step] = [
    ("cut", 5, 5),
    ("cut", 0, 3),
    ("give_back", 3, 0),
    ("give_back", 3, 0),
    ("pay", 2, 0),
]


@settings(max_examples=1500, deadline=None)
@given(face=FACES, steps=IN_TIME, order=st.integers(0, 5))
@example(face=9, steps=AHEAD_OF_ITS_SHARE, order=0)
@example(face=8, steps=NETTED_ABOVE_FLOORS, order=0)
def test_without_interest_every_piece_has_exactly_its_amount(
    face: int, steps: list[Step], order: int
) -> None:
    history = play(face, 800, steps, order)
    if history.line.level.principal == face:
        assert all(each.paid == each.length for each in history.live.values())
        assert history.line.returns.netted == history.line.returns.nominal
