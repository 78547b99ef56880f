"""Packets that only the receiver can open (HPKE); the service has ciphertext alone."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.fields import Base64, In, Instant, Out, PartyNumber, Text


class SealedIn(In):
    """to: the party whose sealing key was used; for: a draft that it goes with, or null; label: what the
    receiver sees unopened."""

    to: PartyNumber
    for_: Annotated[str, StringConstraints(max_length=40)] | None = Field(default=None, alias="for")
    label: Text = ""
    packet: Base64


class SealedHead(Out):
    """A packet without its content. size_bytes: of the ciphertext."""

    id: str
    sender: int
    to: int
    draft: str | None
    label: str
    size_bytes: int
    created_at: Instant


class Sealed(SealedHead):
    """A packet. packet: base64 of the HPKE ciphertext."""

    packet: str


class SealedPage(Out):
    """Packets, newest first."""

    items: list[SealedHead]
    next: str | None
