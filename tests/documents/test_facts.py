"""What is read from an invoice, and what of it is refused: number, dates, currency, amounts, parties."""

from datetime import date

import pytest

from ledger.documents.invoices.model import InvoiceRefused, Party, RefusalCode
from ledger.documents.invoices.read import read_invoice
from tests.documents.sample_invoice import document, without

_TODAY = date(2026, 3, 16)
_PAYABLE = '<cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount>'
_TOTAL = '<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>'
_CURRENCY = "<cbc:DocumentCurrencyCode>EUR<"


def _refusal(data: bytes) -> InvoiceRefused:
    with pytest.raises(InvoiceRefused) as refusal:
        read_invoice(data, _TODAY)
    return refusal.value


def test_the_debt_is_the_amount_due_not_the_total() -> None:
    invoice = read_invoice(document(), _TODAY)
    assert (invoice.total, invoice.prepaid, invoice.payable) == ("119.00", None, "100.00")
    assert invoice.payable_minor == 10_000
    assert invoice.objections == ()


def test_parties_are_shown_with_the_schemes_of_their_ids() -> None:
    invoice = read_invoice(document(), _TODAY)
    assert invoice.seller == Party("Seller Ltd.", "0199:LEI-1", "DE951200002", None)
    assert invoice.buyer == Party("Buyer SE", None, None, None)
    assert invoice.payee is None


def test_further_ids_are_kept_but_not_the_banks() -> None:
    ids = "".join(
        f"<cac:PartyIdentification><cbc:ID{scheme}>{value}</cbc:ID></cac:PartyIdentification>"
        for scheme, value in (
            (' schemeID="0088"', "4000001000005"),
            ("", "17"),
            (' schemeID="SEPA"', "DE00ZZZ"),
        )
    )
    invoice = read_invoice(document(("<cac:PartyName>", f"{ids}<cac:PartyName>")), _TODAY)
    assert invoice.seller.other_ids == ("0088:4000001000005", "17")


def test_any_namespace_prefix_will_do() -> None:
    text = document().decode().replace("cbc:", "x:").replace(":cbc=", ":x=")
    text = text.replace("<Invoice xmlns=", "<u:Invoice xmlns:u=").replace("</Invoice>", "</u:Invoice>")
    assert read_invoice(text.encode(), _TODAY) == read_invoice(document(), _TODAY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_encodings_and_marks_are_understood(encoding: str) -> None:
    text = document(("Seller Ltd.", "Müller Söhne")).decode()
    text = text.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig").upper()}"')
    assert read_invoice(text.encode(encoding), _TODAY).seller.name == "Müller Söhne"


def test_space_around_values_is_dropped_and_within_is_kept() -> None:
    invoice = read_invoice(document((">A-1<", ">\n  A  1\t<"), (">100.00<", "> 100.00\n<")), _TODAY)
    assert (invoice.number, invoice.payable) == ("A  1", "100.00")


def test_a_comment_inside_a_value_does_not_cut_it() -> None:
    changed = document((">A-1<", ">A-<!-- x -->1<"), (">100.00<", ">100<?pi x?>000.00<"))
    invoice = read_invoice(changed, _TODAY)
    assert (invoice.number, invoice.payable) == ("A-1", "100000.00")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cbc:ID", RefusalCode.NO_NUMBER),
        ("cbc:IssueDate", RefusalCode.NO_ISSUE_DATE),
        ("cbc:DocumentCurrencyCode", RefusalCode.NO_CURRENCY),
        ("cac:AccountingSupplierParty", RefusalCode.NO_SELLER),
        ("cac:AccountingCustomerParty", RefusalCode.NO_BUYER),
        ("cac:LegalMonetaryTotal", RefusalCode.NO_AMOUNT_DUE),
        ("cbc:PayableAmount", RefusalCode.NO_AMOUNT_DUE),
    ],
)
def test_a_missing_thing_is_named(name: str, code: RefusalCode) -> None:
    assert _refusal(without(name)).reason is code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((">A-1<", "> \n <"), RefusalCode.NO_NUMBER),
        ((">Buyer SE<", "> <"), RefusalCode.NO_BUYER),
        ((">100.00<", "><"), RefusalCode.NO_AMOUNT_DUE),
        ((f"{_CURRENCY}", "<cbc:DocumentCurrencyCode> <"), RefusalCode.NO_CURRENCY),
        ((_PAYABLE, "<cbc:PayableAmount>100.00</cbc:PayableAmount>"), RefusalCode.NO_CURRENCY),
    ],
)
def test_an_empty_thing_is_missing(change: tuple[str, str], code: RefusalCode) -> None:
    assert _refusal(document(change)).reason is code


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "02.03.2026",
        "2026-3-2",
        "20260302",
        "2026-03-02T10:00:00",
        "0000-01-01",
        "２０２６-03-02",
        "soon",
    ],
)
@pytest.mark.parametrize("field", ["<cbc:IssueDate>2026-03-02", "<cbc:DueDate>2026-05-31"])
def test_a_bad_date_is_refused(field: str, text: str) -> None:
    name, _, _ = field.partition(">")
    refusal = _refusal(document((field, f"{name}>{text}")))
    assert refusal.reason is RefusalCode.BAD_DATE
    assert name.strip("<") in refusal.detail


