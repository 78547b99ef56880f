"""What the service keeps for its users: drafts, packets, issues, requests for quotes; newest first, ids
being ULIDs."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select, true

from ledger.domain.errors import NotFound
from ledger.queries.access import Viewer, sees_drafts, sees_issues, sees_packets, sees_requests
from ledger.queries.written import Answer, hex_text
from ledger.sql.sessions import Read
from ledger.sql.tables import offchain


@dataclass(frozen=True)
class Box:
    """Which papers of those that the viewer sees: all, `inbox` (of others), `sent` (own); before: id of
    the last one given."""

    name: str
    limit: int
    before: str | None


def drafts(
    read: Read, viewer: Viewer, box: Box, kind: str | None, states: tuple[str, ...] | None
) -> tuple[list[Any], str | None]:
    """Rows of app.draft, and the cursor of the next page."""
    table = offchain.draft
    statement = select(table).where(sees_drafts(viewer), _boxed(box, _own(viewer)))
    if kind is not None:
        statement = statement.where(table.c.kind == kind)
    if states is not None:
        statement = statement.where(table.c.state.in_(states))
    return _newest(read, statement, table, box)


def draft(read: Read, draft_id: str, viewer: Viewer) -> Any:
    """One row of app.draft. Raises NotFound."""
    row = read.first(select(offchain.draft).where(offchain.draft.c.id == draft_id, sees_drafts(viewer)))
    if row is None:
        raise NotFound(kind="draft", id=draft_id)
    return row


def packets(read: Read, viewer: Viewer, box: Box) -> tuple[list[Answer], str | None]:
    """Packets without their content."""
    table = offchain.sealed
    own = table.c.sender == viewer.party
    rows, after = _newest(read, select(table).where(sees_packets(viewer), _boxed(box, own)), table, box)
    return [packet_head(row) for row in rows], after


def packet(read: Read, packet_id: str, viewer: Viewer) -> Any:
    """One row of app.sealed. Raises NotFound."""
    row = read.first(select(offchain.sealed).where(offchain.sealed.c.id == packet_id, sees_packets(viewer)))
    if row is None:
        raise NotFound(kind="packet", id=packet_id)
    return row


def packets_with(
    read: Read, viewer: Viewer, *, draft: str | None = None, issue: bytes | None = None
) -> list[str]:
    """Ids of the viewer's packets that go with a draft or an issue."""
    table = offchain.sealed.c
    goes_with = table.draft == draft if draft is not None else table.issue == issue
    rows = read.rows(select(table.id).where(goes_with, sees_packets(viewer)).order_by(table.id))
    return [row.id for row in rows]


def packet_head(row: Any) -> Answer:
    """A packet without its content."""
    return {
        "id": row.id,
        "sender": row.sender,
        "to": row.to_party,
        "draft": row.draft,
        "label": row.label,
        "size_bytes": len(row.packet),
        "created_at": row.created_at,
    }


def issues(read: Read, viewer: Viewer, box: Box) -> tuple[list[Any], str | None]:
    """Rows of app.issue_document."""
    table = offchain.issue_document
    own = table.c.debtor == viewer.party
    return _newest(read, select(table).where(sees_issues(viewer), _boxed(box, own)), table, box)


def issue(read: Read, digest: bytes, viewer: Viewer) -> Any:
    """One row of app.issue_document. Raises NotFound."""
    table = offchain.issue_document
    row = read.first(select(table).where(table.c.digest == digest, sees_issues(viewer)))
    if row is None:
        raise NotFound(kind="issue", id=hex_text(digest))
    return row


def refusals(read: Read, digest: bytes, viewer: Viewer, debtor: int) -> list[Answer]:
    """Payables of an issue that were refused: all for the debtor, a supplier's own for the supplier."""
    table = offchain.payable_refusal
    statement = select(table).where(table.c.issue == digest).order_by(table.c.created_at, table.c.payable)
    if viewer.party != debtor:
        statement = statement.where(table.c.supplier == viewer.party)
    return [
        {
            "supplier": row.supplier,
            "payable": hex_text(row.payable),
            "reason": row.reason,
            "created_at": row.created_at,
        }
        for row in read.rows(statement)
    ]


def requests(read: Read, viewer: Viewer, box: Box) -> tuple[list[Answer], str | None]:
    """Requests for quotes."""
    table = offchain.quote_request
    own = table.c.holder == viewer.party
    rows, after = _newest(read, select(table).where(sees_requests(viewer), _boxed(box, own)), table, box)
    return [request_answer(row) for row in rows], after


def request_answer(row: Any) -> Answer:
    """As api/schemas/drafts.QuoteRequest."""
    return {
        "id": row.id,
        "receivable": hex_text(row.receivable),
        "start": str(row.start_),
        "holder": row.holder,
        "financier": row.financier,
        "note": row.note,
        "created_at": row.created_at,
    }


def _own(viewer: Viewer) -> ColumnElement[bool]:
    table = offchain.draft.c
    by_signer = table.author_signer == viewer.signer
    if viewer.party is None:
        return by_signer
    return or_(and_(table.author_party.is_not(None), table.author_party == viewer.party), by_signer)


def _boxed(box: Box, own: ColumnElement[bool]) -> ColumnElement[bool]:
    match box.name:
        case "inbox":
            return ~own
        case "sent":
            return own
        case _:
            return true()


def _newest(read: Read, statement: Select[Any], table: Table, box: Box) -> tuple[list[Any], str | None]:
    column = table.c.id
    if box.before is not None:
        statement = statement.where(column < box.before)
    rows = list(read.rows(statement.order_by(column.desc()).limit(box.limit + 1)))
    given = rows[: box.limit]
    return given, given[-1].id if len(rows) > box.limit else None
