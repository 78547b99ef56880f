"""What every state that ever was comes to: the versions of each row, held to those that the events make block by block."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select

from ledger.audit.differences import Difference, Key, Row, differences
from ledger.audit.expected import Expected, expected_rows
from ledger.audit.rows import key_names, table_of
from ledger.domain.book import Book, Receivable
from ledger.domain.events import CapUsed, Event, QuoteFilled, TradeOrdered
from ledger.domain.ids import address_bytes
from ledger.sql.sessions import Read

Since = dict[int, Row]
"""A row's versions by the block from which each holds, in order; the last still holds."""


@dataclass(slots=True)
class History:
    """The versions that the events make, by table and key. only_told: columns that no book keeps."""

    versions: dict[str, dict[Key, Since]] = field(default_factory=dict)
    only_told: Expected = field(default_factory=dict)
    _before: Book = field(default_factory=Book)

    def tell(self, event: Event) -> None:
        """Keeps what the event says and the book does not."""
        match event:
            case TradeOrdered():
                self._keep("trade", (event.trade,), {"document": event.document})
            case QuoteFilled():
                self._keep("quote_fill", (event.quote,), {"financier": event.party})
            case CapUsed():
                key = (address_bytes(event.signer), event.currency, event.power)
                self._keep("cap", key, {"party": event.party})
            case _:
                pass

    def end_block(self, block: int, book: Book) -> None:
        """The book after a block: a version for each row that is not as before."""
        for table, rows in expected_rows(_changed(self._before, book)).items():
            for key, row in rows.items():
                self.add(table, key, block, {**row, **self.only_told.get(table, {}).get(key, {})})
        self._before = book

    def add(self, table: str, key: Key, block: int, row: Row) -> None:
        """The row from a block on, unless it is as before."""
        since = self.versions.setdefault(table, {}).setdefault(key, {})
        last = next(reversed(since.values()), None)
        if last != row:
            since[block] = row

    def _keep(self, table: str, key: Key, row: Row) -> None:
        self.only_told.setdefault(table, {})[key] = row


def history_differences(
    read: Read, history: History, tables: tuple[str, ...], block: int
) -> Iterator[Difference]:
    """Where the versions that SQL has up to a block are not those of the history."""
    for name in tables:
        stored, wanted = _stored(read, name, block), history.versions.get(name, {})
        for key in stored.keys() | wanted.keys():
            yield from _of_row(name, key, stored.get(key, []), wanted.get(key, {}))


def _stored(read: Read, name: str, block: int) -> dict[Key, list[Row]]:
    """All versions up to a block, by key, oldest first. What ends later has not ended yet."""
    table = table_of(name)
    names = key_names(table)
    found: dict[Key, list[Row]] = {}
    for row in read.rows(select(table).where(table.c.from_block <= block).order_by(table.c.from_block)):
        values = dict(row._mapping)
        if values["to_block"] is not None and values["to_block"] > block:
            values["to_block"] = None
        found.setdefault(tuple(values[each] for each in names), []).append(values)
    return found


def _of_row(name: str, key: Key, stored: list[Row], wanted: Since) -> Iterator[Difference]:
    told = _since(stored, tuple(next(iter(wanted.values()), {})))
    blocks = sorted(wanted.keys() | told.keys())
    for block in blocks:
        place = key if block == blocks[-1] else (*key, f"from block {block}")
        yield from differences("events", name, place, told.get(block), wanted.get(block))
    ends = [each["from_block"] for each in stored[1:]] + [None] * bool(stored)
    for each, end in zip(stored, ends, strict=True):
        if each["to_block"] != end:
            place = (*key, f"from block {each['from_block']}")
            yield Difference("events", name, place, "to_block", each["to_block"], end)


def _since(stored: list[Row], columns: tuple[str, ...]) -> Since:
    """The versions of SQL, as far as each differs from the one before."""
    found: Since = {}
    last: Row | None = None
    for each in stored:
        row = {column: each[column] for column in columns}
        if row != last:
            found[each["from_block"]] = last = row
    return found


def _changed(before: Book, after: Book) -> Book:
    """What of a book is not as before. By identity, for an event leaves alone what it does not touch."""
    kept: dict[str, Any] = {}
    for each in fields(Book):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if isinstance(new, Mapping):
            kept[each.name] = {} if new is old else _not_in(old, new)
    kept["receivables"] = {
        key: _changed_pieces(before.receivables.get(key), receivable)
        for key, receivable in kept["receivables"].items()
    }
    return Book(**kept)


def _not_in(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in new.items() if old.get(key) is not value}


def _changed_pieces(before: Receivable | None, after: Receivable) -> Receivable:
    return after if before is None else replace(after, pieces=_not_in(before.pieces, after.pieces))
