"""Fields that many resources share: ids, hashes, amounts, the block that a row stands at."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

MAX_PAGE = 500
"""The most rows that one page of a list holds."""


def _iso(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


Hex32 = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{64}$")]
"""32 bytes: a digest, a tag, a commitment, a block hash."""
Hex = Annotated[str, StringConstraints(pattern=r"^0x([0-9a-fA-F]{2})*$", max_length=20_000)]
AddressText = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$")]
ReceivableText = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{48}$")]
PartyNumber = Annotated[int, Field(ge=1, le=0xFFFFFFFF)]
Decimal = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,77})$")]
"""A whole number as decimal digits: JSON numbers lose digits above 2^53."""
Text = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=1_900_000)]
Instant = Annotated[datetime, PlainSerializer(_iso, return_type=str)]
"""UTC, ISO 8601 to the second."""


class In(BaseModel):
    """What a client sends: unknown fields are refused, so that a misspelt one is not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Out(BaseModel):
    """What the service answers."""

    model_config = ConfigDict(frozen=True)


class Amount(Out):
    """Money. minor: units of the currency's smallest coin; text: the same as people write it."""

    minor: str
    currency: str
    text: str


class At(Out):
    """Which block an answer stands at. final: at the network's finality, from checked blocks only."""

    number: int
    hash: str
    time: Instant
    final: bool


class Row(Out):
    """A row of the mirror. block: where its state began; final: whether that block is final."""

    block: int
    final: bool


Item = TypeVar("Item")


class Page(Out, Generic[Item]):
    """A list as of one block. next: the cursor of the following page, which keeps the block, or null at
    the end."""

    items: list[Item]
    next: str | None
    as_of: At
