"""The three kinds of sessions, told apart by type: one that reads, the service's, the mirror's."""

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, CursorResult, Delete, Insert, Row, Select, TextClause, Update, func, select
from sqlalchemy.dialects.postgresql import Insert as Upsert


class Read:
    """Reads every schema that its role may read; all its statements see the same state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows of the answer."""
        return self._connection.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, or None."""
        return self._connection.execute(statement).first()

    def scalar(self, statement: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        return self._connection.execute(statement).scalar()


class App(Read):
    """The service's transaction: writes the schemas outbox and app, reads all; the caller of `Database.app` commits."""

    def run(
        self,
        statement: Insert | Upsert | Update | Delete | TextClause,
        rows: Sequence[dict[str, Any]] | dict[str, Any] | None = None,
    ) -> CursorResult[Any]:
        """Runs a statement that writes; `.rowcount` says how many rows, `.all()` gives those of RETURNING."""
        return self._connection.execute(statement, rows)

    def notify(self, channel: str, payload: str = "") -> None:
        """Wakes who listens on the channel, once this transaction is committed."""
        self._connection.execute(select(func.pg_notify(channel, payload)))


class Mirror:
    """The mirror's connection, bare: COPY and set-based statements, in transactions that ledger/mirror/write.py opens."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
