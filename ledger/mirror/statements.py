"""The SQL of the mirror, made once from the tables' shapes."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ledger.mirror.project.shapes import APPENDED, VERSIONED, Column

NULL = "\\N"
"""Null in a line of COPY."""
BLOCKS = ("number", "hash", "parent_hash", "time")
EVENTS = ("block", "log_index", "emitter", "kind", "subject", "tx_hash", "tx_index", "topics", "data")
BLOCKS_LINE = "%s\t\\\\x%s\t\\\\x%s\t%s\n"
EVENTS_LINE = "%s\t%s\t\\\\x%s\t%s\t\\\\x%s\t\\\\x%s\t%s\t\\\\x%s\t\\\\x%s\n"


def _line(columns: Sequence[str]) -> str:
    return "\t".join(columns) + "\n"


def _place(column: Column) -> str:
    return "\\\\x%s" if column.is_bytes else "%s"


@cache
def copy_versions(table: str) -> tuple[str, str]:
    """COPY for a versioned table, and the pattern of a line: keys, from_block, to_block, values."""
    shape = VERSIONED[table]
    names = ", ".join((*shape.keys, "from_block", "to_block", *shape.values))
    places = [_place(c) for c in shape.key_columns] + ["%s", "%s"] + [_place(c) for c in shape.value_columns]
    return f"copy book.{table} ({names}) from stdin", _line(places)


@cache
def copy_facts(table: str) -> tuple[str, str]:
    """COPY for a table of facts, and the pattern of a line."""
    shape = APPENDED[table]
    names = ", ".join(column.name for column in shape.columns)
    return f"copy book.{table} ({names}) from stdin", _line([_place(column) for column in shape.columns])


@cache
def close_rows(table: str) -> str:
    """Ends the open rows of some keys: one list for each key column, then one of blocks."""
    shape = VERSIONED[table]
    match = " and ".join(f"t.{name} = s.{name}" for name in shape.keys)
    return (
        f"update book.{table} t set to_block = s.ends from {_given(shape.key_columns, 'ends')} s "
        f"where {match} and t.to_block is null"
    )


@cache
def open_rows(table: str) -> str:
    """The open rows of some keys: one list for each key column. Answers keys, then values."""
    shape = VERSIONED[table]
    match = " and ".join(f"t.{name} = s.{name}" for name in shape.keys)
    names = ", ".join(f"t.{name}" for name in (*shape.keys, *shape.values))
    return f"select {names} from book.{table} t join {_given(shape.key_columns)} s on {match} where t.to_block is null"


def listed(values: Iterable[Any]) -> str:
    """Hex, capital letters, numbers or booleans as one parameter; the driver's own arrays take ten times as long."""
    return ",".join(map(str, values))


def _given(columns: Sequence[Column], *numbers: str) -> str:
    """The columns as rows. Each comes as one text with commas (see `listed`), bytes in hex."""
    arrays = [
        f"string_to_array(%s, ',')::{'text' if column.is_bytes else column.cast}[]" for column in columns
    ]
    arrays += ["string_to_array(%s, ',')::bigint[]" for _ in numbers]
    names = [column.name for column in columns] + list(numbers)
    picked = [
        f"decode({column.name}, 'hex') {column.name}" if column.is_bytes else column.name
        for column in columns
    ]
    picked += list(numbers)
    return f"(select {', '.join(picked)} from unnest({', '.join(arrays)}) g({', '.join(names)}))"


ADD_ACTS = (
    "insert into book.act (act, block, log_index, tx_hash) select decode(a, 'hex'), b, l, decode(t, 'hex') "
    "from unnest(string_to_array(%s, ','), string_to_array(%s, ',')::bigint[], string_to_array(%s, ',')::integer[], "
    "string_to_array(%s, ',')) g(a, b, l, t) on conflict (act) do nothing"
)


def undo_after(block: int) -> str:
    """Takes everything after a block back, in one message: many small statements would each wait for the server."""
    statements = [
        f"delete from raw.events where block > {block}",
        f"delete from raw.blocks where number > {block}",
    ]
    statements.append(f"delete from book.act where block > {block}")
    statements += [f"delete from book.{table} where block > {block}" for table in APPENDED]
    for table in VERSIONED:
        statements.append(f"delete from book.{table} where from_block > {block}")
        statements.append(f"update book.{table} set to_block = null where to_block > {block}")
    return ";\n".join(statements)
