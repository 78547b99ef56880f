"""The kinds of columns, and the two shapes of a projection: versioned rows and appended rows."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Numeric, String, Table
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


class U64(TypeDecorator[int]):
    """A uint64 of the chain (minor units for money): numeric(20) in SQL, int in Python."""

    impl = Numeric(20, 0)
    cache_ok = True

    def process_result_value(self, value: Decimal | int | None, dialect: Any) -> int | None:
        """The driver's Decimal as an int."""
        return None if value is None else int(value)


def u64(name: str, **options: Any) -> Column[int]:
    """An amount, a start or a length."""
    return Column(name, U64, nullable=False, **options)


def number(name: str, **options: Any) -> Column[int]:
    """A party, a version, a chain time in UTC seconds: at most 48 bits."""
    return Column(name, BigInteger, nullable=False, **options)


def small(name: str, **options: Any) -> Column[int]:
    """A number of at most 16 bits: a person, a mask, a kind."""
    return Column(name, Integer, nullable=False, **options)


def octets(name: str, **options: Any) -> Column[bytes]:
    """A digest (32 bytes), an address (20) or a receivable's id (24)."""
    options.setdefault("nullable", False)
    return Column(name, LargeBinary, **options)


def letters(name: str, **options: Any) -> Column[str]:
    """A currency (ISO 4217) or a place (ISO 3166)."""
    return Column(name, String, nullable=False, **options)


def versioned(name: str, keys: list[Column[Any]], values: list[Column[Any]], *extra: Any) -> Table:
    """A table of versioned rows: a row holds the state after block `from_block` and before `to_block` (null: still so)."""
    names = [column.name for column in keys]
    return Table(
        name,
        metadata,
        *keys,
        Column("from_block", BigInteger, nullable=False, primary_key=True),
        Column("to_block", BigInteger, nullable=True),
        *values,
        Index(f"{name}_open_idx", *names, unique=True, postgresql_where=Column("to_block").is_(None)),
        Index(f"{name}_from_block_idx", "from_block"),
        Index(f"{name}_to_block_idx", "to_block", postgresql_where=Column("to_block").is_not(None)),
        *extra,
        schema="book",
        info={"shape": "versioned", "keys": names},
    )


def appended(name: str, columns: list[Column[Any]], *extra: Any) -> Table:
    """A table of facts: one row an event, known by block and position of its log in the block."""
    return Table(
        name,
        metadata,
        Column("block", BigInteger, nullable=False, primary_key=True, autoincrement=False),
        Column("log_index", Integer, nullable=False, primary_key=True, autoincrement=False),
        octets("act"),
        *columns,
        *extra,
        schema="book",
        info={"shape": "appended"},
    )
