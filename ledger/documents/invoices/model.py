"""What an invoice says once it has been read, and how a file that is none is refused."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.domain.errors import InputRefused


class Objection(StrEnum):
    """Why a readable invoice must not be confirmed until a person has looked at it."""

    NOTHING_DUE = "nothing-due"
    NEGATIVE = "negative"
    CREDIT_NOTE = "credit-note"
    PRO_FORMA = "pro-forma"
    CORRECTION = "correction"
    SELF_BILLED = "self-billed"
    COLLECTED_OTHERWISE = "collected-otherwise"
    OTHER_PAYEE = "other-payee"
    NO_DUE_DATE = "no-due-date"
    PAST_DUE = "past-due"
    SKONTO = "skonto"


class RefusalCode(StrEnum):
    """Why a file is no invoice that can be read."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    NOT_WELL_FORMED = "not-well-formed"
    ENTITIES = "entities"
    UNKNOWN_ROOT = "unknown-root"
    AMBIGUOUS = "ambiguous"
    NO_NUMBER = "no-number"
    NO_ISSUE_DATE = "no-issue-date"
    NO_CURRENCY = "no-currency"
    NO_SELLER = "no-seller"
    NO_BUYER = "no-buyer"
    NO_AMOUNT_DUE = "no-amount-due"
    BAD_DATE = "bad-date"
    BAD_AMOUNT = "bad-amount"
    AMOUNT_OUT_OF_RANGE = "amount-out-of-range"
    UNKNOWN_CURRENCY = "unknown-currency"
    OTHER_CURRENCY = "other-currency"


@dataclass(eq=False)
class InvoiceRefused(InputRefused):
    """The file is no invoice that can be read: `reason` for machines, `detail` for people."""

    code = "invoice-refused"
    reason: RefusalCode
    detail: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


@dataclass(frozen=True)
class Party:
    """A seller, buyer or payee as the invoice prints it.

    Ids stand as `scheme:value` where the invoice names the scheme, else as the bare value. `other_ids` are
    further identifiers of the party (a GLN, a number that the buyer gave it), in the order of the file.
    """

    name: str | None
    legal_id: str | None
    vat_id: str | None
    electronic_id: str | None
    other_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Invoice:
    """An invoice as read. The debt is `payable` (BT-115); nothing is recomputed from the lines.

    `total` (BT-112), `prepaid` (BT-113) and `payable` are decimal strings in units of `currency`;
    `payable_minor` is the same debt as an integer of the currency's minor unit, negative for a credit.
    """

    number: str
    issue_date: date
    due_date: date | None
    payment_terms: str | None
    type_code: str | None
    currency: str
    total: str | None
    prepaid: str | None
    payable: str
    payable_minor: int
    seller: Party
    buyer: Party
    payee: Party | None
    order_reference: str | None
    objections: tuple[Objection, ...]
