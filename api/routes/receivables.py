"""Receivables, pieces, their history; uses of invoices, exposure, credits."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.deps import Reader
from api.parameters import AsOf, Cursor, Limit
from api.schemas.fields import Hex32, Page, ReceivableText
from api.schemas.receivables import Credit, Event, Exposures, InvoiceUse, Piece, Receivable
from ledger.queries import pieces, receivables, uses
from ledger.queries.access import party_of
from ledger.queries.history import history_of_receivable
from ledger.queries.written import Answer

router = APIRouter(prefix="/v1", tags=["receivables"])


@router.get("/receivables", response_model=Page[Receivable])
def list_receivables(
    reader: Reader,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    debtor: int | None = None,
    creditor: int | None = None,
    trade: Hex32 | None = None,
    status: Literal["confirmed", "settled"] | None = None,
) -> Answer:
    """The viewer's receivables, oldest first."""
    wanted = receivables.Wanted(debtor, creditor, None if trade is None else _raw(trade), status)
    return receivables.list_receivables(reader.paging(limit, cursor, as_of), reader.viewer, wanted)


@router.get("/receivables/{receivable}", response_model=Receivable)
def read_receivable(reader: Reader, receivable: ReceivableText, as_of: AsOf = None) -> Answer:
    """One receivable."""
    return receivables.read_receivable(reader.read, _raw(receivable), reader.pin(as_of), reader.viewer)


@router.get("/receivables/{receivable}/pieces", response_model=Page[Piece])
def list_pieces_of(
    reader: Reader,
    receivable: ReceivableText,
    as_of: AsOf = None,
    ended: bool = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """The pieces of a receivable, from left to right."""
    paging = reader.paging(limit, cursor, as_of)
    return pieces.pieces_of(reader.read, paging, reader.viewer, _raw(receivable), ended=ended)


@router.get("/receivables/{receivable}/history", response_model=Page[Event])
def history(
    reader: Reader,
    receivable: ReceivableText,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """Everything that happened to a receivable, decoded, oldest first."""
    paging = reader.paging(limit, cursor, as_of)
    return history_of_receivable(reader.read, paging, reader.viewer, _raw(receivable))


@router.get("/pieces", response_model=Page[Piece])
def list_pieces(
    reader: Reader,
    holder: int | None = None,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """The live pieces of a holder, by default the viewer's own, on receivables that the viewer sees."""
    whose = party_of(reader.viewer, "pieces") if holder is None else holder
    return pieces.pieces_held(reader.paging(limit, cursor, as_of), reader.viewer, whose)


@router.get("/invoice-uses", response_model=Page[InvoiceUse])
def list_uses(
    reader: Reader,
    debtor: int,
    tag: Annotated[list[Hex32] | None, Query(max_length=100)] = None,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """How far invoices are used, by tag."""
    tags = None if tag is None else [_raw(each) for each in tag]
    return uses.invoice_uses(reader.read, reader.paging(limit, cursor, as_of), reader.viewer, debtor, tags)


@router.get("/exposure", response_model=Exposures)
def exposure(reader: Reader, debtor: int, as_of: AsOf = None) -> Answer:
    """What a debtor owes, by first creditor and currency."""
    return uses.exposure(reader.read, reader.viewer, debtor, reader.pin(as_of))


@router.get("/credits", response_model=Page[Credit])
def list_credits(reader: Reader, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> Answer:
    """Money that could not be paid out to the viewer."""
    return uses.list_credits(reader.paging(limit, cursor, as_of), reader.viewer)


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])
