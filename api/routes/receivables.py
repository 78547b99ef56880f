"""Receivables, pieces, uses of invoices, exposure, credits."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.parameters import AsOf, Cursor, Limit
from api.schemas.fields import Hex32, Page, ReceivableText
from api.schemas.receivables import Credit, Event, Exposures, InvoiceUse, Piece, Receivable

router = APIRouter(prefix="/v1", tags=["receivables"])


@router.get("/receivables", status_code=200, response_model=Page[Receivable])
def list_receivables(
    *,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    debtor: int | None = None,
    creditor: int | None = None,
    trade: Hex32 | None = None,
    status: Literal["confirmed", "settled"] | None = None,
) -> object:
    raise NotImplementedError


@router.get("/receivables/{receivable}", status_code=200, response_model=Receivable)
def read_receivable(*, receivable: ReceivableText, as_of: AsOf = None) -> object:
    raise NotImplementedError


@router.get("/receivables/{receivable}/pieces", status_code=200, response_model=Page[Piece])
def list_pieces_of(
    *,
    receivable: ReceivableText,
    as_of: AsOf = None,
    ended: bool = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> object:
    raise NotImplementedError


@router.get("/receivables/{receivable}/history", status_code=200, response_model=Page[Event])
def history(
    *, receivable: ReceivableText, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None
) -> object:
    raise NotImplementedError


@router.get("/pieces", status_code=200, response_model=Page[Piece])
def list_pieces(
    *, holder: int | None = None, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None
) -> object:
    raise NotImplementedError


@router.get("/invoice-uses", status_code=200, response_model=Page[InvoiceUse])
def list_uses(
    *,
    debtor: int,
    tag: Annotated[list[Hex32] | None, Query(max_length=100)] = None,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> object:
    raise NotImplementedError


@router.get("/exposure", status_code=200, response_model=Exposures)
def exposure(*, debtor: int, as_of: AsOf = None) -> object:
    raise NotImplementedError


@router.get("/credits", status_code=200, response_model=Page[Credit])
def list_credits(*, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> object:
    raise NotImplementedError
