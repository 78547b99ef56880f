"""The flags of a piece's row, by the names of domain.slots."""

from sqlalchemy import ColumnElement, literal

from ledger.domain.slots import PieceFlag
from ledger.sql.tables import book


def has_any(flags: PieceFlag) -> ColumnElement[bool]:
    """Pieces with at least one of these flags."""
    return book.piece.c.flags.op("&")(literal(int(flags))) != 0


def is_live() -> ColumnElement[bool]:
    """Pieces that have not ended."""
    return ~has_any(PieceFlag.ENDED)
