"""Alembic's entry: runs the migrations of versions/ over one connection, in one transaction."""

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool

from ledger.sql.tables import book, offchain, outbox, raw
from ledger.sql.tables.columns import metadata

_TABLES = (raw, book, outbox, offchain)  # imported, so that metadata knows them
_SCHEMAS = ("raw", "book", "outbox", "app")


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "schema" or name in _SCHEMAS


def _run() -> None:
    url = context.config.attributes["url"]
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, include_schemas=True, include_name=_ours
        )
        with context.begin_transaction():
            context.run_migrations()


_run()
