"""The tables of the book as the mirror writes them: names and kinds of columns, in the order of the rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import LargeBinary, Table
from sqlalchemy.dialects import postgresql

from ledger.sql.tables import book

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. is_bytes: its values are hex here; cast: the SQL type."""

    name: str
    is_bytes: bool
    cast: str


@dataclass(frozen=True, slots=True)
class VersionedShape:
    """A table of versioned rows: key columns, then from_block and to_block, then value columns."""

    name: str
    key_columns: tuple[Column, ...]
    value_columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the key columns."""
        return tuple(column.name for column in self.key_columns)

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the value columns."""
        return tuple(column.name for column in self.value_columns)


@dataclass(frozen=True, slots=True)
class AppendedShape:
    """A table of facts: block, log_index, act, then its own columns."""

    name: str
    columns: tuple[Column, ...]


def _columns(table: Table, *, without: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(
        Column(column.name, isinstance(column.type, LargeBinary), column.type.compile(_DIALECT))
        for column in table.columns
        if column.name not in without
    )


def _versioned(table: Table) -> VersionedShape:
    keys: list[str] = table.info["keys"]
    columns = _columns(table, without=("from_block", "to_block"))
    return VersionedShape(
        table.name,
        tuple(column for column in columns if column.name in keys),
        tuple(column for column in columns if column.name not in keys),
    )


_TABLES = [table for table in book.piece.metadata.tables.values() if table.schema == "book"]
VERSIONED: Mapping[str, VersionedShape] = {
    table.name: _versioned(table) for table in _TABLES if table.info["shape"] == "versioned"
}
APPENDED: Mapping[str, AppendedShape] = {
    table.name: AppendedShape(table.name, _columns(table))
    for table in _TABLES
    if table.info["shape"] == "appended"
}
