"""The one commit: a batch's blocks, events, projections, journals and checkpoint, or the undoing of blocks, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.chain.abi import EventLayout
from ledger.chain.headers import Header, Hex
from ledger.domain.errors import invariant
from ledger.mirror.fold import head_key, seed_of
from ledger.mirror.project.changes import Changes
from ledger.mirror.project.read import Reading
from ledger.mirror.statements import (
    ADD_ACTS,
    BLOCKS,
    BLOCKS_LINE,
    EVENTS,
    EVENTS_LINE,
    NULL,
    close_rows,
    copy_facts,
    copy_versions,
    listed,
    undo_after,
)
from ledger.mirror.stored import Checkpoint, Connection, journals

CHANNEL = "duebill_head"
"""Where a commit is told: NOTIFY with the number of the stored head."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch writes. heads: of Ledger, Parties and Rules after it."""

    chain_id: int
    headers: Sequence[Header]
    reading: Reading
    heads: Sequence[bytes]
    final_number: int
    checked_number: int


def append(connection: Connection, before: Checkpoint | None, step: Step) -> Checkpoint:
    """Writes a batch on top of the stored head `before`; returns the new one."""
    after = _after(before, step)
    with connection.transaction():
        _move_checkpoint(connection, before, after, step.heads)
        _copy(
            connection,
            f"copy raw.blocks ({', '.join(BLOCKS)}) from stdin",
            BLOCKS_LINE,
            _blocks(step.headers),
        )
        _copy(connection, f"copy raw.events ({', '.join(EVENTS)}) from stdin", EVENTS_LINE, step.reading.raw)
        _write_changes(connection, step.reading.changes)
        _write_acts(connection, step.reading.acts)
        _tell(connection, after.number)
    return after


def undo_to(connection: Connection, before: Checkpoint, fork: Header, emitters: Sequence[Hex]) -> Checkpoint:
    """Takes everything after the stored block `fork` back; returns the checkpoint there."""
    after = Checkpoint(
        before.chain_id,
        before.first_number,
        fork.number,
        fork.hash,
        fork.time,
        before.final_number,
        min(before.checked_number, fork.number),
    )
    with connection.transaction():
        connection.execute(undo_after(fork.number))
        _move_checkpoint(connection, before, after, _heads(connection, before.chain_id, emitters))
        _tell(connection, after.number)
    return after


def keep_layouts(connection: Connection, layouts: Iterable[tuple[Hex, EventLayout]]) -> None:
    """Stores how the bytes of each event are laid out, for those who read raw.events."""
    stored = set(
        connection.execute("select emitter, topic, name, fields::text from raw.event_layouts").fetchall()
    )
    wanted = {_layout_row(emitter, layout) for emitter, layout in layouts}
    with connection.transaction():
        for row in sorted(wanted - stored):
            connection.execute(
                "insert into raw.event_layouts (emitter, topic, name, fields) values (%s, %s, %s, %s::text[]) "
                "on conflict (emitter, topic) do update set name = excluded.name, fields = excluded.fields",
                row,
            )


def _layout_row(emitter: Hex, layout: EventLayout) -> tuple[bytes, bytes, str, str]:
    fields = ",".join(f"{field.name}:{field.type}" for field in layout.fields)
    return bytes.fromhex(emitter), bytes.fromhex(layout.topic), layout.name, f"{{{fields}}}"


def _after(before: Checkpoint | None, step: Step) -> Checkpoint:
    last = step.headers[-1]
    first = step.headers[0].number if before is None else before.first_number
    # What was final once stays so, also when a node that lags says less.
    final = step.final_number if before is None else max(step.final_number, before.final_number)
    return Checkpoint(step.chain_id, first, last.number, last.hash, last.time, final, step.checked_number)


def _move_checkpoint(
    connection: Connection, before: Checkpoint | None, after: Checkpoint, heads: Sequence[bytes]
) -> None:
    values: list[Any] = [
        after.chain_id,
        after.first_number,
        after.number,
        bytes.fromhex(after.hash),
        after.time,
    ]
    values += [after.final_number, after.checked_number, *heads]
    if before is None:
        places = ", ".join(["%s"] * len(values))
        connection.execute(f"insert into book.checkpoint values (true, {places})", values)
        return
    moved = connection.execute(
        "update book.checkpoint set chain_id = %s, first_number = %s, number = %s, hash = %s, time = %s, final_number = %s, "
        "checked_number = %s, ledger_head = %s, parties_head = %s, rules_head = %s where hash = %s",
        [*values, bytes.fromhex(before.hash)],
    )
    invariant(moved.rowcount == 1, "only one mirror writes, and each batch stands on the one before")


def _heads(connection: Connection, chain_id: int, emitters: Sequence[Hex]) -> list[bytes]:
    keys = [head_key(emitter) for emitter in emitters]
    stored = journals(connection, keys)
    return [stored.get(key) or seed_of(chain_id, key) for key in keys]


def _blocks(headers: Sequence[Header]) -> list[tuple[Any, ...]]:
    return [(header.number, header.hash, header.parent, header.time) for header in headers]


def _write_changes(connection: Connection, changes: Changes) -> None:
    for table, rows in changes.versions.items():
        if not rows:
            continue
        columns = zip(*rows, strict=True)
        first_blocks = [versions[0].block for versions in rows.values()]
        connection.execute(close_rows(table), [*map(listed, columns), listed(first_blocks)])
        statement, line = copy_versions(table)
        _copy(connection, statement, line, _version_rows(changes, table))
    for table, facts in changes.facts.items():
        statement, line = copy_facts(table)
        _copy(connection, statement, line, facts)


def _version_rows(changes: Changes, table: str) -> Iterable[tuple[Any, ...]]:
    for key, versions in changes.versions[table].items():
        for version, following in zip(versions, [*versions[1:], None], strict=True):
            ends = NULL if following is None else following.block
            yield (*key, version.block, ends, *version.values)


def _write_acts(connection: Connection, acts: Mapping[str, tuple[int, int, str]]) -> None:
    if not acts:
        return
    connection.execute(ADD_ACTS, [listed(acts), *map(listed, zip(*acts.values(), strict=True))])


def _copy(connection: Connection, statement: str, line: str, rows: Iterable[tuple[Any, ...]]) -> None:
    text = "".join([line % row for row in rows])
    if not text:
        return
    with connection.cursor().copy(statement) as copy:
        copy.write(text)


def _tell(connection: Connection, number: int) -> None:
    connection.execute("select pg_notify(%s, %s)", [CHANNEL, str(number)])
