"""What goes sealed from desk to desk, and how it is read back strictly."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from ledger.desk.documents import INVOICE, Document
from ledger.desk.errors import PacketUnreadable
from ledger.domain.acts import Confirm, Issue, Terms, Use, from_message, hash_struct, to_message
from ledger.domain.eip712 import from_message as read_struct
from ledger.domain.errors import BadField
from ledger.domain.ids import Digest, PartyId, digest_of_text, digest_text
from ledger.domain.tags import TagProof
from ledger.domain.units import Amount

REQUEST, PROOFS, PAYABLES = "request/1", "tag-proofs/1", "payables/1"
MAX_INVOICES = 64


@dataclass(frozen=True)
class Offered:
    """An invoice that is shown for a confirmation, and how much of it is used, minor units."""

    document: Document
    amount: Amount


@dataclass(frozen=True)
class Payable:
    """One payable of an issue as its supplier is shown it. proofs: of the tags, in the order of the uses."""

    terms: Terms
    uses: tuple[Use, ...]
    invoices: tuple[Offered, ...]
    proofs: tuple[TagProof, ...]

    @property
    def hash(self) -> Digest:
        """hashStruct(Confirm): what the leaf lists."""
        return hash_struct(Confirm(self.terms, self.uses))


@dataclass(frozen=True)
class SupplierLeaf:
    """One supplier's leaf of an issue: all its payables, their hashes in the leaf's order, and the path to the root."""

    issue: Issue
    supplier: PartyId
    hashes: tuple[Digest, ...]
    proof: tuple[Digest, ...]
    payables: tuple[Payable, ...]

    def to_packet(self) -> dict[str, Any]:
        """As it is sealed."""
        return {
            "duebill": PAYABLES,
            "issue": to_message(self.issue),
            "supplier": str(self.supplier),
            "hashes": [digest_text(each) for each in self.hashes],
            "proof": [digest_text(each) for each in self.proof],
            "payables": [
                {
                    "terms": to_message(each.terms),
                    "uses": [to_message(use) for use in each.uses],
                    "invoices": _invoices_json(each.invoices),
                    "proofs": _proofs_json(each.proofs),
                }
                for each in self.payables
            ],
        }

    @classmethod
    def of_packet(cls, content: dict[str, Any]) -> Self:
        """Raises PacketUnreadable, and InvoiceRefused for a file that is no invoice."""
        _check_kind(content, PAYABLES)
        try:
            issue = from_message("Issue", content["issue"])
            payables = tuple(_payable(each) for each in content["payables"])
            hashes = tuple(digest_of_text(each) for each in content["hashes"])
            proof = tuple(digest_of_text(each) for each in content["proof"])
            supplier = PartyId(int(content["supplier"]))
        except (KeyError, TypeError, ValueError, AttributeError, BadField) as wrong:
            raise PacketUnreadable(f"its content is not as it has to be: {wrong}") from None
        if not isinstance(issue, Issue):
            raise PacketUnreadable("it holds no issue")
        return cls(issue, supplier, hashes, proof, payables)


def request_packet(terms: Terms, invoices: Sequence[Offered]) -> dict[str, Any]:
    """What the creditor shows the debtor: the files with their secrets, for these terms."""
    return {"duebill": REQUEST, "terms": to_message(terms), "invoices": _invoices_json(invoices)}


def invoices_of_request(content: dict[str, Any]) -> tuple[Offered, ...]:
    """The files that a request shows. Raises PacketUnreadable, and InvoiceRefused for a file that is no invoice."""
    _check_kind(content, REQUEST)
    try:
        return _invoices(content["invoices"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise PacketUnreadable(f"its content is not as it has to be: {wrong!r}") from None


def proofs_packet(proofs: Sequence[TagProof]) -> dict[str, Any]:
    """What the maker leaves for the checker: the proof of each tag, in the order of the uses."""
    return {"duebill": PROOFS, "proofs": _proofs_json(proofs)}


def proofs_of_packet(content: dict[str, Any]) -> tuple[TagProof, ...]:
    """Raises PacketUnreadable."""
    _check_kind(content, PROOFS)
    try:
        return tuple(
            TagProof(str(each["canonical"]), _bytes(each["signature"])) for each in content["proofs"]
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise PacketUnreadable(f"its content is not as it has to be: {wrong!r}") from None


def _payable(found: dict[str, Any]) -> Payable:
    terms = from_message("Terms", found["terms"])
    if not isinstance(terms, Terms):
        raise PacketUnreadable("it holds no terms")
    uses = tuple(read_struct(Use, each, "use") for each in found["uses"])
    return Payable(terms, uses, _invoices(found["invoices"]), _proofs(found["proofs"]))


def _proofs_json(proofs: Sequence[TagProof]) -> list[dict[str, str]]:
    return [{"canonical": each.canonical, "signature": _text(each.signature)} for each in proofs]


def _proofs(found: Any) -> tuple[TagProof, ...]:
    return tuple(TagProof(str(each["canonical"]), _bytes(each["signature"])) for each in found)


def _invoices_json(invoices: Sequence[Offered]) -> list[dict[str, str]]:
    return [
        {
            "name": each.document.name,
            "content": _text(each.document.content),
            "secret": each.document.secret.hex(),
            "amount": str(each.amount),
        }
        for each in invoices
    ]


def _invoices(found: Any) -> tuple[Offered, ...]:
    if not isinstance(found, list) or not 0 < len(found) <= MAX_INVOICES:
        raise PacketUnreadable(f"it shows no invoices, or more than {MAX_INVOICES}")
    return tuple(_offered(each) for each in found)


def _offered(found: dict[str, str]) -> Offered:
    amount = int(found["amount"])
    if not 0 < amount < 2**64:
        raise PacketUnreadable("an amount in it is none")
    secret = bytes.fromhex(found["secret"])
    return Offered(Document.of(found["name"], INVOICE, _bytes(found["content"]), secret), Amount(amount))


def _check_kind(content: dict[str, Any], wanted: str) -> None:
    if content.get("duebill") != wanted:
        raise PacketUnreadable(f"it is {str(content.get('duebill'))[:40]!r}, not {wanted!r}")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
