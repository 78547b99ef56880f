"""Drafts: acts that still lack a signature."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from api.schemas.fields import AddressText, Decimal, Hex, In, Instant, Out, PartyNumber, ReceivableText, Text

Kind = Literal[
    "admit",
    "order",
    "receipt",
    "invoice",
    "confirm",
    "accept",
    "split",
    "transfer",
    "fill",
    "pay",
    "bank_paid",
    "acknowledge",
    "revoke",
]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Message(In):
    """One EIP-712 message. type: the struct's name; body: its fields, whole numbers as decimal strings."""

    type: Annotated[str, StringConstraints(max_length=40)]
    body: dict[str, Any]


class SignatureIn(In):
    """message: which message of the draft is signed; signer: the enrolled address; proof: 65 bytes, or
    ERC-1271 data."""

    message: Name
    signer: AddressText
    proof: Hex


class Document(In):
    """The draft document, the same in the service, in a file and for `send --self`."""

    duebill: Literal["draft/1"]
    kind: Kind
    chain_id: Decimal
    ledger: AddressText
    parties: AddressText
    messages: Annotated[dict[Name, Message], Field(min_length=1, max_length=4)]
    extra: dict[str, Any] = Field(default_factory=dict)
    signatures: Annotated[list[SignatureIn], Field(max_length=64)] = Field(default_factory=list)


class DraftIn(In):
    """document: what is to be signed; summary: lines for people, by language; sealed: ids of packets
    that go with it; to: parties that are shown the draft besides those whom it binds."""

    document: Document
    summary: Annotated[dict[Literal["en", "zh"], Text], Field(max_length=2)] = Field(default_factory=dict)
    sealed: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=64)] = Field(
        default_factory=list
    )
    to: Annotated[list[PartyNumber], Field(max_length=64)] = Field(default_factory=list)


class MessageIn(In):
    """A message that another party adds: the debtor's `confirm` to a request, the seller's `transfer` to
    a quote."""

    name: Name
    body: dict[str, Any]
    extra: dict[str, Any] = Field(default_factory=dict)


class ProofIn(SignatureIn):
    """A signature that arrives for a stored draft."""


class ReasonIn(In):
    """Why; only the parties of the draft see it."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class EmptyIn(In):
    """A command without values."""


class Demand(Out):
    """What one party must sign. persons: how many different ones; signed_by: the signers whose
    signatures are there."""

    message: str
    party: int
    power: str
    persons: int
    currency: str | None
    amount: str
    signer: str | None
    signed_by: list[str]


class Missing(Out):
    """What still lacks. persons: how many more; message absent from the draft yet: persons 0."""

    message: str
    party: int | None
    persons: int
    signer: str | None


class Caution(Out):
    """Something that a person should know before signing. code and fields as in problems."""

    code: str
    detail: str
    fields: dict[str, Any]


class Draft(Out):
    """A draft. status: collecting, complete, submitted, refused, withdrawn, lapsed; typed_data: by
    message, for eth_signTypedData_v4; digests: by message; sealed: packets addressed to the reader;
    operation: its id once submitted."""

    id: str
    kind: str
    status: str
    author: int | None
    parties: list[int]
    document: dict[str, Any]
    demands: list[Demand]
    missing: list[Missing]
    typed_data: dict[str, dict[str, Any]]
    digests: dict[str, str]
    summary: dict[str, str]
    warnings: list[Caution]
    sealed: list[str]
    operation: str | None
    reason: str | None
    created_at: Instant
    deadline: Instant | None


class QuoteRequestIn(In):
    """A holder shows a financier the receivable and asks for a quote for one of its pieces."""

    receivable: ReceivableText
    start: Decimal
    financier: PartyNumber
    note: Text = ""


class QuoteRequest(Out):
    """The same, as its two parties see it."""

    id: str
    receivable: str
    start: str
    holder: int
    financier: int
    note: str
    created_at: Instant


class QuoteRequestPage(Out):
    """Requests, newest first."""

    items: list[QuoteRequest]
    next: str | None


class DraftPage(Out):
    """Drafts, newest first. next: the cursor of the following page."""

    items: list[Draft]
    next: str | None


class Submission(Out):
    """operation: what was enqueued, or null for a dry run that succeeded; call: what would be sent."""

    dry_run: bool
    operation: str | None
    contract: str
    function: str
    calldata: str
