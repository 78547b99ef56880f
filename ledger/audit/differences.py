"""What SQL says and what it should say, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Key = tuple[Any, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of one row. against: what it was held to, `storage` or `events`; sql, found: None where there is no such row."""

    against: str
    table: str
    key: Key
    column: str
    sql: Any
    found: Any

    def __str__(self) -> str:
        key = ", ".join(_text(part) for part in self.key)
        return f"{self.table} [{key}] {self.column}: SQL has {_text(self.sql)}, {self.against} {_text(self.found)}"


def differences(
    against: str, table: str, key: Key, sql: Row | None, found: Row | None
) -> Iterator[Difference]:
    """The columns of `found` that SQL has otherwise; a row that one side lacks is one difference."""
    if sql is None or found is None:
        if sql is not found:
            yield Difference(against, table, key, "row", _presence(sql), _presence(found))
        return
    for column, value in found.items():
        if sql[column] != value:
            yield Difference(against, table, key, column, sql[column], value)


def _presence(row: Row | None) -> str | None:
    return None if row is None else "one"


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    return "nothing" if value is None else str(value)
