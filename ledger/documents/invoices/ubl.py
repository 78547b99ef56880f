"""UBL 2.1 Invoice and CreditNote, as EN 16931 and XRechnung use them. BT numbers are those of EN 16931."""

from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from lxml import etree

from .dates import iso_date
from .model import InvoiceRefused, RefusalCode
from .stated import Id, PaymentMeans, PaymentTerm, Stated, StatedAmount, StatedParty, Syntax

_SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd:"
INVOICE_ROOT = f"{{{_SCHEMA}Invoice-2}}Invoice"
CREDIT_NOTE_ROOT = f"{{{_SCHEMA}CreditNote-2}}CreditNote"
_CAC = f"{{{_SCHEMA}CommonAggregateComponents-2}}"
_CBC = f"{{{_SCHEMA}CommonBasicComponents-2}}"
_MAX_TEXT = 10_000


def read_invoice_root(root: etree._Element) -> Stated:
    """A UBL Invoice. Raises InvoiceRefused where a needed thing is missing or stands twice."""
    return _document(root, type_code="InvoiceTypeCode", credit_note=False)


def read_credit_note_root(root: etree._Element) -> Stated:
    """A UBL CreditNote, a credit note whatever its type code says. Raises as for an Invoice."""
    return _document(root, type_code="CreditNoteTypeCode", credit_note=True)


ROOTS: Mapping[str, Syntax] = {INVOICE_ROOT: read_invoice_root, CREDIT_NOTE_ROOT: read_credit_note_root}


def _document(root: etree._Element, type_code: str, credit_note: bool) -> Stated:
    totals = _aggregate(root, "LegalMonetaryTotal")
    payable = _amount(totals, "PayableAmount")
    issue_date = _date(root, "IssueDate")
    return Stated(
        credit_note_root=credit_note,
        type_code=_text(root, type_code),
        number=_text(root, "ID") or _missing(RefusalCode.NO_NUMBER, "no invoice number (cbc:ID)"),
        issue_date=issue_date or _missing(RefusalCode.NO_ISSUE_DATE, "no issue date (cbc:IssueDate)"),
        due_date=_date(root, "DueDate"),
        currency=_text(root, "DocumentCurrencyCode")
        or _missing(RefusalCode.NO_CURRENCY, "no currency (cbc:DocumentCurrencyCode)"),
        payment_currency=_text(root, "PaymentCurrencyCode"),
        total=_amount(totals, "TaxInclusiveAmount"),
        prepaid=_amount(totals, "PrepaidAmount"),
        payable=payable or _missing(RefusalCode.NO_AMOUNT_DUE, "no amount due (cbc:PayableAmount)"),
        seller=_trading_party(root, "AccountingSupplierParty")
        or _missing(RefusalCode.NO_SELLER, "no seller (cac:AccountingSupplierParty)"),
        buyer=_trading_party(root, "AccountingCustomerParty")
        or _missing(RefusalCode.NO_BUYER, "no buyer (cac:AccountingCustomerParty)"),
        payee=_party(_aggregate(root, "PayeeParty")),
        means=tuple(_means(element) for element in root.findall(f"{_CAC}PaymentMeans")),
        terms=tuple(_term(element) for element in root.findall(f"{_CAC}PaymentTerms")),
        order_reference=_text(_aggregate(root, "OrderReference"), "ID"),
    )


def _missing(code: RefusalCode, detail: str) -> NoReturn:
    raise InvoiceRefused(code, detail)


def _trading_party(root: etree._Element, role: str) -> StatedParty | None:
    return _party(_aggregate(_aggregate(root, role), "Party"))


def _party(party: etree._Element | None) -> StatedParty | None:
    """The party, or None where the element is absent or names nobody."""
    if party is None:
        return None
    legal = _aggregate(party, "PartyLegalEntity")
    trading = [_text(name, "Name") for name in party.findall(f"{_CAC}PartyName")]
    others = [_id(element, "ID") for element in party.findall(f"{_CAC}PartyIdentification")]
    stated = StatedParty(
        names=tuple(name for name in (_text(legal, "RegistrationName"), *trading) if name),
        legal_id=_id(legal, "CompanyID"),
        vat_id=_vat_id(party),
        electronic_id=_id(party, "EndpointID"),
        other_ids=tuple(other for other in others if other),
    )
    return stated if stated.identifiable else None


def _vat_id(party: etree._Element) -> str | None:
    """BT-31, BT-48: the company id under the tax scheme VAT; other schemes are local tax numbers."""
    found = {
        _text(scheme, "CompanyID")
        for scheme in party.findall(f"{_CAC}PartyTaxScheme")
        if (_text(_aggregate(scheme, "TaxScheme"), "ID") or "").upper() == "VAT"
    } - {None}
    if len(found) > 1:
        raise InvoiceRefused(RefusalCode.AMBIGUOUS, "a party has more than one VAT id")
    return found.pop() if found else None


def _means(element: etree._Element) -> PaymentMeans:
    named = (_aggregate(element, "CardAccount"), _aggregate(element, "PaymentMandate"))
    return PaymentMeans(
        code=_text(element, "PaymentMeansCode"),
        due_date=_date(element, "PaymentDueDate"),
        card_or_mandate=any(child is not None for child in named),
    )


def _term(element: etree._Element) -> PaymentTerm:
    notes = [_own_text(note) for note in element.findall(f"{_CBC}Note")]
    discount = _text(element, "SettlementDiscountPercent") or _text(element, "SettlementDiscountAmount")
    return PaymentTerm(
        note="\n".join(note for note in notes if note) or None,
        due_date=_date(element, "PaymentDueDate") or _date(element, "InstallmentDueDate"),
        discounted=discount is not None and discount.strip("0.") != "",
    )


def _aggregate(parent: etree._Element | None, name: str) -> etree._Element | None:
    return _only(parent, _CAC, name)


def _text(parent: etree._Element | None, name: str) -> str | None:
    element = _only(parent, _CBC, name)
    return None if element is None else _own_text(element)


def _date(parent: etree._Element | None, name: str) -> date | None:
    text = _text(parent, name)
    return None if text is None else iso_date(text, f"cbc:{name}")


def _amount(parent: etree._Element | None, name: str) -> StatedAmount | None:
    element = _only(parent, _CBC, name)
    text = None if element is None else _own_text(element)
    if element is None or text is None:
        return None
    return StatedAmount(text=text, currency=(element.get("currencyID") or "").strip() or None)


def _id(parent: etree._Element | None, name: str) -> Id | None:
    element = _only(parent, _CBC, name)
    value = None if element is None else _own_text(element)
    if element is None or value is None:
        return None
    return Id(value=value, scheme=(element.get("schemeID") or "").strip() or None)


def _only(parent: etree._Element | None, prefix: str, name: str) -> etree._Element | None:
    """The child of that name. Two are refused: readers that take the first and the last would disagree."""
    children = [] if parent is None else parent.findall(f"{prefix}{name}")
    if len(children) > 1:
        raise InvoiceRefused(RefusalCode.AMBIGUOUS, f"{name} stands {len(children)} times")
    return children[0] if children else None


def _own_text(element: etree._Element) -> str | None:
    """The element's text without white space around it; None where nothing is left."""
    name = etree.QName(element).localname
    if len(element):
        raise InvoiceRefused(RefusalCode.AMBIGUOUS, f"{name} holds elements where a plain value must stand")
    text = (element.text or "").strip()
    if len(text) > _MAX_TEXT:
        raise InvoiceRefused(RefusalCode.TOO_LARGE, f"{name} is too large: more than {_MAX_TEXT} characters")
    return text or None
