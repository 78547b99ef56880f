"""The rows of the book as of a block, by key."""

from collections.abc import Mapping

from sqlalchemy import Table, select

from ledger.audit.differences import Key, Row
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book

FACT_KEYS: Mapping[str, tuple[str, ...]] = {
    "receivable": ("receivable",),
    "receivable_use": ("receivable", "tag"),
    "receipt": ("trade", "tag"),
    "trade_invoice": ("act",),
    "assignment": ("block", "log_index"),
    "cut": ("block", "log_index"),
    "payment": ("act",),
    "payout": ("block", "log_index"),
    "bank_payment": ("act",),
    "acknowledgement": ("act",),
    "giving_back": ("block", "log_index"),
    "revocation": ("act",),
}
"""What tells the rows of a table of facts apart, beside block and log index."""
PLACE = ("block", "log_index")


def table_of(name: str) -> Table:
    """The table of the book of this name."""
    return book.piece.metadata.tables[f"book.{name}"]


def key_names(table: Table) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart at one block."""
    return FACT_KEYS[table.name] if table.info["shape"] == "appended" else tuple(table.info["keys"])


def rows_at(read: Read, table: Table, block: int, names: tuple[str, ...] | None = None) -> dict[Key, Row]:
    """The rows that hold after a block, by the columns `names`, those of `key_names` unless given."""
    names = names or key_names(table)
    rows = [dict(row._mapping) for row in read.rows(select(table).where(as_of(table, block)))]
    return {tuple(row[name] for name in names): row for row in rows}
