"""Cursors: the block that a list stands at, and the key of the last row that was given."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.exc import DataError, ProgrammingError

from ledger.queries.pins import Pin, pin, still
from ledger.queries.refusals import CursorInvalid
from ledger.queries.written import Answer
from ledger.sql.sessions import Read

Key = list[Any]


class Paging:
    """One page of a list: how many rows, after which key, as of which block."""

    def __init__(self, read: Read, *, limit: int, cursor: str | None, as_of: str | None) -> None:
        self._read = read
        self.limit = limit
        self.after: Key | None = None
        self.pin: Pin
        if cursor is None:
            self.pin = pin(read, as_of, "final")
        else:
            number, hash_, self.after = _decode(cursor)
            self.pin = still(read, number, hash_)

    def page(
        self,
        statement: Select[Any],
        keys: Sequence[ColumnElement[Any]],
        key_of: Callable[[Any], Key],
        answer: Callable[[Any], Answer],
    ) -> Answer:
        """Rows in the order of `keys` after the cursor's, with the cursor of the next page."""
        if self.after is not None:
            if len(self.after) != len(keys):
                raise CursorInvalid(cursor="of another list")
            statement = statement.where(tuple_(*keys) > tuple_(*self.after))
        rows = self._rows(statement.order_by(*keys).limit(self.limit + 1))
        given = rows[: self.limit]
        more = len(rows) > self.limit
        return {
            "items": [answer(row) for row in given],
            "next": self._encode(key_of(given[-1])) if more else None,
            "as_of": self.pin.answer,
        }

    def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        try:
            return self._read.rows(statement)
        except (DataError, ProgrammingError):
            if self.after is None:
                raise
            raise CursorInvalid(cursor="with a key of another kind") from None

    def _encode(self, key: Key) -> str:
        parts = [self.pin.number, self.pin.hash.hex(), [_plain(each) for each in key]]
        return (
            base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")
        )


def _plain(value: Any) -> Any:
    return {"x": value.hex()} if isinstance(value, bytes) else value


def _decode(cursor: str) -> tuple[int, bytes, Key]:
    """Raises CursorInvalid."""
    try:
        number, hash_, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [bytes.fromhex(each["x"]) if isinstance(each, dict) else each for each in key]
        if not isinstance(number, int) or not all(isinstance(each, bytes | int) for each in values):
            raise CursorInvalid(cursor=cursor[:100])
        return number, bytes.fromhex(hash_), values
    except (ValueError, TypeError, KeyError, binascii.Error):
        raise CursorInvalid(cursor=cursor[:100]) from None
