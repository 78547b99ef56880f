"""Trades."""

from fastapi import APIRouter

from api.parameters import AsOf, Cursor, Limit
from api.schemas.fields import Hex32, Page
from api.schemas.trades import Trade, TradeWhole

router = APIRouter(prefix="/v1", tags=["trades"])


@router.get("/trades", status_code=200, response_model=Page[Trade])
def list_trades(*, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> object:
    raise NotImplementedError


@router.get("/trades/{trade}", status_code=200, response_model=TradeWhole)
def read_trade(*, trade: Hex32, as_of: AsOf = None) -> object:
    raise NotImplementedError
