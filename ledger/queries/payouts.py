"""What is due to pieces at the stored head and can be paid out."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, select

from ledger.queries.pieces import FROZEN, LOCKED, WAITING, due_of_piece
from ledger.queries.pins import head
from ledger.queries.receivables import ENDED
from ledger.sql.asof import still_open
from ledger.sql.sessions import Read
from ledger.sql.tables import book

MAX_PIECES = 2_000
"""The most pieces that one look finds."""


@dataclass(frozen=True)
class Due:
    """Pieces of one receivable with something due; level: C, which makes a payout unlike the one before."""

    receivable: bytes
    level: int
    starts: tuple[int, ...]


def due_pieces(read: Read) -> list[Due]:
    """By receivable, oldest first within the limit; pieces that wait, are locked or frozen are left out."""
    piece, level = book.piece, book.level
    now = head(read).time
    held = and_(piece.c.flags.op("&")(WAITING | LOCKED) != 0, piece.c.until > now)
    statement = (
        select(piece.c.receivable, piece.c.start_, level.c.level)
        .join(level, and_(level.c.receivable == piece.c.receivable, still_open(level)))
        .join(book.receivable, book.receivable.c.receivable == piece.c.receivable)
        .where(
            still_open(piece),
            level.c.level > 0,
            piece.c.flags.op("&")(ENDED | FROZEN) == 0,
            ~held,
            due_of_piece() > 0,
        )
        .order_by(piece.c.receivable, piece.c.start_)
        .limit(MAX_PIECES)
    )
    found: dict[tuple[bytes, int], list[int]] = defaultdict(list)
    for row in read.rows(statement):
        found[row.receivable, row.level].append(row.start_)
    return [Due(receivable, paid, tuple(starts)) for (receivable, paid), starts in found.items()]
