"""Pieces as of a block, with what each is owed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from ledger.domain.errors import NotAllowed
from ledger.domain.ids import PieceId, ReceivableId
from ledger.domain.slots import PieceFlag
from ledger.queries.access import Viewer, sees_receivables
from ledger.queries.cursor import Paging
from ledger.queries.piece_flags import is_live
from ledger.queries.pins import Pin
from ledger.queries.receivables import read_receivable
from ledger.queries.written import FLAGS, Answer, hex_text, moment, moment_or_none, money, names_of
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book


def pieces_of(read: Read, paging: Paging, viewer: Viewer, receivable: bytes, *, ended: bool) -> Answer:
    """The pieces of one receivable from left to right; ended ones only when asked for. Raises NotFound."""
    read_receivable(read, receivable, paging.pin, viewer)
    statement = _pieces(paging.pin.number).where(book.piece.c.receivable == receivable)
    return _page(paging, statement if ended else statement.where(is_live()))


def pieces_held(paging: Paging, viewer: Viewer, holder: int) -> Answer:
    """The live pieces of one holder on receivables that the viewer sees."""
    if viewer.party is None:
        raise NotAllowed(what="pieces", reason="this signer is not enrolled with a party yet")
    sees = sees_receivables(viewer, book.piece.c.receivable)
    return _page(paging, _pieces(paging.pin.number).where(book.piece.c.holder == holder, is_live(), sees))


def due_of_piece() -> ColumnElement[Any]:
    """max(0, ⌊C·len/F⌋ − paid), over book.piece, level and receivable; without the remainder of interest."""
    share = func.div(func.coalesce(book.level.c.level, 0) * book.piece.c.length, book.receivable.c.face)
    return func.greatest(share - book.piece.c.paid, 0)


def _pieces(block: int) -> Select[Any]:
    piece, receivable, level = book.piece, book.receivable, book.level
    return (
        select(
            piece,
            receivable.c.debtor,
            receivable.c.currency,
            receivable.c.due_at,
            due_of_piece().label("due"),
        )
        .join(receivable, receivable.c.receivable == piece.c.receivable)
        .outerjoin(level, and_(level.c.receivable == piece.c.receivable, as_of(level, block)))
        .where(as_of(piece, block))
    )


def _page(paging: Paging, statement: Select[Any]) -> Answer:
    table = book.piece.c
    return paging.page(
        statement,
        [table.receivable, table.start_],
        lambda row: [row.receivable, row.start_],
        lambda row: _answer(row, paging.pin),
    )


def _answer(row: Any, at: Pin) -> Answer:
    piece = PieceId(ReceivableId(int.from_bytes(row.receivable)), row.start_)
    payable = not row.flags & PieceFlag.ENDED
    return {
        "id": str(piece),
        "token_id": str(piece.token_id),
        "receivable": hex_text(row.receivable),
        "start": str(row.start_),
        "length": money(row.length, row.currency),
        "holder": row.holder,
        "debtor": row.debtor,
        "due_at": moment(row.due_at),
        "paid": money(row.paid, row.currency),
        "due": money(int(row.due) if payable else 0, row.currency),
        "version": row.version,
        "flags": names_of(row.flags, FLAGS),
        "until": moment_or_none(row.until),
        "block": row.from_block,
        "final": at.is_final(row.from_block),
    }
