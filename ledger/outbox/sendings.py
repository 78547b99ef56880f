"""Signed transactions: written before they are sent, so that a crash in between sends the same bytes
again and no others."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from ledger.outbox.queue import CHANNEL
from ledger.sql.sessions import App, Read
from ledger.sql.tables import outbox


class Outcome(StrEnum):
    """pending: not seen in a block; replaced: another of our transactions of its nonce was mined; lost:
    a stranger's was."""

    PENDING = "pending"
    MINED = "mined"
    REVERTED = "reverted"
    REPLACED = "replaced"
    LOST = "lost"


@dataclass(frozen=True)
class Signed:
    """A transaction ready to be sent. max_fee, priority_fee: wei a unit of gas."""

    operation: str
    sender: bytes
    nonce: int
    tx_hash: bytes
    raw: bytes
    gas: int
    max_fee: int
    priority_fee: int


def record(app: App, signed: Signed, now: datetime) -> None:
    """Writes the transaction down as pending."""
    values = {name: getattr(signed, name) for name in Signed.__dataclass_fields__}
    app.run(insert(outbox.sending).values(**values, state=str(Outcome.PENDING), settled=False, sent_at=now))
    app.notify(CHANNEL)


def next_nonce(read: Read, sender: bytes, chain_nonce: int) -> int:
    """The first nonce that neither the chain has counted nor a written transaction claims."""
    table = outbox.sending.c
    claimed = read.scalar(
        select(func.max(table.nonce)).where(table.sender == sender, table.state.not_in([Outcome.LOST]))
    )
    return chain_nonce if claimed is None else max(chain_nonce, int(claimed) + 1)


def unsettled(read: Read, sender: bytes, limit: int) -> list[Any]:
    """Transactions whose outcome may still change, by nonce and age."""
    table = outbox.sending
    return list(
        read.rows(
            select(table)
            .where(table.c.sender == sender, table.c.settled.is_(False))
            .order_by(table.c.nonce, table.c.id)
            .limit(limit)
        )
    )


def of_operation(read: Read, operation: str) -> list[Any]:
    """All transactions of one operation, oldest first."""
    table = outbox.sending
    return list(read.rows(select(table).where(table.c.operation == operation).order_by(table.c.id)))


def judge(
    app: App, sending: int, outcome: Outcome, *, block: int | None, block_hash: bytes | None, settled: bool
) -> None:
    """Keeps what the chain says of a transaction; settled: final, looked at no more."""
    app.run(
        update(outbox.sending)
        .where(outbox.sending.c.id == sending)
        .values(state=str(outcome), block=block, block_hash=block_hash, settled=settled)
    )
    app.notify(CHANNEL)


def sent_again(app: App, sending: int, now: datetime) -> None:
    """The same bytes went to the node once more."""
    app.run(update(outbox.sending).where(outbox.sending.c.id == sending).values(sent_at=now))


def call_of(read: Read, operation: str) -> Any:
    """contract and calldata of an operation."""
    table = outbox.operation.c
    return read.rows(select(table.contract, table.calldata).where(table.id == operation))[0]


def unsettle(app: App, lost: list[int]) -> None:
    """Blocks that had these transactions are gone: what becomes of them is looked at again."""
    app.run(update(outbox.sending).where(outbox.sending.c.id.in_(lost)).values(settled=False))
