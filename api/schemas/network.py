"""The network that the service works on: deployment, head, health."""

from typing import Any

from api.schemas.fields import At, Out


class SignInTerms(Out):
    """What a sign-in message must name."""

    domain: str
    uri: str
    chain_id: int


class Deployment(Out):
    """Where the contracts are. A client pins this once, from elsewhere, and compares. domains: EIP-712
    domains by contract (`ledger` for every act but Admission, `parties` for Admission); finality:
    `depth:N`, `tag` or `instant`."""

    name: str
    chain_id: int
    ledger: str
    parties: str
    rules: str
    token: str | None
    block: int
    genesis_hash: str | None
    finality: str
    domains: dict[str, dict[str, Any]]
    sign_in: SignInTerms


class Head(Out):
    """How far the mirror has come. lag_blocks: how far it is behind the node, null where the node is not
    reached."""

    head: At
    final: At | None
    lag_blocks: int | None


class Health(Out):
    """status: `ok`, or `degraded` with what does not answer in `failing`."""

    status: str
    failing: list[str]
    head: int | None
