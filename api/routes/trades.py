"""Trades."""

from fastapi import APIRouter

from api.deps import Reader
from api.parameters import AsOf, Cursor, Limit
from api.schemas.fields import Hex32, Page
from api.schemas.trades import Trade, TradeWhole
from ledger.queries import trades
from ledger.queries.written import Answer

router = APIRouter(prefix="/v1", tags=["trades"])


@router.get("/trades", response_model=Page[Trade])
def list_trades(reader: Reader, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> Answer:
    """The viewer's trades."""
    return trades.list_trades(reader.paging(limit, cursor, as_of), reader.viewer)


@router.get("/trades/{trade}", response_model=TradeWhole)
def read_trade(reader: Reader, trade: Hex32, as_of: AsOf = None) -> Answer:
    """One trade with its receipts and invoices."""
    return trades.read_trade(reader.read, bytes.fromhex(trade[2:]), reader.pin(as_of), reader.viewer)
