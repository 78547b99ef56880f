"""Receivables as of a block, with what has been paid on them and what came back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from ledger.domain.errors import NotFound
from ledger.domain.ids import ChainTime
from ledger.domain.settlement import Line, accrue
from ledger.domain.slots import Level, Returns
from ledger.domain.units import Amount, Bps
from ledger.queries.access import Viewer, sees_receivables
from ledger.queries.cursor import Paging
from ledger.queries.piece_flags import is_live
from ledger.queries.pins import Pin
from ledger.queries.written import (
    UNDERTAKINGS,
    Answer,
    hex_or_none,
    hex_text,
    moment,
    moment_or_none,
    money,
    name_at,
)
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book


@dataclass(frozen=True)
class Wanted:
    """Which receivables of those that the viewer sees; None: all."""

    debtor: int | None = None
    creditor: int | None = None
    trade: bytes | None = None
    status: str | None = None


def list_receivables(paging: Paging, viewer: Viewer, wanted: Wanted) -> Answer:
    """The viewer's receivables, oldest first."""
    table = book.receivable.c
    statement = whole(paging.pin.number).where(sees_receivables(viewer), *_conditions(wanted))
    return paging.page(
        statement,
        [table.block, table.log_index],
        lambda row: [row.block, row.log_index],
        lambda row: _answer(row, paging.pin),
    )


def read_receivable(read: Read, receivable: bytes, at: Pin, viewer: Viewer) -> Answer:
    """One receivable. Raises NotFound, also where the viewer may not see it."""
    row = read.first(
        whole(at.number).where(book.receivable.c.receivable == receivable, sees_receivables(viewer))
    )
    if row is None:
        raise NotFound(kind="receivable", id=hex_text(receivable))
    return _answer(row, at)


def sees_receivable(read: Read, receivable: bytes, viewer: Viewer) -> bool:
    """Whether the receivable is there, at the stored head, and the viewer sees it."""
    table = book.receivable.c.receivable
    return read.scalar(select(table).where(table == receivable, sees_receivables(viewer))) is not None


def is_settled() -> ColumnElement[bool]:
    """Principal paid = F, or nominal returned = F; over the joins of `whole`."""
    face = book.receivable.c.face
    return or_(
        func.coalesce(book.level.c.principal, 0) == face, func.coalesce(book.returned.c.nominal, 0) == face
    )


def whole(block: int) -> Select[Any]:
    """Receivables with their one-slot states as of a block, each column by its own name."""
    table, level, returned, rules = book.receivable, book.level, book.returned, book.rules
    live = (
        select(func.count())
        .where(
            book.piece.c.receivable == table.c.receivable,
            as_of(book.piece, block),
            is_live(),
        )
        .scalar_subquery()
    )
    return (
        select(
            table,
            func.coalesce(level.c.level, 0).label("level"),
            func.coalesce(level.c.principal, 0).label("principal"),
            func.coalesce(level.c.interest, 0).label("interest"),
            func.coalesce(level.c.accrued_at, 0).label("accrued_at"),
            rules.c.late_rate_bps,
            rules.c.day_count,
            func.coalesce(returned.c.nominal, 0).label("nominal"),
            func.coalesce(returned.c["count"], 0).label("returned_count"),
            func.coalesce(returned.c.netted, 0).label("netted"),
            func.greatest(table.c.block, level.c.from_block, returned.c.from_block).label("since"),
            (table.c.due_at - rules.c.clearing_seconds).label("record_at"),
            case((is_settled(), "settled"), else_="confirmed").label("status"),
            live.label("live_pieces"),
        )
        .outerjoin(level, and_(level.c.receivable == table.c.receivable, as_of(level, block)))
        .outerjoin(returned, and_(returned.c.receivable == table.c.receivable, as_of(returned, block)))
        .outerjoin(rules, and_(rules.c.version == table.c.rules, as_of(rules, block)))
        .where(table.c.block <= block)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    table = book.receivable.c
    found = [
        column == value
        for column, value in (
            (table.debtor, wanted.debtor),
            (table.creditor, wanted.creditor),
            (table.trade, wanted.trade),
        )
        if value is not None
    ]
    if wanted.status is not None:
        found.append(is_settled() if wanted.status == "settled" else ~is_settled())
    return found


def _answer(row: Any, at: Pin) -> Answer:
    return {
        "id": hex_text(row.receivable),
        "debtor": row.debtor,
        "creditor": row.creditor,
        "face": money(row.face, row.currency),
        "due_at": moment(row.due_at),
        "record_at": moment_or_none(row.record_at),
        "place": row.place,
        "undertaking": name_at(row.undertaking, UNDERTAKINGS),
        "text": hex_text(row.text),
        "trade": hex_or_none(row.trade),
        "agent": row.agent or None,
        "guarantor": row.guarantor or None,
        "invoices": hex_text(row.invoices),
        "rules": row.rules,
        "issue": hex_or_none(row.issue),
        "related": row.related,
        "confirmed_at": moment(row.confirmed_at),
        "act": hex_text(row.act),
        "status": row.status,
        "standing": _standing(row, at),
        "live_pieces": row.live_pieces,
        "block": row.since,
        "final": at.is_final(row.since),
    }


def _standing(row: Any, at: Pin) -> Answer:
    principal, interest = owed_at(row, ChainTime(at.time))
    return {
        "paid": money(int(row.level), row.currency),
        "principal": money(int(row.principal), row.currency),
        "interest_accrued": money(interest, row.currency),
        "returned_nominal": money(int(row.nominal), row.currency),
        "returned_count": int(row.returned_count),
        "netted": money(int(row.netted), row.currency),
        "owed": money(principal, row.currency),
    }


def owed_at(row: Any, now: ChainTime) -> tuple[Amount, Amount]:
    """Principal and interest owed on a row of `whole` at `now`, as `pay` reckons them."""
    line = Line(
        Amount(int(row.face)),
        ChainTime(row.due_at),
        Level(
            Amount(int(row.level)),
            Amount(int(row.principal)),
            Amount(int(row.interest)),
            ChainTime(row.accrued_at),
        ),
        Returns(Amount(int(row.nominal)), int(row.returned_count), Amount(int(row.netted))),
    )
    if line.settled:
        return line.owed
    return accrue(line, now, Bps(row.late_rate_bps), row.day_count).owed
