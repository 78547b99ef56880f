"""Papers that a desk keeps: their bytes, the secret behind their salts, and the commitment that others see.

Whoever is given bytes and secret makes the same commitment from them, by reading the file itself.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Self

from ledger.desk.errors import DocumentChanged, DocumentUnknown
from ledger.desk.folder import read_json, write_file, write_json
from ledger.documents.invoices.model import Invoice, Party
from ledger.documents.invoices.read import read_invoice
from ledger.domain.commitments import SECRET_BYTES, Fields, commitment
from ledger.domain.ids import Digest, digest_of_text, digest_text

INVOICE, PAPER = "invoice", "paper"
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Document:
    """name: of the file it came from; kind: `invoice` where it was read as one, else `paper`."""

    name: str
    kind: str
    content: bytes
    secret: bytes
    commitment: Digest

    @classmethod
    def of(cls, name: str, kind: str, content: bytes, secret: bytes) -> Self:
        """The document of these bytes. Raises InvoiceRefused where an invoice cannot be read."""
        fields = invoice_fields(content) if kind == INVOICE else paper_fields(name, content)
        return cls(name, kind, content, secret, commitment(fields, secret))

    @classmethod
    def new(cls, name: str, kind: str, content: bytes) -> Self:
        """The same with a secret of its own."""
        return cls.of(name, kind, content, secrets.token_bytes(SECRET_BYTES))

    def invoice(self, today: date) -> Invoice:
        """What it says as an invoice. Raises InvoiceRefused."""
        return read_invoice(self.content, today)


def paper_fields(name: str, content: bytes) -> Fields:
    """What a commitment to any paper covers."""
    return [("name", name), ("sha256", sha256(content).hexdigest())]


def invoice_fields(content: bytes) -> Fields:
    """What a commitment to an invoice covers: what was read of it, and its bytes. Raises InvoiceRefused."""
    read = read_invoice(content, _ANY_DAY)
    fields = [
        ("number", read.number),
        ("issue_date", read.issue_date.isoformat()),
        ("due_date", read.due_date.isoformat() if read.due_date else ""),
        ("type_code", read.type_code or ""),
        ("currency", read.currency),
        ("total", read.total or ""),
        ("prepaid", read.prepaid or ""),
        ("payable", read.payable),
        ("order_reference", read.order_reference or ""),
    ]
    for role, party in (("seller", read.seller), ("buyer", read.buyer), ("payee", read.payee)):
        fields += _party_fields(role, party)
    return [*fields, ("sha256", sha256(content).hexdigest())]


def _party_fields(role: str, party: Party | None) -> list[tuple[str, str]]:
    names = ("name", "legal_id", "vat_id", "electronic_id")
    return [(f"{role}.{name}", getattr(party, name, None) or "") for name in names]


@dataclass(frozen=True)
class DocumentStore:
    """The folder `documents` of a desk: one folder a document, named after its commitment."""

    folder: Path

    def keep(self, document: Document) -> Document:
        """Keeps a document; the same bytes as the same kind are kept once, under their first secret."""
        for each in self.all():
            if (each.kind, each.content) == (document.kind, document.content):
                return each
        place = self.folder / document.commitment.hex()
        write_file(place / "content", document.content)
        about = {
            "name": document.name,
            "kind": document.kind,
            "secret": document.secret.hex(),
            "commitment": digest_text(document.commitment),
        }
        write_json(place / "about.json", about)
        return document

    def all(self) -> list[Document]:
        """All that is kept, by name. Raises DocumentChanged for a file that was altered since."""
        places = [each.parent for each in self.folder.glob("*/about.json")]
        return sorted((self._load(each) for each in places), key=lambda each: (each.name, each.commitment))

    def find(self, wanted: str) -> Document:
        """By file name, commitment (or its first digits), or an invoice's number. Raises DocumentUnknown unless one fits."""
        kept = self.all()
        for fits in (_named, _committed, _numbered):
            found = [each for each in kept if fits(each, wanted)]
            if len(found) == 1:
                return found[0]
        raise DocumentUnknown(wanted)

    def _load(self, place: Path) -> Document:
        about = read_json(place / "about.json")
        committed = digest_of_text(about["commitment"])
        content = (place / "content").read_bytes()
        document = Document.of(about["name"], about["kind"], content, bytes.fromhex(about["secret"]))
        if document.commitment != committed:
            raise DocumentChanged(document.name, digest_text(document.commitment), digest_text(committed))
        return document


def _named(document: Document, wanted: str) -> bool:
    return document.name == Path(wanted).name


def _committed(document: Document, wanted: str) -> bool:
    return len(wanted) >= 6 and digest_text(document.commitment).startswith(wanted.lower())


def _numbered(document: Document, wanted: str) -> bool:
    return document.kind == INVOICE and document.invoice(_ANY_DAY).number == wanted
