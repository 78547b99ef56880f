"""What waits for the chain: a call enters once, by the act's digest or by its reason, and stays until it
took effect or never can."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from ulid import ULID

from ledger.sql.sessions import App, Read
from ledger.sql.tables import outbox

CHANNEL = "duebill_outbox"
"""NOTIFY channel: something was enqueued, sent, or refused."""
MAX_BATCH = 200


@dataclass(frozen=True)
class Waiting:
    """One call on its way. act: digest that events will name, None for calls without one, which `reason`
    then makes one of a kind; contract: 20 bytes; deadline: chain time after which it cannot succeed;
    parties, signers: who sees it."""

    kind: str
    contract: bytes
    calldata: bytes
    act: bytes | None = None
    reason: str | None = None
    deadline: int | None = None
    parties: tuple[int, ...] = ()
    signers: tuple[bytes, ...] = ()


def enqueue(app: App, call: Waiting, now: datetime) -> str:
    """The operation's id. A call that waits already keeps its id; one that was given up is taken up again."""
    table = outbox.operation
    statement = insert(table).values(
        id=str(ULID.from_datetime(now)),
        kind=call.kind,
        act=call.act,
        reason=call.reason,
        contract=call.contract,
        calldata=call.calldata,
        deadline=call.deadline,
        parties=list(call.parties),
        signers=list(call.signers),
        error_lasts=False,
        closed=False,
        try_after=now,
        created_at=now,
    )
    again = {
        "calldata": statement.excluded.calldata,
        "parties": func.array_cat(table.c.parties, statement.excluded.parties),
        "closed": False,
        "error_lasts": False,
        "try_after": now,
    }
    known = [table.c.act] if call.act is not None else [table.c.reason]
    row = app.run(
        statement.on_conflict_do_update(index_elements=known, set_=again).returning(table.c.id)
    ).one()
    app.notify(CHANNEL)
    return str(row.id)


def open_operations(read: Read, now: datetime) -> list[Any]:
    """Operations that are neither final nor given up and whose turn has come, oldest first."""
    table = outbox.operation
    statement = (
        select(table)
        .where(table.c.closed.is_(False), table.c.try_after <= now)
        .order_by(table.c.created_at, table.c.id)
        .limit(MAX_BATCH)
    )
    return list(read.rows(statement))


def close(app: App, operations: list[str]) -> None:
    """Nothing is left to do for these operations."""
    app.run(update(outbox.operation).where(outbox.operation.c.id.in_(operations)).values(closed=True))
    app.notify(CHANNEL)


def reopen(app: App, operations: list[str]) -> None:
    """These operations took effect in blocks that the chain has lost: they are sent again."""
    app.run(update(outbox.operation).where(outbox.operation.c.id.in_(operations)).values(closed=False))
    app.notify(CHANNEL)


@dataclass(frozen=True)
class Refusal:
    """What the chain answered to a try. lasts: whether it holds for good once its block is final."""

    error: dict[str, object]
    block: int
    block_hash: bytes
    lasts: bool


def refuse(app: App, operation: str, refusal: Refusal, again: datetime) -> None:
    """Keeps the chain's answer, and tries again not before `again`."""
    app.run(
        update(outbox.operation)
        .where(outbox.operation.c.id == operation)
        .values(
            error=refusal.error,
            error_block=refusal.block,
            error_hash=refusal.block_hash,
            error_lasts=refusal.lasts,
            try_after=again,
        )
    )
    app.notify(CHANNEL)


def is_waiting(read: Read, reason: str) -> bool:
    """Whether a call of this reason is open. One that was given up does not count: it may have been refused on a branch that
    is gone, or before a payment that a reorganisation had taken back came again."""
    table = outbox.operation.c
    found = select(table.id).where(table.reason == reason, table.closed.is_(False))
    return read.scalar(found) is not None
