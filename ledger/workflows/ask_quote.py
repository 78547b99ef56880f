"""A holder shows a financier a receivable and asks for a quote for one of its pieces."""

from typing import Any

from sqlalchemy import insert

from ledger.domain.errors import NotAllowed, NotFound
from ledger.domain.ids import PieceId, ReceivableId, receivable_text
from ledger.queries.access import party_of
from ledger.queries.receivables import sees_receivable
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting
from ledger.workflows.refusals import foreseen


def ask_quote(acting: Acting, *, receivable: bytes, start: int, financier: int, note: str) -> Any:
    """The request's row. Raises NotFound, NotAllowed for anybody but the piece's holder."""
    holder = party_of(acting.viewer, "request for a quote")
    piece = PieceId(ReceivableId(int.from_bytes(receivable)), start)
    if not sees_receivable(acting.app, receivable, acting.viewer):
        raise NotFound(kind="receivable", id=receivable_text(piece.receivable))
    if acting.facts.piece(piece).holder != holder:
        raise NotAllowed(what="request for a quote", reason="only the holder of a piece asks for it")
    if not acting.facts.knows_party(financier):
        raise foreseen("UnknownParty", party=financier)
    statement = insert(offchain.quote_request).values(
        id=acting.new_id(),
        receivable=receivable,
        start_=start,
        holder=holder,
        financier=financier,
        note=note,
        created_at=acting.now,
    )
    return acting.app.run(statement.returning(offchain.quote_request)).one()
