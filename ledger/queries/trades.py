"""Trades as of a block: order, what was received, what was invoiced, what receivables have drawn."""

from typing import Any

from sqlalchemy import Select, Table, select

from ledger.domain.errors import NotFound
from ledger.queries.access import Viewer, sees_trades
from ledger.queries.cursor import Paging
from ledger.queries.pins import Pin
from ledger.queries.written import Answer, hex_text, money
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book


def list_trades(paging: Paging, viewer: Viewer) -> Answer:
    """The viewer's trades, by id."""
    return paging.page(
        _trades(paging.pin, viewer),
        [book.trade.c.trade],
        lambda row: [row.trade],
        lambda row: _answer(row, paging.pin),
    )


def read_trade(read: Read, trade: bytes, at: Pin, viewer: Viewer) -> Answer:
    """One trade with its receipts and invoices. Raises NotFound."""
    row = read.first(_trades(at, viewer).where(book.trade.c.trade == trade))
    if row is None:
        raise NotFound(kind="trade", id=hex_text(trade))
    receipts = [_receipt(each, row.currency, at) for each in _recorded(read, book.receipt, trade, at)]
    invoices = [_invoice(each, row.currency, at) for each in _recorded(read, book.trade_invoice, trade, at)]
    return {**_answer(row, at), "receipts": receipts, "invoices": invoices}


def _trades(at: Pin, viewer: Viewer) -> Select[Any]:
    return select(book.trade).where(as_of(book.trade, at.number), sees_trades(viewer))


def _recorded(read: Read, table: Table, trade: bytes, at: Pin) -> Any:
    order = (table.c.block, table.c.log_index)
    return read.rows(select(table).where(table.c.trade == trade, as_of(table, at.number)).order_by(*order))


def _answer(row: Any, at: Pin) -> Answer:
    return {
        "id": hex_text(row.trade),
        "buyer": row.buyer,
        "seller": row.seller,
        "currency": row.currency,
        "amount": money(row.amount, row.currency),
        "document": hex_text(row.document),
        "received": money(row.received, row.currency),
        "drawn": money(row.drawn, row.currency),
        "block": row.from_block,
        "final": at.is_final(row.from_block),
    }


def _receipt(row: Any, currency: str, at: Pin) -> Answer:
    return {
        **_invoice(row, currency, at),
        "tag": hex_text(row.tag),
        "person": row.person,
        "received": money(row.received, currency),
    }


def _invoice(row: Any, currency: str, at: Pin) -> Answer:
    return {
        "act": hex_text(row.act),
        "amount": money(row.amount, currency),
        "document": hex_text(row.document),
        "block": row.block,
        "final": at.is_final(row.block),
    }
