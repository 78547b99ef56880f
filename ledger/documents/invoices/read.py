"""Bytes of any known syntax to an `Invoice`. A new syntax joins `SYNTAXES` by its root element."""

import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from . import ubl
from .amounts import decimal_amount, minor_unit_exponent, payable_minor
from .dates import due_date
from .model import Invoice, InvoiceRefused, RefusalCode
from .objections import objections
from .parties import shown
from .stated import Stated, StatedAmount, Syntax
from .xml import MAX_BYTES, parse_xml

SYNTAXES: Mapping[str, Syntax] = {**ubl.ROOTS}


def read_invoice(data: bytes, today: date) -> Invoice:
    """The invoice in `data`; `today` is the civil date by which it is past due or not.

    Raises InvoiceRefused where it is no invoice that can be read. What merely stops a confirmation does not
    stop the reading: see `Invoice.objections`.
    """
    root = parse_xml(data)
    syntax = SYNTAXES.get(str(root.tag))
    if syntax is None:
        raise InvoiceRefused(RefusalCode.UNKNOWN_ROOT, f"unknown root element: {str(root.tag)[:200]}")
    return _conclude(syntax(root), today)


def read_invoice_file(path: Path, today: date) -> Invoice:
    """The invoice in the file at `path`, of which never more than the size limit is read.

    Raises InvoiceRefused as `read_invoice`, and where the file cannot be read or is no regular file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InvoiceRefused(RefusalCode.UNREADABLE, "not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvoiceRefused(RefusalCode.UNREADABLE, f"the file cannot be read: {reason}") from error
    return read_invoice(data, today)


def _conclude(stated: Stated, today: date) -> Invoice:
    places = minor_unit_exponent(stated.currency)
    if stated.payable.currency is None:
        raise InvoiceRefused(RefusalCode.NO_CURRENCY, "the amount due names no currency")
    due = due_date(stated)
    payable = decimal_amount(_in_currency(stated.payable, stated, "the amount due"), "the amount due")
    minor = payable_minor(payable, stated.currency, places)
    return Invoice(
        number=stated.number,
        issue_date=stated.issue_date,
        due_date=due,
        payment_terms="\n".join(term.note for term in stated.terms if term.note) or None,
        type_code=stated.type_code,
        currency=stated.currency,
        total=_shown_amount(stated.total, stated, places, "the total"),
        prepaid=_shown_amount(stated.prepaid, stated, places, "the prepaid amount"),
        payable=payable.text(places),
        payable_minor=minor,
        seller=shown(stated.seller),
        buyer=shown(stated.buyer),
        payee=shown(stated.payee) if stated.payee else None,
        order_reference=stated.order_reference,
        objections=objections(stated, due, minor, today),
    )


def _shown_amount(amount: StatedAmount | None, stated: Stated, places: int, field: str) -> str | None:
    if amount is None:
        return None
    return decimal_amount(_in_currency(amount, stated, field), field).text(places)


def _in_currency(amount: StatedAmount, stated: Stated, field: str) -> str:
    """The amount's text. Raises InvoiceRefused where it, or the whole payment, is in another currency."""
    for other in (amount.currency, stated.payment_currency):
        if other is not None and other != stated.currency:
            raise InvoiceRefused(
                RefusalCode.OTHER_CURRENCY,
                f"another currency: {field} is in {other[:40]}, the invoice in {stated.currency}",
            )
    return amount.text
