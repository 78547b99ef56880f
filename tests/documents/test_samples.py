"""Our own sample invoices: they add up, their ids are well formed, and each one plays the part that it is for."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from stdnum import lei
from stdnum.cn import uscc
from stdnum.cz import dic
from stdnum.de import vat as german_vat
from stdnum.it import iva
from stdnum.se import vat as swedish_vat

from ledger.documents.invoices.model import Invoice, Objection
from ledger.documents.invoices.read import read_invoice_file

_SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_STORY = json.loads((_SAMPLES / "story.json").read_text(encoding="utf-8"))
_TODAY = date.fromisoformat(_STORY["today"])
_FILES = sorted((_SAMPLES / "invoices").glob("*.xml"))
_CHECKS = {"DE": german_vat, "SE": swedish_vat, "IT": iva, "CZ": dic}
_ODD = {
    "odd-credit-note.xml": {Objection.CREDIT_NOTE, Objection.NO_DUE_DATE},
    "odd-direct-debit.xml": {Objection.COLLECTED_OTHERWISE},
    "odd-other-payee.xml": {Objection.OTHER_PAYEE},
    "odd-no-due-date.xml": {Objection.NO_DUE_DATE},
    "odd-skonto.xml": {Objection.SKONTO},
}


def _read(name: str) -> Invoice:
    return read_invoice_file(_SAMPLES / "invoices" / name, _TODAY)


def _values(root: etree._Element, path: str) -> list[Decimal]:
    return [Decimal(element.text or "") for element in root.findall(path)]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_lines_tax_and_totals_add_up(path: Path) -> None:
    root = etree.parse(path).getroot()
    (net,) = _values(root, "{*}LegalMonetaryTotal/{*}LineExtensionAmount")
    (tax,) = _values(root, "{*}TaxTotal/{*}TaxAmount")
    (total,) = _values(root, "{*}LegalMonetaryTotal/{*}TaxInclusiveAmount")
    (payable,) = _values(root, "{*}LegalMonetaryTotal/{*}PayableAmount")
    (rate,) = _values(root, "{*}TaxTotal/{*}TaxSubtotal/{*}TaxCategory/{*}Percent")
    lines = [line for line in root if etree.QName(line).localname in ("InvoiceLine", "CreditNoteLine")]
    assert sum(amount for line in lines for amount in _values(line, "{*}LineExtensionAmount")) == net
    assert (net * rate / 100).quantize(Decimal("0.01")) == tax
    assert net + tax == total
    assert total - sum(_values(root, "{*}LegalMonetaryTotal/{*}PrepaidAmount")) == payable


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_objections_stand_on_the_odd_ones_alone(path: Path) -> None:
    invoice = read_invoice_file(path, _TODAY)
    assert set(invoice.objections) == _ODD.get(path.name, set())
    if Objection.NO_DUE_DATE not in invoice.objections:
        assert invoice.due_date == date.fromisoformat(_STORY["due_date"])
    assert invoice.currency == _STORY["currency"]


def test_party_ids_are_well_formed() -> None:
    schemes = {
        identifier.partition(":")[0] for party in _STORY["parties"].values() for identifier in party["ids"]
    }
    assert {"0199", "vat", "uscc"} <= schemes
    for party in _STORY["parties"].values():
        for scheme, _, value in (identifier.partition(":") for identifier in party["ids"]):
            if scheme == "0199":
                assert lei.is_valid(value)
            if scheme == "uscc":
                assert uscc.is_valid(value)
            if scheme == "vat":
                assert _CHECKS[value[:2]].is_valid(value), value


def test_sellers_are_the_parties_of_the_story() -> None:
    for part in [*_STORY["supplier_first"], *_STORY["buyer_first"], _STORY["tier_2"]]:
        seller, ids = _read(part["file"]).seller, _STORY["parties"][part["seller"]]["ids"]
        assert f"vat:{seller.vat_id}" in ids
        assert seller.legal_id is None or seller.legal_id in ids


def test_supplier_first_uses_two_whole_and_one_in_part() -> None:
    payables = [_read(part["file"]).payable for part in _STORY["supplier_first"]]
    used = [part["used"] for part in _STORY["supplier_first"]]
    assert payables == ["120000.00", "80000.00", "200000.00"]
    assert used == ["120000.00", "80000.00", "100000.00"]
    assert _read("huaxin-0121.xml").total == "95000.00"


def test_bulk_issue_is_ten_payables_to_four_suppliers() -> None:
    sellers = [part["seller"] for part in _STORY["buyer_first"]]
    answers = [part["answer"] for part in _STORY["buyer_first"]]
    assert len(sellers) == 10
    assert sorted(sellers.count(seller) for seller in set(sellers)) == [2, 2, 2, 4]
    assert [answers.count(answer) for answer in ("accepted", "refused", "unanswered")] == [8, 1, 1]


def test_what_the_story_draws_was_received() -> None:
    received = {order["reference"]: Decimal(order["received"]) for order in _STORY["orders"]}
    for part in _STORY["supplier_first"]:
        received[_read(part["file"]).order_reference or ""] -= Decimal(part["used"])
    for part in _STORY["buyer_first"]:
        received[_read(part["file"]).order_reference or ""] -= Decimal(_read(part["file"]).payable)
    assert min(received.values()) >= 0
    above = _STORY["above_received"]
    assert _read(above["file"]).order_reference == above["order"]
    assert Decimal(_read(above["file"]).payable) > received[above["order"]]


def test_duplicate_spells_number_and_seller_differently() -> None:
    original, again = _read(_STORY["duplicate"]["original"]), _read(_STORY["duplicate"]["file"])
    assert again.number != original.number
    assert again.seller.vat_id != original.seller.vat_id
    assert (again.issue_date, again.payable) == (original.issue_date, original.payable)
