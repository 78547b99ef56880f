"""Events whose subject is a trade."""

from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.letters import letters


def trade_ordered(
    book: Changes,
    at: At,
    trade: str,
    _act: str,
    buyer: int,
    seller: int,
    currency: str,
    amount: int,
    document: str,
) -> None:
    """The trade begins; nothing is received or drawn yet."""
    book.set("trade", (trade,), at, (buyer, seller, letters(currency), amount, document, 0, 0))


def trade_received(
    book: Changes,
    at: At,
    trade: str,
    act: str,
    tag: str,
    amount: int,
    document: str,
    person: int,
    received: int,
) -> None:
    """A receipt of goods, and how much is received now."""
    book.change("trade", (trade,), at, received=received)
    book.add("receipt", at, act, trade, tag, amount, document, person, received)


def trade_invoiced(book: Changes, at: At, trade: str, act: str, amount: int, document: str) -> None:
    """An invoice of the seller."""
    book.add("trade_invoice", at, act, trade, amount, document)


def trade_drawn(book: Changes, at: At, trade: str, _act: str, _receivable: str, drawn: int) -> None:
    """How much receivables draw on the trade now."""
    book.change("trade", (trade,), at, drawn=drawn)
