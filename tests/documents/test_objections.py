"""What stops a confirmation, and what looks like it but does not."""

from datetime import date

import pytest

from ledger.documents.invoices.read import read_invoice
from tests.documents.sample_invoice import document, without

_TODAY = date(2026, 3, 16)
_DUE = "<cbc:DueDate>2026-05-31</cbc:DueDate>"
_MEANS = "<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>"
_NOTE = "<cbc:Note>Net on the due date.</cbc:Note>"
_TERMS = f"<cac:PaymentTerms>{_NOTE}</cac:PaymentTerms>"


def _objections(data: bytes, today: date = _TODAY) -> list[str]:
    return [str(objection) for objection in read_invoice(data, today).objections]


def _credit_note(data: bytes, type_code: str) -> bytes:
    text = data.decode().replace("xsd:Invoice-2", "xsd:CreditNote-2").replace("<Invoice ", "<CreditNote ")
    text = text.replace("</Invoice>", "</CreditNote>").replace("InvoiceTypeCode", "CreditNoteTypeCode")
    return text.replace(">380<", f">{type_code}<").encode()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("380", []),
        ("326", []),
        ("383", []),
        ("386", []),
        ("388", []),
        ("457", []),
        ("875", []),
        *(
            (code, ["credit-note"])
            for code in ["81", "83", "262", "296", "308", "381", "420", "458", "503", "532"]
        ),
        ("261", ["credit-note", "self-billed"]),
        ("396", ["credit-note", "other-payee"]),
        ("502", ["credit-note", "other-payee", "self-billed"]),
        *((code, ["pro-forma"]) for code in ["130", "325", "751"]),
        ("384", ["correction"]),
        *((code, ["self-billed"]) for code in ["389", "500", "527"]),
        ("393", ["other-payee"]),
        ("471", ["correction", "self-billed"]),
        ("472", ["correction", "other-payee"]),
        ("473", ["correction", "other-payee", "self-billed"]),
        ("501", ["other-payee", "self-billed"]),
    ],
)
def test_type_codes_of_an_invoice(code: str, expected: list[str]) -> None:
    assert _objections(document((">380<", f">{code}<"))) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("381", ["credit-note"]), ("380", ["credit-note"]), ("384", ["correction", "credit-note"])],
)
def test_the_root_makes_a_credit_note_whatever_its_code(code: str, expected: list[str]) -> None:
    assert _objections(_credit_note(document(), code)) == expected


def test_an_invoice_without_type_code_is_read() -> None:
    invoice = read_invoice(without("cbc:InvoiceTypeCode"), _TODAY)
    assert (invoice.type_code, invoice.objections) == (None, ())


@pytest.mark.parametrize(
    ("amount", "expected"), [("0.00", ["nothing-due"]), ("-0.01", ["negative"]), ("0.01", [])]
)
def test_what_is_owed(amount: str, expected: list[str]) -> None:
    assert _objections(document((">100.00<", f">{amount}<"))) == expected


@pytest.mark.parametrize("code", ["48", "49", "54", "55", "59", "3", "31", "44", "60", "70", "97", "98"])
def test_collected_otherwise(code: str) -> None:
    assert _objections(document((_MEANS, _MEANS.replace("58", code)))) == ["collected-otherwise"]


@pytest.mark.parametrize("code", ["1", "10", "20", "30", "42", "57", "58", "68", "ZZZ"])
def test_what_the_debtor_pays_itself_is_not_collected(code: str) -> None:
    assert _objections(document((_MEANS, _MEANS.replace("58", code)))) == []


def test_one_of_several_means_is_enough() -> None:
    second = f"{_MEANS}</cac:PaymentMeans><cac:PaymentMeans>{_MEANS.replace('58', '59')}"
    assert _objections(document((_MEANS, second))) == ["collected-otherwise"]


@pytest.mark.parametrize("child", ["PaymentMandate", "CardAccount"])
def test_a_mandate_or_card_says_it_whatever_the_code(child: str) -> None:
    assert _objections(document((_MEANS, f"{_MEANS}<cac:{child}/>"))) == ["collected-otherwise"]


