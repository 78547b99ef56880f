"""Issues: many payables confirmed under one root."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas.fields import AddressText, Amount, Base64, Hex, Hex32, In, Instant, Out, PartyNumber, Text


class Proof(In):
    """One person's signature over Issue."""

    signer: AddressText
    proof: Hex


class LeafFor(In):
    """What goes to one supplier: its leaf with what belongs to it, sealed to the supplier."""

    party: PartyNumber
    label: Text = ""
    packet: Base64


class IssueIn(In):
    """issue: the Issue message; signatures: of one or two persons of the debtor; suppliers: one packet
    for each."""

    issue: dict[str, Any]
    signatures: Annotated[list[Proof], Field(min_length=1, max_length=8)]
    suppliers: Annotated[list[LeafFor], Field(min_length=1, max_length=100)]


class RefusalIn(In):
    """A supplier refuses one payable of an issue. payable: hashStruct(Confirm) as in its leaf."""

    payable: Hex32
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Refusal(Out):
    """A refused payable, shown to the debtor and to the supplier that refused."""

    supplier: int
    payable: str
    reason: str
    created_at: Instant


class Issue(Out):
    """An issue as the debtor signed it. complete: enough persons have signed; only then suppliers see
    it. taken, taken_total: by the chain, null before the first acceptance. suppliers, refusals: all for
    the debtor, a supplier sees its own. sealed: the reader's packets."""

    digest: str
    debtor: int
    issue: dict[str, Any]
    signatures: list[dict[str, Any]]
    complete: bool
    suppliers: list[int]
    refusals: list[Refusal]
    sealed: list[str]
    taken: int | None
    taken_total: Amount | None
    total: Amount
    created_at: Instant
    deadline: Instant


class IssuePage(Out):
    """Issues, newest first."""

    items: list[Issue]
    next: str | None
