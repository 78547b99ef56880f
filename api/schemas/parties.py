"""The public record of parties, and their cards in the directory."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.fields import In, Instant, Out, Row

Short = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Person(Out):
    """number: 1-based position in the party; commitment: salted."""

    number: int
    commitment: str


class Signer(Out):
    """A key of one person. kind: `key` or `contract`; powers: names of what it may do."""

    address: str
    kind: str
    person: int
    powers: list[str]
    active_from: Instant


class Limit(Out):
    """What one signer may do alone: an act and a UTC day, minor units; per_day null: no day cap."""

    signer: str
    currency: str
    power: str
    per_act: str
    per_day: str | None


class CardIn(In):
    """What a party tells the others about itself. ids: scheme to value; tag_public_key: PEM of the RSA
    key whose DER hash stands on chain as tag_key."""

    name: Short
    ids: Annotated[dict[Short, Short], Field(max_length=20)] = Field(default_factory=dict)
    tag_public_key: Annotated[str, StringConstraints(max_length=4_000)] | None = None


class Card(Out):
    """The same, as the directory keeps it."""

    name: str
    ids: dict[str, str]
    tag_public_key: str | None
    updated_at: Instant


class Party(Row):
    """A legal entity as admitted on chain. roles: core-enterprise, supplier, financier, service-
    provider, auditor, operator."""

    id: int
    record: str
    roles: list[str]
    sole: bool
    account: str
    sealing_key: str
    tag_key: str
    group: int
    attestor: int
    evidence: str
    persons: list[Person]
    signers: list[Signer]
    limits: list[Limit]
    guardians: list[str]
    card: Card | None