@pytest.mark.parametrize("zone", ["Z", "+02:00", "-11:00"])
def test_a_time_zone_does_not_move_the_day(zone: str) -> None:
    invoice = read_invoice(document((">2026-05-31<", f">2026-05-31{zone}<")), _TODAY)
    assert invoice.due_date == date(2026, 5, 31)


@pytest.mark.parametrize("currency", ["ABC", "eur", "EURO", "€", "DEM", "XXX", "XTS", "XAU"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    everywhere = document().decode().replace("EUR", currency).encode()
    assert _refusal(everywhere).reason is RefusalCode.UNKNOWN_CURRENCY


@pytest.mark.parametrize(
    "change",
    [
        (_PAYABLE, _PAYABLE.replace("EUR", "USD")),
        (_TOTAL, _TOTAL.replace("EUR", "USD")),
        (f"{_CURRENCY}", "<cbc:DocumentCurrencyCode>USD<"),
        (
            f"{_CURRENCY}",
            "<cbc:PaymentCurrencyCode>USD</cbc:PaymentCurrencyCode><cbc:DocumentCurrencyCode>EUR<",
        ),
    ],
)
def test_another_currency_is_refused(change: tuple[str, str]) -> None:
    assert _refusal(document(change)).reason is RefusalCode.OTHER_CURRENCY


@pytest.mark.parametrize(
    ("currency", "printed", "payable", "minor"),
    [
        ("EUR", "100", "100.00", 10_000),
        ("EUR", "+0100.5", "100.50", 10_050),
        ("EUR", ".5", "0.50", 50),
        ("EUR", "7.", "7.00", 700),
        ("EUR", "100.1200000", "100.12", 10_012),
        ("EUR", "-0.00", "0.00", 0),
        ("EUR", "-225.14", "-225.14", -22_514),
        ("EUR", "184467440737095516.15", "184467440737095516.15", 2**64 - 1),
        ("JPY", "1200", "1200", 1_200),
        ("JPY", "1200.00", "1200", 1_200),
        ("KWD", "1.234", "1.234", 1_234),
        ("IRR", "5.25", "5.25", 525),
    ],
)
def test_amounts_are_exact_in_minor_units(currency: str, printed: str, payable: str, minor: int) -> None:
    text = document((">100.00<", f">{printed}<")).decode().replace("EUR", currency)
    invoice = read_invoice(text.encode(), _TODAY)
    assert (invoice.payable, invoice.payable_minor) == (payable, minor)


@pytest.mark.parametrize(
    ("currency", "printed", "code"),
    [
        ("EUR", "100.001", RefusalCode.BAD_AMOUNT),
        ("JPY", "1200.5", RefusalCode.BAD_AMOUNT),
        ("KWD", "1.2345", RefusalCode.BAD_AMOUNT),
        ("EUR", "1e3", RefusalCode.BAD_AMOUNT),
        ("EUR", "NaN", RefusalCode.BAD_AMOUNT),
        ("EUR", "INF", RefusalCode.BAD_AMOUNT),
        ("EUR", "1,000.00", RefusalCode.BAD_AMOUNT),
        ("EUR", "1 000", RefusalCode.BAD_AMOUNT),
        ("EUR", "１００", RefusalCode.BAD_AMOUNT),
        ("EUR", "0x10", RefusalCode.BAD_AMOUNT),
        ("EUR", "--1", RefusalCode.BAD_AMOUNT),
        ("EUR", ".", RefusalCode.BAD_AMOUNT),
        ("EUR", "9" * 9_000, RefusalCode.BAD_AMOUNT),
        ("EUR", "184467440737095516.16", RefusalCode.AMOUNT_OUT_OF_RANGE),
        ("EUR", "-184467440737095516.16", RefusalCode.AMOUNT_OUT_OF_RANGE),
    ],
)
def test_an_amount_that_is_no_money_is_refused(currency: str, printed: str, code: RefusalCode) -> None:
    text = document((">100.00<", f">{printed}<")).decode().replace("EUR", currency)
    refusal = _refusal(text.encode())
    assert refusal.reason is code
    assert "amount due" in refusal.detail


def test_a_total_finer_than_the_minor_unit_is_shown_unrounded() -> None:
    assert read_invoice(document((">119.00<", ">119.0050<")), _TODAY).total == "119.005"


@pytest.mark.parametrize(
    "repeated",
    [
        "<cbc:ID>A-1</cbc:ID>",
        "<cbc:DueDate>2026-05-31</cbc:DueDate>",
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
        _PAYABLE,
        "<cbc:RegistrationName>Buyer SE</cbc:RegistrationName>",
    ],
)
def test_what_stands_twice_is_refused(repeated: str) -> None:
    # Readers that take the first and readers that take the last would read two different invoices.
    assert _refusal(document((repeated, repeated * 2))).reason is RefusalCode.AMBIGUOUS


def test_an_element_inside_a_value_is_refused() -> None:
    assert _refusal(document((">A-1<", ">A-1<cbc:Note/><"))).reason is RefusalCode.AMBIGUOUS


def test_an_endless_value_is_refused() -> None:
    assert _refusal(document((">A-1<", f">{'A' * 10_001}<"))).reason is RefusalCode.TOO_LARGE


def test_local_tax_numbers_are_no_vat_ids() -> None:
    assert read_invoice(document((">VAT<", ">FC<")), _TODAY).seller.vat_id is None
