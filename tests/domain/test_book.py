"""The executable specification: events give the state that they tell, misfits are refused, broken invariants are found."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.book import Book, apply, replay
from ledger.domain.errors import EventRefused
from ledger.domain.events import (
    EVENTS,
    ActRevoked,
    CapUsed,
    ClosedToNew,
    CurrencyAllowed,
    Event,
    GuardianNamed,
    InvoiceUsed,
    LimitSet,
    PartyAdmitted,
    PartyCredited,
    PayablesIssued,
    PayablesTaken,
    PersonEnrolled,
    PieceAcknowledged,
    PieceBankPaid,
    PieceCut,
    PiecePaid,
    PieceTransferred,
    QuoteFilled,
    ReceivableConfirmed,
    ReceivablePaid,
    ReceivableReturned,
    RulesPublished,
    SignerEnrolled,
    TradeDrawn,
    TradeInvoiced,
    TradeOrdered,
    TradeReceived,
)
from ledger.domain.ids import NO_DIGEST
from ledger.domain.invariants import violations
from ledger.domain.records import Confirmed, CurrencyRule, PartyRecord, RuleSet
from ledger.domain.slots import Last, Level, Piece, PieceFlag, Returns

from .strategies import structs

DEBTOR, SUPPLIER, TIER2 = 3, 4, 5
TRADE, ID = b"\x01" * 32, 77
ADDRESS = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
H = b"\x09" * 32


def act(number: int) -> bytes:
    return number.to_bytes(32)


def piece(holder: int, length: int, paid: int = 0, version: int = 1, flags: int = 0) -> Piece:
    return Piece(holder, length, paid, version, PieceFlag(flags), 0)


TERMS = Confirmed(DEBTOR, SUPPLIER, 300, "EUR", 99, "DE", 1, H, TRADE, 0, 0, H, 1, NO_DIGEST, False)
NONE_BROUGHT = Last(0, 0, 0)
REGISTER: list[Event] = [
    PartyAdmitted(DEBTOR, act(1), PartyRecord(H, 1, False, ADDRESS, H, H, 0, 2, H)),
    PersonEnrolled(DEBTOR, act(1), 1, H),
    SignerEnrolled(DEBTOR, act(1), ADDRESS, 1, 1, 3, 50),
    LimitSet(DEBTOR, act(1), ADDRESS, "EUR", 1, 1000, 5000),
    GuardianNamed(DEBTOR, act(1), ADDRESS),
    RulesPublished(1, RuleSet(H, 0, 6, 184, 30, 86400, 900, 360, False, False, 0, 0)),
    CurrencyAllowed(1, "EUR", CurrencyRule(ADDRESS, 0, 1, 10**9)),
]
TRADE_AND_DEBT: list[Event] = [
    TradeOrdered(TRADE, TRADE, DEBTOR, SUPPLIER, "EUR", 400, H),
    TradeReceived(TRADE, act(2), b"\x0a" * 32, 350, H, 4, 350),
    TradeInvoiced(TRADE, act(3), 400, H),
    ReceivableConfirmed(ID, act(4), TERMS),
    InvoiceUsed(ID, act(4), DEBTOR, b"\x0b" * 32, 120, 120, 120),
    InvoiceUsed(ID, act(4), DEBTOR, b"\x0c" * 32, 180, 200, 180),
    TradeDrawn(TRADE, act(4), ID, 300),
    CapUsed(DEBTOR, act(4), ADDRESS, "EUR", 1, 20500, 300),
]
MOVES: list[Event] = [
    PieceCut(ID, act(5), 0, piece(SUPPLIER, 200, 0, 2), 200, piece(SUPPLIER, 100)),
    PieceTransferred(ID, act(5), 200, piece(TIER2, 100, 0, 2), SUPPLIER, 0, False, NO_DIGEST, NO_DIGEST),
]
PAID = Level(100, 100, 0, 0)
FIRST_INSTALMENT: list[Event] = [
    ReceivablePaid(ID, act(6), 100, 100, PAID, Returns(0, 0, 0)),
    PiecePaid(ID, NO_DIGEST, 0, piece(SUPPLIER, 200, 66, 2), 66, False, NONE_BROUGHT),
    PiecePaid(ID, NO_DIGEST, 200, piece(TIER2, 100, 33, 2), 33, True, NONE_BROUGHT),
    PartyCredited(TIER2, NO_DIGEST, ADDRESS, 33),
]
BANK: list[Event] = [
    PieceBankPaid(ID, act(7), 0, piece(SUPPLIER, 200, 66, 2, PieceFlag.WAITING), 134, H),
    ReceivableReturned(ID, act(8), 0, Returns(200, 1, 66)),
    PieceAcknowledged(ID, act(8), 0, piece(DEBTOR, 200, 66, 3, PieceFlag.ENDED), SUPPLIER, act(7)),
]
BROUGHT = PieceFlag.ENDED | PieceFlag.LAST_LEVEL
SETTLED: list[Event] = [
    ReceivablePaid(ID, act(9), 200, 66, Level(300, 300, 0, 0), Returns(200, 1, 200)),
    PiecePaid(ID, NO_DIGEST, 200, piece(TIER2, 100, 100, 2, BROUGHT), 67, False, Last(100, 100, 0)),
]
STORY = [*REGISTER, *TRADE_AND_DEBT, *MOVES, *FIRST_INSTALMENT, *BANK, *SETTLED]


def told(*parts: list[Event]) -> Book:
    return replay([event for part in parts for event in part])


def test_parties_and_rules_are_kept() -> None:
    book = told(REGISTER, [ClosedToNew(1, True)])
    party = book.parties[DEBTOR]
    assert party.record.account == ADDRESS and party.persons == {1: H} and party.guardians == {ADDRESS}
    assert party.signers[ADDRESS].powers == 3 and party.limits == {(ADDRESS, "EUR", 1): (1000, 5000)}
    assert book.rules[1].closed and book.rules[1].currencies["EUR"].token == ADDRESS


def test_a_debt_begins_as_one_piece_and_draws_on_trade_and_invoices() -> None:
    book = told(REGISTER, TRADE_AND_DEBT)
    assert book.receivables[ID].pieces == {0: piece(SUPPLIER, 300)}
    assert book.receivables[ID].uses == {b"\x0b" * 32: 120, b"\x0c" * 32: 180}
    assert (book.invoices[DEBTOR, b"\x0c" * 32].used, book.invoices[DEBTOR, b"\x0c" * 32].total) == (180, 200)
    assert (book.trades[TRADE].received, book.trades[TRADE].drawn) == (350, 300)
    assert book.trades[TRADE].receivers == {4} and (DEBTOR, b"\x0a" * 32) in book.receipts
    assert book.caps[ADDRESS, "EUR", 1] == (20500, 300)


def test_a_part_moves_and_its_way_is_remembered() -> None:
    receivable = told(REGISTER, TRADE_AND_DEBT, MOVES).receivables[ID]
    assert receivable.pieces == {0: piece(SUPPLIER, 200, 0, 2), 200: piece(TIER2, 100, 0, 2)}
    (assignment,) = receivable.assignments
    assert (assignment.from_, assignment.to, assignment.length) == (SUPPLIER, TIER2, 100)


def test_bank_money_waits_until_it_is_acknowledged() -> None:
    before = told(REGISTER, TRADE_AND_DEBT, MOVES, FIRST_INSTALMENT, BANK[:1]).receivables[ID]
    assert before.waiting_for == {0: act(7)}
    after = told(REGISTER, TRADE_AND_DEBT, MOVES, FIRST_INSTALMENT, BANK).receivables[ID]
    assert after.waiting_for == {} and after.pieces[0].ended and after.returns == Returns(200, 1, 66)


def test_the_story_ends_settled_and_sound() -> None:
    book = told(STORY)
    assert book.receivables[ID].settled
    assert book.credits == {(TIER2, ADDRESS): 33}
    assert {act(3), act(6), act(7), act(9)} == book.spent
    assert violations(book) == []


def test_between_any_two_transactions_nothing_is_broken() -> None:
    parts = [REGISTER, TRADE_AND_DEBT, MOVES, FIRST_INSTALMENT, BANK, SETTLED]
    for count in range(len(parts) + 1):
        assert violations(told(*parts[:count])) == []


def test_bulk_quotes_and_revocations_are_counted() -> None:
    issued = PayablesIssued(DEBTOR, act(10), H, "EUR", 10, 1000, 99, 1, 98)
    book = told(
        [
            issued,
            PayablesTaken(DEBTOR, act(11), act(10), 3, 300),
            PayablesTaken(DEBTOR, act(12), act(10), 4, 400),
        ],
        [QuoteFilled(9, act(13), act(14), 50), QuoteFilled(9, act(15), act(14), 80)],
        [ActRevoked(SUPPLIER, act(16), act(17), H)],
    )
    assert (book.issues[act(10)].taken, book.issues[act(10)].taken_total, book.issues[act(10)].text) == (
        4,
        400,
        issued,
    )
    assert book.fills == {act(14): 80}
    assert book.revoked == {(SUPPLIER, act(17), H)} and act(16) in book.spent


REFUSED = [
    (REGISTER, REGISTER[0], "admitted before"),
    ([], REGISTER[1], "nothing stands"),
    ([], REGISTER[6], "nothing stands"),
    (TRADE_AND_DEBT, TRADE_AND_DEBT[0], "ordered before"),
    ([], TRADE_AND_DEBT[1], "nothing stands"),
    (TRADE_AND_DEBT, TRADE_AND_DEBT[3], "confirmed before"),
    ([], TRADE_AND_DEBT[4], "nothing stands"),
    ([], MOVES[0], "nothing stands"),
    (TRADE_AND_DEBT, PieceCut(ID, H, 0, piece(4, 200), 201, piece(4, 100)), "touch"),
    (TRADE_AND_DEBT, PieceCut(ID, H, 0, piece(4, 200), 200, piece(4, 101)), "whole"),
    (TRADE_AND_DEBT, PieceCut(ID, H, 0, piece(4, 200, 1), 200, piece(4, 100)), "whole"),
    (TRADE_AND_DEBT, PieceCut(ID, H, 7, piece(4, 200), 207, piece(4, 100)), "nothing stands"),
    (TRADE_AND_DEBT, MOVES[1], "nothing stands"),
    (TRADE_AND_DEBT, PieceTransferred(ID, H, 0, piece(5, 299), 4, 0, False, H, H), "length"),
    ([], PayablesTaken(DEBTOR, H, H, 1, 1), "nothing stands"),
]


@pytest.mark.parametrize(("before", "event", "reason"), REFUSED)
def test_an_event_that_cannot_follow_is_refused(before: list[Event], event: Event, reason: str) -> None:
    with pytest.raises(EventRefused, match=reason):
        apply(told(before), event)


@given(st.sampled_from(EVENTS).flatmap(structs))
def test_any_event_gives_a_book_or_is_refused_and_never_changes_the_book_before(event: Event) -> None:
    before = told(STORY)
    copy = told(STORY)
    with suppress(EventRefused):
        apply(before, event)
    assert before == copy


def spoilt(book: Book, **values: object) -> Book:
    return replace(book, receivables={ID: replace(book.receivables[ID], **values)})


SOUND = told(REGISTER, TRADE_AND_DEBT, MOVES, FIRST_INSTALMENT)
SECOND_INVOICE = (DEBTOR, b"\x0c" * 32)


def with_invoice(**values: int) -> Book:
    use = replace(SOUND.invoices[SECOND_INVOICE], **values)
    return replace(SOUND, invoices={**SOUND.invoices, SECOND_INVOICE: use})


@pytest.mark.parametrize(
    ("book", "invariant"),
    [
        (spoilt(SOUND, pieces={0: piece(4, 200)}), 1),
        (spoilt(SOUND, pieces={0: piece(4, 200), 201: piece(5, 99)}), 1),
        (spoilt(SOUND, pieces={0: piece(4, 200), 199: piece(5, 101)}), 1),
        (spoilt(SOUND, pieces={0: piece(4, 200), 200: piece(5, 100), 300: piece(5, 0)}), 1),
        (spoilt(SOUND, pieces={0: piece(4, 200, 68), 200: piece(5, 100, 33)}), 2),
        (spoilt(SOUND, level=Level(100, 100, 0, 0), returns=Returns(200, 1, 100)), 2),
        (spoilt(told(STORY), pieces={0: piece(3, 200, 66, 3, 1), 200: piece(5, 100, 97, 2, 17)}), 2),
        (spoilt(SOUND, uses={b"\x0b" * 32: 120}), 3),
        (with_invoice(total=179), 3),
        (with_invoice(used=179), 3),
        (replace(SOUND, trades={TRADE: replace(SOUND.trades[TRADE], received=299)}), 4),
        (replace(SOUND, trades={TRADE: replace(SOUND.trades[TRADE], drawn=299)}), 4),
    ],
)
def test_a_broken_invariant_is_found_by_its_number(book: Book, invariant: int) -> None:
    assert violations(SOUND) == []
    assert invariant in {each.invariant for each in violations(book)}
