"""Dates as invoices print them, and which of several is the due date."""

import re
from datetime import date

from .model import InvoiceRefused, RefusalCode
from .stated import Stated

# xsd:date may carry a time zone; the date is the civil date at the place of payment whatever the zone.
_XSD_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


def iso_date(text: str, field: str) -> date:
    """The calendar date of an ISO 8601 text. Raises InvoiceRefused (bad-date) naming `field`."""
    match = _XSD_DATE.fullmatch(text)
    if match:
        try:
            return date.fromisoformat(match[1])
        except ValueError:
            pass  # a day that no calendar has: refused below with every other bad date
    raise InvoiceRefused(RefusalCode.BAD_DATE, f"{field} is not a calendar date (YYYY-MM-DD): {text[:40]!r}")


def due_date(stated: Stated) -> date | None:
    """BT-9, else the payment means' date, else that of the terms; of several the net one, the latest.

    Relative terms and dates in free text give none: they are asked for, not guessed.
    """
    if stated.due_date:
        return stated.due_date
    of_means = [means.due_date for means in stated.means if means.due_date]
    net_terms = [term.due_date for term in stated.terms if term.due_date and not term.discounted]
    return max(of_means or net_terms, default=None)