def _payee(name: str = "", legal: str = "", vat: str = "", other: str = "") -> str:
    parts = [
        f"<cac:PartyIdentification>{other}</cac:PartyIdentification>" if other else "",
        f"<cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>" if name else "",
        f"<cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
        "</cac:TaxScheme></cac:PartyTaxScheme>"
        if vat
        else "",
        f"<cac:PartyLegalEntity>{legal}</cac:PartyLegalEntity>" if legal else "",
    ]
    return f"<cac:PayeeParty>{''.join(parts)}</cac:PayeeParty>"


_SAME_LEGAL = '<cbc:CompanyID schemeID="0199">lei 1</cbc:CompanyID>'
_OTHER_LEGAL = '<cbc:CompanyID schemeID="0199">LEI-2</cbc:CompanyID>'
_OTHER_REGISTER = '<cbc:CompanyID schemeID="0060">123456789</cbc:CompanyID>'
_SEPA = '<cbc:ID schemeID="SEPA">DE00ZZZ</cbc:ID>'


@pytest.mark.parametrize(
    ("payee", "expected"),
    [
        (_payee("Seller Ltd."), []),
        (_payee("SELLER LTD"), []),
        (_payee("ＳＥＬＬＥＲ Ltd."), []),
        (_payee("Trading Name"), []),
        (_payee("Seller Ltd.", other=_SEPA), []),
        (_payee("Whatever it is called", legal=_SAME_LEGAL), []),
        (_payee("Whatever it is called", vat="de 951 200 002"), []),
        (_payee("Seller Ltd.", legal=_OTHER_REGISTER), []),
        (_payee(), []),
        (_payee("Factor AG"), ["other-payee"]),
        (_payee("Seller Ltd. &amp; Co. KG"), ["other-payee"]),
        (_payee("Seller Ltd.", legal=_OTHER_LEGAL), ["other-payee"]),
        (_payee("Seller Ltd.", legal=_SAME_LEGAL, vat="DE987650001"), ["other-payee"]),
        (_payee(other="<cbc:ID>74</cbc:ID>"), ["other-payee"]),
        (_payee("???"), ["other-payee"]),
    ],
)
def test_payee(payee: str, expected: list[str]) -> None:
    assert _objections(document(("<!--payee-->", payee))) == expected


def test_numbers_without_a_scheme_prove_nothing() -> None:
    number = "<cac:PartyIdentification><cbc:ID>74</cbc:ID></cac:PartyIdentification>"
    payee = _payee("Factor AG", other="<cbc:ID>74</cbc:ID>")
    changed = document(("<cac:PartyName>", f"{number}<cac:PartyName>"), ("<!--payee-->", payee))
    assert _objections(changed) == ["other-payee"]


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2026, 5, 31), []), (date(2026, 6, 1), ["past-due"]), (date(2000, 1, 1), [])]
)
def test_past_due_from_the_day_after(today: date, expected: list[str]) -> None:
    assert _objections(document(), today) == expected


