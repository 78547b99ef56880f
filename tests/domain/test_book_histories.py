"""Random histories of one receivable, reckoned by settlement.py and told as events: the book stays sound after each step."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain import settlement
from ledger.domain.book import apply, replay
from ledger.domain.errors import ContractRefused
from ledger.domain.events import (
    Event,
    InvoiceUsed,
    PieceCut,
    PiecePaid,
    PieceTransferred,
    ReceivableConfirmed,
    ReceivablePaid,
    ReceivableReturned,
)
from ledger.domain.ids import NO_DIGEST, NO_TRADE
from ledger.domain.invariants import violations
from ledger.domain.records import Confirmed
from ledger.domain.settlement import Line
from ledger.domain.slots import Piece, PieceFlag
from ledger.domain.units import ALL_OWED

DEBTOR, HOLDER, ID, DUE_AT, DAY = 3, 4, 77, 1_000, 86_400
H = b"\x09" * 32


class History:
    """One receivable, its line by settlement.py beside the book that hears of it."""

    def __init__(self, face: int) -> None:
        terms = Confirmed(
            DEBTOR, HOLDER, face, "EUR", DUE_AT, "DE", 1, H, NO_TRADE, 0, 0, H, 1, NO_DIGEST, False
        )
        self.book = replay(
            [ReceivableConfirmed(ID, H, terms), InvoiceUsed(ID, H, DEBTOR, H, face, face, face)]
        )
        self.line = Line(face, DUE_AT)
        self.now = DUE_AT

    @property
    def pieces(self) -> dict[int, Piece]:
        return dict(sorted(self.book.receivables[ID].pieces.items()))

    def tell(self, event: Event) -> None:
        self.book = apply(self.book, event)

    def cut(self, pick: int, at: int) -> None:
        start = self.live(pick)
        if start is None or self.pieces[start].length < 2:
            return
        self.pay_out(start)
        if self.pieces[start].ended:
            return
        left, right = settlement.cut(self.pieces[start], 1 + at % (self.pieces[start].length - 1))
        self.tell(PieceCut(ID, H, start, left, start + left.length, right))

    def pay(self, amount: int, days: int) -> None:
        self.now += days * DAY
        self.line = settlement.accrue(self.line, self.now, 900, 360)
        with suppress(ContractRefused):
            made = settlement.pay(self.line, amount)
            self.line = made.line
            self.tell(ReceivablePaid(ID, H, made.rise, made.pulled, self.line.level, self.line.returns))

    def give_back(self, pick: int) -> None:
        start = self.live(pick)
        if start is None or self.line.settled:
            return
        self.pay_out(start)
        self.line, ended, _ = settlement.come_back(self.line, start, self.pieces[start], DEBTOR)
        self.tell(ReceivableReturned(ID, H, start, self.line.returns))
        self.tell(PieceTransferred(ID, H, start, ended, HOLDER, 0, False, NO_DIGEST, NO_DIGEST))

    def pay_out(self, start: int) -> None:
        self.line, after, amount = settlement.payout(self.line, start, self.pieces[start])
        self.tell(PiecePaid(ID, NO_DIGEST, start, after, amount, False, self.line.last))
        self.tell(ReceivableReturned(ID, NO_DIGEST, start, self.line.returns))

    def pay_one_out(self, pick: int) -> None:
        start = self.live(pick)
        if start is not None:
            self.pay_out(start)

    def live(self, pick: int) -> int | None:
        starts = [start for start, piece in self.pieces.items() if not piece.ended]
        return starts[pick % len(starts)] if starts else None


numbers = st.integers(0, 10**6)
steps = st.one_of(
    st.tuples(st.just("cut"), numbers, numbers),
    st.tuples(st.just("pay"), st.integers(1, 400), st.sampled_from([0, 0, 1, 400])),
    st.tuples(st.just("give_back"), numbers),
    st.tuples(st.just("pay_one_out"), numbers),
)


@given(st.integers(1, 1000), st.lists(steps, max_size=25))
@settings(max_examples=300, deadline=None)
def test_every_history_keeps_the_book_sound_and_pays_all_out(face: int, moves: list[tuple]) -> None:
    history = History(face)
    for name, *values in moves:
        getattr(history, name)(*values)
        assert violations(history.book) == []
    history.pay(ALL_OWED, 0)
    for start in history.pieces:
        history.pay_out(start)
    history.pay_out(max(history.pieces))
    assert violations(history.book) == []
    assert history.line.settled
    brought = [piece for piece in history.pieces.values() if PieceFlag.LAST_LEVEL in piece.flags]
    assert history.line.level.paid_in == history.line.returns.netted + sum(piece.paid for piece in brought)
