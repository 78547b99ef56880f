"""What is due to pieces at the stored head and can be paid out."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from ledger.domain.slots import PieceFlag
from ledger.queries.piece_flags import has_any, is_live
from ledger.queries.pieces import due_of_piece
from ledger.queries.pins import head
from ledger.queries.receivables import is_settled
from ledger.sql.asof import still_open
from ledger.sql.sessions import Read
from ledger.sql.tables import book

MAX_PIECES = 2_000
"""The most pieces that one look finds."""


@dataclass(frozen=True)
class Due:
    """Pieces of one receivable to be paid out.

    level: C; brought: nominal at the last level, what came back included. The two make a payout unlike the one before.
    """

    receivable: bytes
    level: int
    brought: int
    starts: tuple[int, ...]


def due_pieces(read: Read) -> list[Due]:
    """By receivable, oldest first within the limit; pieces that wait, are locked or frozen are left out.

    On a settled line every piece has to be brought to the last level once, be it due anything or not, and what is then left of
    interest goes to the piece that holds the line's end, which is therefore named again (contracts/Settlement.sol).
    """
    piece, level, returned, last = book.piece, book.level, book.returned, book.last
    now = head(read).time
    held = and_(has_any(PieceFlag.WAITING | PieceFlag.LOCKED), piece.c.until > now)
    statement = (
        select(piece.c.receivable, piece.c.start_, level.c.level, _brought().label("brought"))
        .join(level, and_(level.c.receivable == piece.c.receivable, still_open(level)))
        .join(book.receivable, book.receivable.c.receivable == piece.c.receivable)
        .outerjoin(returned, and_(returned.c.receivable == piece.c.receivable, still_open(returned)))
        .outerjoin(last, and_(last.c.receivable == piece.c.receivable, still_open(last)))
        .where(
            still_open(piece),
            level.c.level > 0,
            ~has_any(PieceFlag.FROZEN),
            ~held,
            or_(and_(is_live(), or_(due_of_piece() > 0, is_settled())), _takes_remainder()),
        )
        .order_by(piece.c.receivable, piece.c.start_)
        .limit(MAX_PIECES)
    )
    found: dict[tuple[bytes, int, int], list[int]] = defaultdict(list)
    for row in read.rows(statement):
        found[row.receivable, row.level, int(row.brought)].append(row.start_)
    return [Due(*key, tuple(starts)) for key, starts in found.items()]


def _brought() -> ColumnElement[int]:
    """Nominal of a settled line that is at the last level, what came back included."""
    return func.coalesce(book.last.c.nominal, 0) + func.coalesce(book.returned.c.nominal, 0)


def _takes_remainder() -> ColumnElement[bool]:
    """Whether the piece holds the end of a line of which all is brought to the last level, and something is left."""
    piece, face, last = book.piece.c, book.receivable.c.face, book.last.c
    netted = func.coalesce(book.returned.c.netted, 0)
    taken = func.coalesce(last.money, 0) + func.coalesce(last.remainder, 0)
    left = book.level.c.level - netted - taken
    return and_(is_settled(), _brought() == face, piece.start_ + piece.length == face, left > 0)
