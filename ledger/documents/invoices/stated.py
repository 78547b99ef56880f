"""What a file states, the same for every syntax, before anything is concluded from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lxml import etree


@dataclass(frozen=True)
class Id:
    """An identifier with the scheme that the file names for it, if any."""

    value: str
    scheme: str | None = None

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}" if self.scheme else self.value


@dataclass(frozen=True)
class StatedParty:
    """A party: legal name first, then the names it trades under."""

    names: tuple[str, ...]
    legal_id: Id | None
    vat_id: str | None
    electronic_id: Id | None
    other_ids: tuple[Id, ...]

    @property
    def identifiable(self) -> bool:
        """Whether it has any name or id at all."""
        return bool(self.names or self.legal_id or self.vat_id or self.electronic_id or self.other_ids)


@dataclass(frozen=True)
class StatedAmount:
    """An amount as printed, with the currency printed beside it."""

    text: str
    currency: str | None


@dataclass(frozen=True)
class PaymentMeans:
    """One way to pay: UNTDID 4461 code, own due date, and whether a card or a mandate is named with it."""

    code: str | None
    due_date: date | None
    card_or_mandate: bool


@dataclass(frozen=True)
class PaymentTerm:
    """One set of payment terms: words, stated due date, and whether it is a term with a discount."""

    note: str | None
    due_date: date | None
    discounted: bool


@dataclass(frozen=True)
class Stated:
    """Everything the reader needs from a file; each syntax fills it."""

    credit_note_root: bool
    type_code: str | None
    number: str
    issue_date: date
    due_date: date | None
    currency: str
    payment_currency: str | None
    total: StatedAmount | None
    prepaid: StatedAmount | None
    payable: StatedAmount
    seller: StatedParty
    buyer: StatedParty
    payee: StatedParty | None
    means: tuple[PaymentMeans, ...]
    terms: tuple[PaymentTerm, ...]
    order_reference: str | None


Syntax = Callable[[etree._Element], Stated]
"""Reads one syntax from its root element; raises InvoiceRefused where a needed thing is missing."""
