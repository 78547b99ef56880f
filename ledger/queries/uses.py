"""What a debtor's invoices are used for, what it owes to whom, and credits."""

from typing import Any

from sqlalchemy import and_, func, select

from ledger.queries.access import Viewer, own_or_audited, sees_own
from ledger.queries.cursor import Paging
from ledger.queries.pins import Pin
from ledger.queries.receivables import whole
from ledger.queries.written import Answer, address, hex_text, money
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book


def invoice_uses(read: Read, paging: Paging, viewer: Viewer, debtor: int, tags: list[bytes] | None) -> Answer:
    """How far a debtor's invoices are used, by tag, with the receivables that use them. Raises
    NotAllowed for others."""
    own_or_audited(viewer, debtor, "invoice uses")
    table = book.invoice_use
    statement = select(table).where(table.c.debtor == debtor, as_of(table, paging.pin.number))
    if tags is not None:
        statement = statement.where(table.c.tag.in_(tags))
    return paging.page(
        statement,
        [table.c.tag],
        lambda row: [row.tag],
        lambda row: _use(row, _using(read, debtor, row.tag, paging.pin), paging.pin),
    )


def exposure(read: Read, viewer: Viewer, debtor: int, at: Pin) -> Answer:
    """What a debtor owes on receivables first confirmed to each supplier, by currency. Raises NotAllowed
    for others."""
    own_or_audited(viewer, debtor, "exposure")
    each = whole(at.number).where(book.receivable.c.debtor == debtor).subquery().c
    rows = read.rows(
        select(
            each.creditor,
            each.currency,
            func.count().label("receivables"),
            func.sum(each.face).label("face"),
            func.sum(each.face - each.principal).label("owed"),
        )
        .where(each.status == "confirmed")
        .group_by(each.creditor, each.currency)
        .order_by(each.creditor, each.currency)
    )
    items = [
        {
            "creditor": row.creditor,
            "currency": row.currency,
            "receivables": row.receivables,
            "face": money(int(row.face), row.currency),
            "owed": money(int(row.owed), row.currency),
        }
        for row in rows
    ]
    return {"debtor": debtor, "items": items, "as_of": at.answer}


def list_credits(paging: Paging, viewer: Viewer) -> Answer:
    """Money that could not be paid out to the viewer."""
    table = book.credit
    return paging.page(
        select(table).where(
            as_of(table, paging.pin.number), sees_own(viewer, table.c.party), table.c.credit > 0
        ),
        [table.c.party, table.c.token],
        lambda row: [row.party, row.token],
        lambda row: {
            "party": row.party,
            "token": address(row.token),
            "credit": str(row.credit),
            "block": row.from_block,
            "final": paging.pin.is_final(row.from_block),
        },
    )


def _using(read: Read, debtor: int, tag: bytes, at: Pin) -> list[Answer]:
    use, receivable = book.receivable_use.c, book.receivable.c
    rows = read.rows(
        select(use.receivable, use.amount, receivable.currency)
        .join(book.receivable, and_(receivable.receivable == use.receivable))
        .where(use.debtor == debtor, use.tag == tag, use.block <= at.number)
        .order_by(use.block, use.log_index)
    )
    return [
        {"receivable": hex_text(row.receivable), "amount": money(row.amount, row.currency)} for row in rows
    ]


def _use(row: Any, receivables: list[Answer], at: Pin) -> Answer:
    return {
        "debtor": row.debtor,
        "tag": hex_text(row.tag),
        "used": str(row.used),
        "total": str(row.total),
        "remaining": str(row.total - row.used),
        "receivables": receivables,
        "block": row.from_block,
        "final": at.is_final(row.from_block),
    }
