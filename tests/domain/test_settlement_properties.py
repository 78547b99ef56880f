"""Any history of cuts, moves, instalments, interest and returns pays out what came in: no unit more and, at the end, none less.

The money is counted here by what flows in and out, and the shares by fractions of the line; neither is read from the line's own
sums. Short lines meet the borders of rounding at once; a few lines are as long as 64 bits allow.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.domain import settlement
from ledger.domain.settlement import Line, Share
from ledger.domain.units import ALL_OWED, MAX_AMOUNT, Bps

DUE_AT = 1_000_000
DAY = 86_400
Step = tuple[str, int, int]


@dataclass
class History:
    """One receivable with its pieces, and the money that came in and went out, counted beside it."""

    line: Line
    rate: Bps
    pieces: dict[int, Share]
    now: int = DUE_AT - 5 * DAY
    waiting: set[int] = field(default_factory=set)
    returned: list[Share] = field(default_factory=list)
    came_in: int = 0
    to_holders: int = 0
    to_debtor: int = 0
    rises: int = 0

    @property
    def held(self) -> int:
        return self.came_in - self.to_holders - self.to_debtor

    @property
    def live(self) -> list[Share]:
        back = {each.start for each in self.returned}
        return [each for start, each in sorted(self.pieces.items()) if start not in back]

    @property
    def movable(self) -> list[Share]:
        return [each for each in self.live if not each.ended and each.start not in self.waiting]

    def pay(self, amount: int, _: int = 0) -> None:
        self.line = settlement.accrue(self.line, self.now, self.rate, 360)
        owed = sum(self.line.owed)
        if owed == 0:
            return
        wanted = ALL_OWED if amount >= MAX_AMOUNT else 1 + amount % owed
        before = self.line
        payment = settlement.pay(self.line, wanted)
        self.line = payment.line
        assert payment.rise == (owed if wanted == ALL_OWED else wanted)
        assert payment.pulled >= 0
        assert payment.credited >= 0
        assert payment.pulled - payment.credited == payment.rise - (self.line.netted - before.netted)
        self.came_in += payment.pulled
        self.to_debtor += payment.credited
        self.rises += payment.rise
        self._interest_first(before, payment.rise)

    def _interest_first(self, before: Line, rise: int) -> None:
        principal = max(0, rise - before.interest)
        assert self.line.principal - before.principal == principal
        assert before.interest - self.line.interest == rise - principal

    def pay_a_unit(self, _: int, __: int) -> None:
        self.pay(0)

    def pass_days(self, days: int, seconds: int) -> None:
        self.now += days % 40 * DAY + seconds % DAY

    def credit(self, piece: Share) -> Share:
        amount = settlement.due(self.line, piece)
        assert amount >= 0
        self.to_holders += amount
        self.pieces[piece.start] = Share(piece.start, piece.length, piece.paid + amount)
        return self.pieces[piece.start]

    def move(self, which: int, _: int) -> None:
        if self.movable:
            self.credit(self.movable[which % len(self.movable)])

    def cut(self, which: int, where: int) -> None:
        choice = [each for each in self.movable if each.length > 1]
        if choice:
            piece = self.credit(choice[which % len(choice)])
            for part in settlement.cut(piece, 1 + where % (piece.length - 1)):
                assert part.paid >= 0
                self.pieces[part.start] = part

    def transfer_part(self, which: int, where: int) -> None:
        self.cut(which, where)
        self.move(where, which)

    def bank_paid(self, which: int, _: int) -> None:
        if self.movable:
            self.waiting.add(self.movable[which % len(self.movable)].start)

    def acknowledge(self, which: int, _: int) -> None:
        if self.waiting:
            start = sorted(self.waiting)[which % len(self.waiting)]
            self.waiting.remove(start)
            self._come_back(self.pieces[start])

    def lapse(self, which: int, _: int) -> None:
        if self.waiting:
            self.waiting.remove(sorted(self.waiting)[which % len(self.waiting)])

    def give_back(self, which: int, _: int) -> None:
        if self.movable:
            self._come_back(self.credit(self.movable[which % len(self.movable)]))

    def _come_back(self, piece: Share) -> None:
        self.line, ended, credited = settlement.come_back(self.line, piece)
        assert ended.ended
        assert credited >= 0
        self.to_debtor += credited
        self.pieces[piece.start] = ended
        self.returned.append(piece)
        if self.line.returned == self.line.face:
            assert self.held == 0

    def distribute(self, which: int, _: int) -> None:
        choice = [each for start, each in sorted(self.pieces.items()) if start not in self.waiting]
        if choice:
            piece = choice[which % len(choice)]
            self.line, self.pieces[piece.start], amount = settlement.payout(self.line, piece)
            assert amount >= 0
            if any(each.start == piece.start for each in self.returned):
                self.to_debtor += amount
            else:
                self.to_holders += amount

    def check(self) -> None:
        face, paid_in = self.line.face, self.line.paid_in
        assert paid_in == self.rises
        assert sum(each.length for each in self.pieces.values()) == face
        dues = sum(settlement.due(self.line, each) for each in self.live)
        assert self.held >= dues
        assert self.held == paid_in - self.line.netted - sum(each.paid for each in self.live)
        if not self.line.settled:
            assert self.held - dues < len(self.pieces)
        for each in self.live:
            exact = Fraction(paid_in * each.length, face)
            assert each.paid + settlement.due(self.line, each) > exact - 1
        self._check_netting()

    def _check_netting(self) -> None:
        exact = Fraction(self.line.paid_in * self.line.returned, self.line.face)
        assert self.line.netted >= 0
        assert self.line.returned == sum(each.length for each in self.returned)
        if not self.line.settled:
            floors = (self.line.paid_in * each.length // self.line.face for each in self.returned)
            had = (each.paid for each in self.returned)
            most = sum(max(pair) for pair in zip(floors, had, strict=True))
            assert self.line.count == 0 or exact - self.line.count < self.line.netted <= most

    def finish(self, order: int) -> None:
        self.pay(ALL_OWED)
        assert self.line.settled
        assert sum(self.line.owed) == 0
        for _ in range(len(self.waiting)):
            (self.acknowledge if order % 2 else self.lapse)(order, order)
            self.check()
        for start in sorted(self.pieces, reverse=bool(order % 3)):
            self._distribute_start(start)
        self._distribute_start(max(self.pieces))
        self._check_end()

    def _distribute_start(self, start: int) -> None:
        self.distribute(sorted(self.pieces).index(start), 0)
        self.check()

    def _check_end(self) -> None:
        assert self.held == 0
        assert all(each.ended for each in self.pieces.values())
        had = sum(each.paid for each in self.live)
        assert had + self.line.netted == self.line.paid_in
        if self.line.paid_in == self.line.principal == self.line.face:
            assert all(each.paid == each.length for each in self.live)
            assert self.line.remainder == 0
            assert self.line.netted == self.line.returned


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
    history = History(Line(face, DUE_AT), Bps(rate), {0: Share(0, face)})
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
    if history.line.principal == face:
        assert [each.paid for each in history.live] == [each.length for each in history.live]
        assert history.line.netted == history.line.returned