def _dated(means: tuple[str, ...] = (), terms: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Changes that take the due date away and give dates to payment means and to terms."""
    each_means = "</cac:PaymentMeans><cac:PaymentMeans>".join(
        f"{_MEANS}<cbc:PaymentDueDate>{day}</cbc:PaymentDueDate>" for day in means
    )
    each_term = "".join(f"<cac:PaymentTerms>{term}</cac:PaymentTerms>" for term in terms)
    return (_DUE, ""), (_MEANS, each_means or _MEANS), (_TERMS, each_term or _TERMS)


_ON_30_APRIL = "<cbc:PaymentDueDate>2026-04-30</cbc:PaymentDueDate>"
_ON_15_MAY = "<cbc:InstallmentDueDate>2026-05-15</cbc:InstallmentDueDate>"
_ON_1_APRIL_LESS_2 = (
    "<cbc:SettlementDiscountPercent>2.00</cbc:SettlementDiscountPercent>"
    "<cbc:PaymentDueDate>2026-06-01</cbc:PaymentDueDate>"
)


@pytest.mark.parametrize(
    ("means", "terms", "due"),
    [
        (("2026-04-10",), (_ON_30_APRIL,), date(2026, 4, 10)),
        (("2026-04-10", "2026-04-20"), (), date(2026, 4, 20)),
        ((), (_ON_30_APRIL,), date(2026, 4, 30)),
        ((), (_ON_15_MAY, _ON_30_APRIL), date(2026, 5, 15)),
        ((), (_ON_30_APRIL, _ON_1_APRIL_LESS_2), date(2026, 4, 30)),
        ((), (_ON_1_APRIL_LESS_2,), None),
        ((), ("<cbc:Note>Payable by 2026-05-31.</cbc:Note>",), None),
        ((), ("<cbc:Note>30 days net</cbc:Note>",), None),
    ],
)
def test_where_the_due_date_stands(means: tuple[str, ...], terms: tuple[str, ...], due: date | None) -> None:
    invoice = read_invoice(document(*_dated(means, terms)), _TODAY)
    assert invoice.due_date == due
    assert ("no-due-date" in invoice.objections) is (due is None)


def test_the_field_outranks_means_and_terms() -> None:
    changes = _dated(("2026-04-10",), (_ON_30_APRIL,))[1:]
    assert read_invoice(document(*changes), _TODAY).due_date == date(2026, 5, 31)


@pytest.mark.parametrize(
    "note",
    [
        "#SKONTO#TAGE=14#PROZENT=2.00#",
        "#SKONTO#TAGE=7#PROZENT=2.00#BASISBETRAG=50.00#\n#SKONTO#TAGE=30#PROZENT=0.00#",
        "#SKONTO#whatever",
        "10 Tage 3% Skonto, 30 Tage netto",
        "Bei Zahlung binnen 14 Tagen 2 % Skonto",
        "2% cash discount within 10 days",
        "3% discount if paid by the 10th",
        "2/10, net 30",
        "Escompte de 1 % à 8 jours",
        "10天内付款享受2%现金折扣",
    ],
)
def test_skonto_in_the_terms(note: str) -> None:
    assert _objections(document((_NOTE, f"<cbc:Note>{note}</cbc:Note>"))) == ["skonto"]


@pytest.mark.parametrize(
    "note",
    [
        "#SKONTO#TAGE=30#PROZENT=0.00#",
        "#VERZUG#TAGE=30#PROZENT=5.00#",
        "Zahlbar ohne Abzug. Kein Skonto.",
        "Zahlbar ohne Abzug von Skonto bis 31.05.2026",
        "Skonto wird nicht gewährt",
        "30 days, no cash discount",
        "Pas d’escompte pour paiement anticipé",
        "Escompte : néant",
        "Net 30",
        "Contract 12/2026, net of tax",
    ],
)
def test_no_skonto_in_the_terms(note: str) -> None:
    assert _objections(document((_NOTE, f"<cbc:Note>{note}</cbc:Note>"))) == []


@pytest.mark.parametrize(("percent", "expected"), [("2", ["skonto"]), ("0.00", [])])
def test_skonto_as_a_field(percent: str, expected: list[str]) -> None:
    field = f"{_NOTE}<cbc:SettlementDiscountPercent>{percent}</cbc:SettlementDiscountPercent>"
    assert _objections(document((_NOTE, field))) == expected


def test_objections_are_sorted_and_all_named() -> None:
    changed = document(
        (">380<", ">384<"),
        (_MEANS, _MEANS.replace("58", "59")),
        ("<!--payee-->", _payee("Factor AG")),
        (">100.00<", ">0<"),
        (_NOTE, "<cbc:Note>2% Skonto</cbc:Note>"),
    )
    assert _objections(changed, date(2027, 1, 1)) == [
        "collected-otherwise",
        "correction",
        "nothing-due",
        "other-payee",
        "past-due",
        "skonto",
    ]
