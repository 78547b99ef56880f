"""Where an operation stands. `mined` and `final` follow from the mirror's tables at each read and are
stored nowhere."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, exists, func, not_, select

from ledger.domain.errors import NotFound
from ledger.queries.access import Viewer, sees_operations
from ledger.queries.pins import Head, head
from ledger.queries.written import Answer, hex_text, moment_or_none
from ledger.sql.sessions import Read
from ledger.sql.tables import book, outbox, raw


class Status(StrEnum):
    """queued → sent → mined ⇄ sent → final, or failed, or expired."""

    QUEUED = "queued"
    SENT = "sent"
    MINED = "mined"
    FINAL = "final"
    FAILED = "failed"
    EXPIRED = "expired"


ENDED = (Status.FINAL, Status.FAILED, Status.EXPIRED)


@dataclass(frozen=True)
class Effect:
    """Where an operation took effect on the stored chain."""

    block: int
    block_hash: bytes
    tx: bytes


@dataclass(frozen=True)
class Standing:
    """An operation's status with what it follows from. attempts: transactions sent; reverted: of these,
    without effect."""

    status: Status
    effect: Effect | None
    attempts: int
    reverted: int


def read_operation(read: Read, operation: str, viewer: Viewer) -> Answer:
    """One operation as api/schemas/operations says; `error` is the contract's error by name and values.
    Raises NotFound."""
    table = outbox.operation
    row = read.first(select(table).where(table.c.id == operation, sees_operations(viewer)))
    if row is None:
        raise NotFound(kind="operation", id=operation)
    stands = standing(read, row, head(read))
    effect = stands.effect
    return {
        "id": row.id,
        "kind": row.kind,
        "act": None if row.act is None else hex_text(row.act),
        "status": str(stands.status),
        "error": None if effect else row.error,
        "block": effect.block if effect else None,
        "block_hash": hex_text(effect.block_hash) if effect else None,
        "tx": hex_text(effect.tx) if effect else None,
        "attempts": stands.attempts,
        "reverted": stands.reverted,
        "created_at": row.created_at,
        "deadline": moment_or_none(row.deadline),
    }


def standing(read: Read, row: Any, now: Head) -> Standing:
    """The status of a row of outbox.operation at the stored head."""
    effect = _by_act(read, row.act) if row.act is not None else _by_transaction(read, row.id)
    attempts, reverted = _counts(read, row.id)
    if effect is not None:
        status = Status.FINAL if effect.block <= now.final else Status.MINED
    elif _failed_for_good(read, row, now):
        status = Status.FAILED
    elif row.deadline is not None and row.deadline < _time_of(read, now.final):
        status = Status.EXPIRED
    else:
        status = Status.SENT if attempts > reverted else Status.QUEUED
    return Standing(status, effect, attempts, reverted)


def _counts(read: Read, operation: str) -> tuple[int, int]:
    sending = outbox.sending.c
    reverted: Any = func.count().filter(sending.state == "reverted").label("reverted")
    statement = select(func.count().label("sent"), reverted).where(sending.operation == operation)
    row = read.rows(statement)[0]
    return row.sent, row.reverted


def _by_act(read: Read, act: bytes) -> Effect | None:
    row = read.first(
        select(book.act.c.block, book.act.c.tx_hash, raw.blocks.c.hash)
        .join(raw.blocks, raw.blocks.c.number == book.act.c.block)
        .where(book.act.c.act == act)
    )
    return None if row is None else Effect(row.block, row.hash, row.tx_hash)


def _by_transaction(read: Read, operation: str) -> Effect | None:
    """A call that no event names took effect where the relay saw it succeed, as long as that block stands."""
    sending = outbox.sending.c
    stands = and_(raw.blocks.c.number == sending.block, raw.blocks.c.hash == sending.block_hash)
    row = read.first(
        select(sending.block, sending.block_hash, sending.tx_hash)
        .join(raw.blocks, stands)
        .where(sending.operation == operation, sending.state == "mined")
    )
    return None if row is None else Effect(row.block, row.block_hash, row.tx_hash)


def error_stands(read: Read, row: Any) -> bool:
    """Whether the block at which the chain last refused the operation is still there, or not mirrored yet."""
    if row.error_block is None:
        return False
    stored = read.scalar(select(raw.blocks.c.hash).where(raw.blocks.c.number == row.error_block))
    return bool(stored == row.error_hash) or (stored is None and row.error_block > head(read).number)


def _failed_for_good(read: Read, row: Any, now: Head) -> bool:
    """An error counts once the block at which the chain gave it is final: a reorganisation may still undo its reason."""
    if not row.error_lasts or row.error_block is None or row.error_block > now.final:
        return False
    return error_stands(read, row)


def _time_of(read: Read, block: int) -> int:
    return int(read.scalar(select(raw.blocks.c.time).where(raw.blocks.c.number == block)) or 0)


def lost_sendings(read: Read) -> list[int]:
    """Transactions that counted as settled, in blocks that are gone."""
    table = outbox.sending.c
    stands = exists().where(raw.blocks.c.hash == table.block_hash)
    lost = [table.settled, table.block_hash.is_not(None), not_(stands)]
    return [int(row.id) for row in read.rows(select(table.id).where(*lost))]


def lost_operations(read: Read) -> list[str]:
    """Operations that were closed as done, and whose act is in no block any more."""
    table = outbox.operation.c
    known = exists().where(book.act.c.act == table.act)
    lost = [table.closed, table.act.is_not(None), not_(table.error_lasts), not_(known)]
    return [str(row.id) for row in read.rows(select(table.id).where(*lost))]
