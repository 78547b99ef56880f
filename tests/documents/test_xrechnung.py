"""The 39 public XRechnung samples, held to what a person reads in them."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ledger.documents.invoices.model import Invoice, Party
from ledger.documents.invoices.read import read_invoice_file

_CHECKOUT = Path(__file__).resolve().parents[2]
_SAMPLES = _CHECKOUT.parent / "shared" / "invoices" / "xrechnung"
_EXPECTED = tomllib.loads((Path(__file__).parent / "xrechnung_expected.toml").read_text(encoding="utf-8"))
_TODAY = date.fromisoformat(_EXPECTED["today"])

needs_samples = pytest.mark.skipif(
    not _SAMPLES.is_dir(),
    reason="no ../shared/invoices/xrechnung beside the checkout: the 39 samples not read",
)


def _read(name: str) -> Invoice:
    return read_invoice_file(_SAMPLES / name, _TODAY)


def _party(stated: list[str] | None) -> Party | None:
    if not stated:
        return None
    name, legal_id, vat_id, electronic_id = (value or None for value in stated)
    return Party(name, legal_id, vat_id, electronic_id)


def _without_other_ids(party: Party | None) -> Party | None:
    return party and Party(party.name, party.legal_id, party.vat_id, party.electronic_id)


@needs_samples
@pytest.mark.parametrize("name", sorted(_EXPECTED["files"]))
def test_sample_is_read_as_a_person_reads_it(name: str) -> None:
    expected = _EXPECTED["files"][name]
    invoice = _read(name)
    due = expected.get("due_date")
    assert invoice.number == expected["number"]
    assert invoice.issue_date == date.fromisoformat(expected["issue_date"])
    assert invoice.due_date == (date.fromisoformat(due) if due else None)
    assert invoice.payment_terms == expected.get("payment_terms")
    assert invoice.type_code == expected["type_code"]
    assert invoice.currency == _EXPECTED["currency"]
    assert (invoice.total, invoice.prepaid) == (expected.get("total"), expected.get("prepaid"))
    assert invoice.payable == expected["payable"]
    assert invoice.payable_minor == int(expected["payable"].replace(".", ""))
    assert _without_other_ids(invoice.seller) == _party(expected["seller"])
    assert _without_other_ids(invoice.buyer) == _party(expected["buyer"])
    assert _without_other_ids(invoice.payee) == _party(expected.get("payee"))
    assert invoice.order_reference == expected.get("order_reference")
    assert list(invoice.objections) == expected["objections"]


@needs_samples
def test_every_sample_stands_in_the_table() -> None:
    assert {path.name for path in _SAMPLES.glob("*.xml")} == set(_EXPECTED["files"])


@needs_samples
def test_counts_agree_with_what_was_counted_by_hand() -> None:
    invoices = [_read(name) for name in _EXPECTED["files"]]
    counts = Counter(str(objection) for invoice in invoices for objection in invoice.objections)
    assert len(invoices) == 39
    assert counts["other-payee"] == 11
    assert counts["collected-otherwise"] == 4 + 3  # direct debit, card
    assert counts["no-due-date"] == 10
    assert counts["nothing-due"] == 2
    assert counts["negative"] == counts["correction"] == counts["self-billed"] == 1
    # One in XRechnung's own syntax, four more in words.
    assert counts["skonto"] == 1 + 4
    assert sum(invoice.seller.legal_id is None for invoice in invoices) == 12
    assert sum(not (invoice.seller.legal_id or invoice.seller.vat_id) for invoice in invoices) == 1
