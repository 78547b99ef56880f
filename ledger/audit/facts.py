"""The row that an event leaves for good: what happened, in the words of the tables of facts."""

from dataclasses import fields
from typing import Any

from ledger.audit.differences import Row
from ledger.domain.events import (
    ActRevoked,
    Event,
    InvoiceUsed,
    PieceAcknowledged,
    PieceBankPaid,
    PieceCut,
    PiecePaid,
    PieceTransferred,
    ReceivableConfirmed,
    ReceivablePaid,
    ReceivableReturned,
    TradeInvoiced,
    TradeReceived,
)
from ledger.domain.ids import ReceivableId

Fact = tuple[str, Row] | None


def fact_of(event: Event, time: int) -> Fact:
    """Table and columns of an event's own row; None for an event that leaves none. time: of its block."""
    match event:
        case ReceivableConfirmed():
            terms = {each.name: getattr(event.terms, each.name) for each in fields(event.terms)}
            return "receivable", _of_receivable(event, confirmed_at=time, **terms)
        case InvoiceUsed():
            columns = {"debtor": event.debtor, "tag": event.tag, "amount": event.amount, "total": event.total}
            return "receivable_use", _of_receivable(event, **columns)
        case ReceivablePaid():
            return "payment", _of_receivable(event, rise=event.rise, pulled=event.pulled)
        case ReceivableReturned():
            return "giving_back", _of_receivable(event, start_=event.start)
        case TradeReceived():
            return "receipt", {
                "act": event.act, "trade": event.trade, "tag": event.tag, "amount": event.amount,
                "document": event.document, "person": event.person, "received": event.received,
            }  # fmt: skip
        case TradeInvoiced():
            return "trade_invoice", {
                "act": event.act, "trade": event.trade, "amount": event.amount, "document": event.document
            }  # fmt: skip
        case ActRevoked():
            return "revocation", {
                "act": event.act, "party": event.party, "digest": event.digest, "leaf": event.leaf
            }  # fmt: skip
        case _:
            return _piece_fact(event)


def _piece_fact(event: Event) -> Fact:
    match event:
        case PieceCut():
            return "cut", _of_receivable(
                event,
                left_start=event.left_start,
                left_length=event.left.length,
                right_start=event.right_start,
                right_length=event.right.length,
            )
        case PieceTransferred():
            return "assignment", _of_receivable(
                event, start_=event.start, from_party=event.from_, to_party=event.piece.holder,
                length=event.piece.length, price=event.price, recourse=event.recourse, undoes=event.undoes,
                quote=event.quote,
            )  # fmt: skip
        case PiecePaid():
            columns = {"holder": event.piece.holder, "amount": event.amount, "credited": event.credited}
            return "payout", _of_receivable(event, start_=event.start, **columns)
        case PieceBankPaid():
            told = {"start_": event.start, "amount": event.amount, "evidence": event.evidence}
            return "bank_payment", _of_receivable(event, **told)
        case PieceAcknowledged():
            told = {"start_": event.start, "by_party": event.by, "bank_paid": event.bank_paid}
            return "acknowledgement", _of_receivable(event, **told)
        case _:
            return None


def _of_receivable(event: Any, **columns: Any) -> Row:
    receivable: ReceivableId = event.receivable
    return {"act": event.act, "receivable": int(receivable).to_bytes(24), **columns}
