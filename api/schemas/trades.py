"""Trades: orders, receipts of goods, invoices."""

from api.schemas.fields import Amount, Row


class Receipt(Row):
    """Goods received. person: who signed, who may not confirm on this trade; received: the sum after it."""

    act: str
    tag: str
    amount: Amount
    document: str
    person: int
    received: Amount


class TradeInvoice(Row):
    """An invoice that the seller recorded."""

    act: str
    amount: Amount
    document: str


class Trade(Row):
    """A buyer's and a seller's agreed record. drawn: what receivables have drawn of received."""

    id: str
    buyer: int
    seller: int
    currency: str
    amount: Amount
    document: str
    received: Amount
    drawn: Amount


class TradeWhole(Trade):
    """A trade with all that was recorded on it."""

    receipts: list[Receipt]
    invoices: list[TradeInvoice]
