"""What the mirror reads back from SQL: the checkpoint, journals before a batch, rows that events change in part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg

from ledger.chain.headers import Hex
from ledger.mirror.alarms import SubjectMissing
from ledger.mirror.fold import JournalKey
from ledger.mirror.project.changes import Changes, Key
from ledger.mirror.project.shapes import VERSIONED
from ledger.mirror.statements import listed, open_rows

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """As book.checkpoint, whose comments say what each means."""

    chain_id: int
    first_number: int
    number: int
    hash: Hex
    time: int
    final_number: int
    checked_number: int


def checkpoint(connection: Connection) -> Checkpoint | None:
    """The stored head; None before the first batch."""
    found = connection.execute(
        "select chain_id, first_number, number, encode(hash, 'hex'), time, final_number, checked_number from book.checkpoint"
    ).fetchone()
    return None if found is None else Checkpoint(*found)


def block_hashes(connection: Connection, first: int, last: int) -> dict[int, Hex]:
    """The stored hashes of a range of blocks."""
    found = connection.execute(
        "select number, encode(hash, 'hex') from raw.blocks where number between %s and %s", [first, last]
    )
    return dict(found.fetchall())


def journals(connection: Connection, keys: Sequence[JournalKey]) -> dict[JournalKey, bytes]:
    """The values of journals at the stored head; those never begun are absent."""
    rows = connection.execute(open_rows("journal"), _lists(keys))
    return {(Hex(emitter.hex()), kind, Hex(id_.hex())): head for emitter, kind, id_, head in rows.fetchall()}


def finish(connection: Connection, changes: Changes) -> None:
    """Fills what events left untold from the open rows. Raises SubjectMissing."""
    for table, keys in changes.unfinished.items():
        width = len(VERSIONED[table].keys)
        missing = set(keys)
        for row in connection.execute(open_rows(table), _lists(keys)).fetchall():
            values = tuple(_as_told(value) for value in row)
            missing.discard(values[:width])
            changes.finish(table, values[:width], values[width:])
        if missing:
            raise SubjectMissing(table, str(min(missing)))


def _lists(keys: Iterable[Key]) -> list[str]:
    return [listed(column) for column in zip(*keys, strict=True)]


def _as_told(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return int(value) if isinstance(value, Decimal) else value
