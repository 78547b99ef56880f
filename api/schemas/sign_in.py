"""Sign-in with Ethereum (EIP-4361)."""

from typing import Annotated

from pydantic import StringConstraints

from api.schemas.fields import Hex, In, Instant, Out


class Nonce(Out):
    """To be put into the message that is signed; good once, until expires_at."""

    nonce: str
    expires_at: Instant


class SignIn(In):
    """message: the EIP-4361 text as signed (domain and uri as GET /v1/deployment names them); signature:
    0x hex."""

    message: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
    signature: Hex


class Session(Out):
    """token: sent as `Authorization: Bearer`; shown once. party and person: null until the signer is
    enrolled."""

    token: str
    signer: str
    party: int | None
    person: int | None
    roles: list[str]
    expires_at: Instant
