"""What can be refused, and by which name.

    DuebillError                  every expected failure: `code` (kebab-case) and `fields`
    ├── InputRefused              what was given is not what it has to be
    │   ├── BadField              a field of a message, file or request
    │   ├── BadAmount             text that is no amount of a currency
    │   ├── UnknownCurrency       letters that ISO 4217 does not know as money
    │   └── BadId                 text that is no id of its kind
    ├── DraftRefused              a draft that cannot be what it says
    │   ├── DraftsDiffer          two copies that are not of one draft
    │   ├── MessageMissing        a message without which nothing can be demanded or sent
    │   ├── SignatureInvalid      a proof that is not by its signer over its message
    │   └── SignaturesMissing     demands that nobody has signed yet
    ├── TagRefused                an invoice that cannot be tagged, or a tag that cannot be believed
    │   ├── SellerUnknown         no id of the file stands in the seller register
    │   ├── SellerAmbiguous       its ids stand for two sellers
    │   ├── NotCanonical          a number or id of which nothing is left once it is normalised
    │   ├── TagKeyUnfit           not an RSA key of 3072 or 4096 bits with exponent 65537
    │   └── TagInvalid            a proof that is not by the debtor's tag key over this invoice
    ├── EventRefused              a log that cannot follow from what the book holds
    ├── NotFound                  no such thing, or not for this party
    ├── NotAllowed                the party or person may not do this
    └── ContractRefused           a contract's custom error, one to one by name

`invariant` is for promises of our own code: it raises BrokenPromise, which is no DuebillError and stops the process.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar


class DuebillError(Exception):
    """An expected failure. Its fields are values that a person or a program can act on."""

    code: ClassVar[str] = "error"

    @property
    def problem_code(self) -> str:
        """The kebab-case name under which the API tells this failure."""
        return self.code

    @property
    def fields(self) -> dict[str, object]:
        """What was found, and where the limit is, by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.problem_code}: " + ", ".join(f"{name}={value}" for name, value in self.fields.items())


class InputRefused(DuebillError):
    """What was given is not what it has to be."""


@dataclass(eq=False)
class BadField(InputRefused):
    """A field of a message, file or request. field: its path ("terms.face"); limit: what it has to be."""

    code = "bad-field"
    field: str
    found: str
    limit: str


@dataclass(eq=False)
class BadAmount(InputRefused):
    """Text that is no amount of a currency."""

    code = "bad-amount"
    text: str
    currency: str
    reason: str


@dataclass(eq=False)
class UnknownCurrency(InputRefused):
    """Letters that ISO 4217 does not know as money."""

    code = "unknown-currency"
    currency: str


@dataclass(eq=False)
class BadId(InputRefused):
    """Text that is no id of its kind. kind: "receivable", "piece", "digest", "address", …"""

    code = "bad-id"
    kind: str
    found: str


class DraftRefused(DuebillError):
    """A draft that cannot be what it says."""


@dataclass(eq=False)
class DraftsDiffer(DraftRefused):
    """Two copies that are not of one draft, or two messages of a draft that contradict each other."""

    code = "drafts-differ"
    field: str
    found: str
    limit: str


@dataclass(eq=False)
class MessageMissing(DraftRefused):
    """A message without which nothing can be demanded or sent."""

    code = "message-missing"
    kind: str
    message: str


@dataclass(eq=False)
class SignatureInvalid(DraftRefused):
    """A proof that is not by its signer over its message."""

    code = "signature-invalid"
    message: str
    signer: str
    reason: str


@dataclass(eq=False)
class SignaturesMissing(DraftRefused):
    """Demands that nobody has signed yet. missing: "message by party N", one for each."""

    code = "signatures-missing"
    missing: tuple[str, ...]


class TagRefused(DuebillError):
    """An invoice that cannot be tagged, or a tag that cannot be believed."""


@dataclass(eq=False)
class SellerUnknown(TagRefused):
    """No id of the file stands in the debtor's seller register."""

    code = "seller-unknown"
    ids: tuple[str, ...]


@dataclass(eq=False)
class SellerAmbiguous(TagRefused):
    """The file's ids stand for two sellers of the register."""

    code = "seller-ambiguous"
    ids: tuple[str, ...]
    sellers: tuple[str, ...]


@dataclass(eq=False)
class NotCanonical(TagRefused):
    """A number or id of which nothing is left once it is normalised, or which is too long."""

    code = "not-canonical"
    field: str
    found: str


@dataclass(eq=False)
class TagKeyUnfit(TagRefused):
    """Not an RSA key of 3072 or 4096 bits with exponent 65537."""

    code = "tag-key-unfit"
    reason: str


@dataclass(eq=False)
class TagInvalid(TagRefused):
    """A proof that is not by the debtor's tag key over this invoice or receipt."""

    code = "tag-invalid"
    tag: str
    reason: str


@dataclass(eq=False)
class EventRefused(DuebillError):
    """A log that cannot follow from what the book holds."""

    code = "event-refused"
    event: str
    subject: str
    reason: str


@dataclass(eq=False)
class NotFound(DuebillError):
    """No such thing, or none that this party may see."""

    code = "not-found"
    kind: str
    id: str


@dataclass(eq=False)
class NotAllowed(DuebillError):
    """The party or person may not do this."""

    code = "not-allowed"
    what: str
    reason: str


@dataclass(eq=False)
class ContractRefused(DuebillError):
    """A contract's custom error. name: as in Solidity; values: its arguments by name."""

    code = "contract-refused"
    name: str
    values: Mapping[str, object]

    @property
    def problem_code(self) -> str:
        """The error's own name: `InvoiceExhausted` is "invoice-exhausted"."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", self.name).lower()

    @property
    def fields(self) -> dict[str, object]:
        """The contract error's name and arguments."""
        return {"error": self.name, **self.values}


class BrokenPromise(RuntimeError):
    """Our own code does not hold what it promises; never caught, it stops the process."""


def invariant(holds: bool, promise: str) -> None:
    """Raises BrokenPromise, naming the promise, unless it holds."""
    if not holds:
        raise BrokenPromise(promise)
