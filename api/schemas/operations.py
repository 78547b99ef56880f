"""Operations: what was handed over to the chain."""

from api.schemas.fields import Hex, Instant, Out
from api.schemas.problem import Problem


class Operation(Out):
    """status: queued, sent, mined, final, failed, expired; derived at every read. act: the digest that
    events name, null for calls without one; attempts: transactions sent; reverted: of these, how many
    reverted without effect; error: why the last try would not succeed; block, tx: where it took effect."""

    id: str
    kind: str
    act: Hex | None
    status: str
    error: Problem | None
    block: int | None
    block_hash: str | None
    tx: str | None
    attempts: int
    reverted: int
    created_at: Instant
    deadline: Instant | None


class Accepted(Out):
    """An operation was enqueued."""

    operation: str
