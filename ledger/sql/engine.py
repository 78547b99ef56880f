"""The database: a pool of connections for each role, and what each role may open.

The role is set when a connection is made, so PostgreSQL itself refuses what a session must not do."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from sqlalchemy import Engine, create_engine

from ledger.sql.sessions import App, Mirror, Read

_POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 10, "pool_pre_ping": True}


class Role(StrEnum):
    """The roles of PostgreSQL: the mirror writes raw and book, the service outbox and app, readers nothing."""

    MIRROR = "duebill_mirror"
    APP = "duebill_app"
    READ = "duebill_read"


class Database:
    """One PostgreSQL database, named by a URL `postgresql://user@host/database` (libpq's forms, sockets too).

    The user of the URL owns the schemas or is a member of the three roles."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engines: dict[Role, Engine] = {}

    @contextmanager
    def read(self) -> Iterator[Read]:
        """A transaction that sees one state of the database and cannot write."""
        engine = self._engine(Role.READ)
        with engine.connect() as opened:
            connection = opened.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Read(connection)

    @contextmanager
    def app(self) -> Iterator[App]:
        """A transaction of the service: commits at the end, undoes everything when an exception leaves it."""
        with self._engine(Role.APP).begin() as connection:
            yield App(connection)

    @contextmanager
    def mirror(self) -> Iterator[Mirror]:
        """The one connection of the mirror; its caller begins and commits (ledger/mirror/write.py)."""
        with psycopg.connect(with_role(self._url, Role.MIRROR), autocommit=True) as connection:
            yield Mirror(connection)

    @contextmanager
    def listen(self, channel: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection on which `connection.notifies(timeout=…)` tells of each NOTIFY on the channel."""
        with psycopg.connect(with_role(self._url, Role.READ), autocommit=True) as connection:
            connection.execute(f'LISTEN "{channel}"')
            yield connection

    def close(self) -> None:
        """Ends all pooled connections."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()

    def _engine(self, role: Role) -> Engine:
        if role not in self._engines:
            url = with_role(self._url, role)

            def connect() -> psycopg.Connection[Any]:
                return psycopg.connect(url)

            self._engines[role] = create_engine("postgresql+psycopg://", creator=connect, **_POOL)
        return self._engines[role]


def with_role(url: str, role: Role) -> str:
    """The URL for connections that begin with `SET ROLE role`."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "options"]
    query += [("options", f"-c role={role}"), ("application_name", str(role))]
    return urlunsplit(parts._replace(query=urlencode(query).replace("+", "%20")))
