"""An issue as its debtor and its suppliers read it."""

from typing import Any

from sqlalchemy import select

from ledger.domain.acts import from_message
from ledger.queries.access import Viewer
from ledger.queries.papers import packets_with, refusals
from ledger.queries.written import Answer, hex_text, moment, money
from ledger.sql.asof import still_open
from ledger.sql.sessions import Read
from ledger.sql.tables import book


def issue_answer(read: Read, row: Any, viewer: Viewer) -> Answer:
    """As api/schemas/issues.Issue; a supplier learns of no other supplier."""
    act: Any = from_message("Issue", row.message)
    known = read.first(
        select(book.issue.c.taken, book.issue.c.taken_total).where(
            book.issue.c.issue == row.digest, still_open(book.issue)
        )
    )
    own = viewer.party == row.debtor
    return {
        "digest": hex_text(row.digest),
        "debtor": row.debtor,
        "issue": row.message,
        "signatures": row.signatures,
        "complete": row.complete,
        "suppliers": row.suppliers if own else [viewer.party],
        "refusals": refusals(read, row.digest, viewer, row.debtor),
        "sealed": packets_with(read, viewer, issue=row.digest),
        "taken": known.taken if known else None,
        "taken_total": money(known.taken_total, act.currency) if known else None,
        "total": money(act.total, act.currency),
        "created_at": row.created_at,
        "deadline": moment(row.deadline),
    }
