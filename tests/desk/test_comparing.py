"""What the debtor's desk holds against the terms: its own reading of the files that the creditor sealed to it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ledger.desk.comparing import Debtor, compare
from ledger.desk.documents import INVOICE, Document
from ledger.desk.errors import DocumentChanged
from ledger.desk.packets import Offered
from ledger.desk.sellers import ids_of_text
from ledger.documents.invoices.model import InvoiceRefused
from ledger.domain.commitments import invoices_commitment
from ledger.domain.errors import BadField, SellerAmbiguous, SellerUnknown
from ledger.domain.ids import ChainTime, Digest, PartyId
from ledger.domain.sellers import SellerRegister
from ledger.domain.units import Amount, Currency, Place
from tests.desk.shown import CREDITOR, DEBTOR, OTHER, TODAY, offered, terms_over


def test_a_true_request_has_nothing_against_it(invoices: Path, debtor: Debtor) -> None:
    shown = [offered(invoices / "huaxin-0117.xml"), offered(invoices / "huaxin-0126.xml", 100_000_00)]
    found = compare(terms_over(*shown), shown, debtor, TODAY)
    assert found.stops == {}
    assert list(found.cautions) == ["part-of-INV-2026-0126"]
    assert [each.seller.party for each in found.invoices] == [CREDITOR, CREDITOR]
    assert [(each.amount, each.payable) for each in found.invoices] == [
        (120_000_00, 120_000_00),
        (100_000_00, 200_000_00),
    ]


def test_a_changed_file_is_not_what_the_creditor_signed_for(invoices: Path, debtor: Debtor) -> None:
    """Even where every word that the reader takes from it is the same."""
    shown = offered(invoices / "huaxin-0117.xml")
    changed = shown.document.content.replace(b"</", b" </", 1)
    other = Offered(Document.of("huaxin-0117.xml", INVOICE, changed, shown.document.secret), shown.amount)
    with pytest.raises(DocumentChanged):
        compare(terms_over(shown), [other], debtor, TODAY)


def test_a_file_with_another_amount_is_refused(invoices: Path, debtor: Debtor) -> None:
    """The creditor signs for 120,000.00 and shows an invoice of 1,000.00."""
    shown = offered(invoices / "huaxin-0117.xml")
    lower = shown.document.content.replace(b"120000.00", b"1000.00")
    other = Offered(Document.of("huaxin-0117.xml", INVOICE, lower, shown.document.secret), shown.amount)
    terms = replace(
        terms_over(shown), invoices=invoices_commitment([(other.document.commitment, other.amount)])
    )
    with pytest.raises(BadField, match="amount used"):
        compare(terms, [other], debtor, TODAY)


def test_another_secret_is_another_commitment(invoices: Path, debtor: Debtor) -> None:
    path = invoices / "huaxin-0117.xml"
    with pytest.raises(DocumentChanged):
        compare(terms_over(offered(path)), [offered(path)], debtor, TODAY)


def test_a_face_above_the_sum_of_what_is_used_is_refused(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    with pytest.raises(BadField, match=r"terms\.face"):
        compare(replace(terms_over(shown), face=Amount(120_000_01)), [shown], debtor, TODAY)


def test_another_currency_is_refused(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    with pytest.raises(BadField, match="currency"):
        compare(replace(terms_over(shown), currency=Currency("USD")), [shown], debtor, TODAY)


def test_one_invoice_twice_is_refused_however_it_is_spelt(invoices: Path, debtor: Debtor) -> None:
    shown = [offered(invoices / "huaxin-0117.xml"), offered(invoices / "duplicate-of-huaxin-0117.xml")]
    with pytest.raises(BadField, match="invoice twice"):
        compare(terms_over(*shown), shown, debtor, TODAY)


def test_the_other_spelling_has_the_same_canonical_text(invoices: Path, debtor: Debtor) -> None:
    texts = set()
    for name in ("huaxin-0117.xml", "duplicate-of-huaxin-0117.xml"):
        shown = offered(invoices / name)
        texts.add(compare(terms_over(shown), [shown], debtor, TODAY).invoices[0].canonical)
    assert len(texts) == 1


def test_anothers_invoice_stops(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "duplicate-of-huaxin-0117.xml")
    found = compare(terms_over(shown, creditor=OTHER), [shown], debtor, TODAY)
    assert list(found.stops) == ["other-seller"]


def test_terms_for_another_debtor_are_refused(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    with pytest.raises(BadField, match=r"terms\.debtor"):
        compare(replace(terms_over(shown), debtor=PartyId(7)), [shown], debtor, TODAY)


def test_an_invoice_to_somebody_else_stops(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "reuter-041.xml")
    register = debtor.register.sellers
    sole = replace(register[0], name="Reuter", party=PartyId(5), ids=ids_of_text("vat=DE973410001"))
    found = compare(
        terms_over(shown, creditor=PartyId(5)),
        [shown],
        replace(debtor, register=debtor.register.with_seller(sole)),
        TODAY,
    )
    assert "other-buyer" in found.stops


def test_a_seller_of_no_register_is_asked_about(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    with pytest.raises(SellerUnknown):
        compare(terms_over(shown), [shown], replace(debtor, register=SellerRegister()), TODAY)


def test_ids_of_two_sellers_are_asked_about(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    first, second = debtor.register.sellers
    mixed = SellerRegister(
        (replace(first, ids=first.ids[:1]), replace(second, ids=ids_of_text("vat=DE951200002")))
    )
    with pytest.raises(SellerAmbiguous):
        compare(terms_over(shown), [shown], replace(debtor, register=mixed), TODAY)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("odd-direct-debit.xml", "collected-otherwise"),
        ("odd-other-payee.xml", "other-payee"),
        ("odd-no-due-date.xml", "no-due-date"),
        ("odd-skonto.xml", "skonto"),
    ],
)
def test_the_readers_objections_stop(invoices: Path, debtor: Debtor, file: str, code: str) -> None:
    shown = offered(invoices / file)
    seller = shown.document.invoice(TODAY).seller
    known = _knows(debtor, seller.vat_id or "")
    found = compare(terms_over(shown), [shown], known, TODAY)
    assert code in found.stops


def test_past_due_is_told_by_the_day_that_is_given(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    assert "past-due" in compare(terms_over(shown), [shown], debtor, date(2026, 6, 1)).stops


@pytest.mark.parametrize(
    ("due", "stops", "cautions"),
    [
        (date(2026, 5, 31), [], []),
        (date(2026, 5, 30), ["due-earlier"], []),
        (date(2026, 6, 30), [], ["due-later"]),
    ],
)
def test_the_due_date_is_held_to_the_invoice(
    invoices: Path, debtor: Debtor, due: date, stops: list[str], cautions: list[str]
) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    found = compare(terms_over(shown, due=due), [shown], debtor, TODAY)
    assert (list(found.stops), list(found.cautions)) == (stops, cautions)


def test_a_due_instant_within_a_day_stops(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    terms = terms_over(shown)
    found = compare(replace(terms, due_at=ChainTime(terms.due_at - 3600)), [shown], debtor, TODAY)
    assert "due-time" in found.stops


def test_an_undertaking_in_other_words_stops(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    found = compare(replace(terms_over(shown), text=Digest(bytes(32))), [shown], debtor, TODAY)
    assert list(found.stops) == ["other-undertaking"]


def test_a_place_that_is_none_is_refused(invoices: Path, debtor: Debtor) -> None:
    shown = offered(invoices / "huaxin-0117.xml")
    with pytest.raises(BadField):
        compare(replace(terms_over(shown), place=Place("QQ")), [shown], debtor, TODAY)


def test_a_file_that_is_no_invoice_is_refused() -> None:
    with pytest.raises(InvoiceRefused):
        Document.new("letter.xml", INVOICE, b"<letter/>")


def _knows(debtor: Debtor, vat: str) -> Debtor:
    """The debtor, with the invoice's seller entered as the creditor's party."""
    seller = replace(
        debtor.register.sellers[0], name="Somebody", party=CREDITOR, ids=ids_of_text(f"vat={vat}")
    )
    return Debtor(DEBTOR, debtor.ids, SellerRegister((seller,)))
