"""Drafts, and what is done to them."""

from typing import Literal

from fastapi import APIRouter, Response

from api.deps import Reader, Writer
from api.parameters import Cursor, Key, Limit
from api.schemas.drafts import (
    Draft,
    DraftIn,
    DraftPage,
    EmptyIn,
    Kind,
    MessageIn,
    ProofIn,
    ReasonIn,
    Submission,
)
from ledger.domain.drafts import signature_from_json
from ledger.queries import papers
from ledger.queries.draft_answers import draft_answer
from ledger.queries.written import Answer, hex_text
from ledger.workflows import end_draft, put_draft
from ledger.workflows.acting import Acting
from ledger.workflows.submit_draft import submit_draft as submit

router = APIRouter(prefix="/v1", tags=["drafts"])
Box = Literal["inbox", "sent", "all"]
Stored = Literal["collecting", "submitted", "refused", "withdrawn"]


@router.post("/drafts", status_code=201, response_model=Draft)
def create_draft(writer: Writer, body: DraftIn, key: Key) -> Response:
    """Puts up a draft; one that is complete goes to the chain at once."""

    def effect(acting: Acting) -> Answer:
        document = body.document.model_dump(mode="json")
        draft = put_draft.put_draft(
            acting,
            document,
            summary={str(name): text for name, text in body.summary.items()},
            sealed=body.sealed,
            to=body.to,
        )
        return _answer(acting, draft)

    return writer.once(key, body, Draft, effect, 201)


@router.get("/drafts", response_model=DraftPage)
def list_drafts(
    reader: Reader,
    box: Box = "all",
    kind: Kind | None = None,
    status: Stored | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """Drafts that bind or name the viewer, newest first; `inbox` are those of others."""
    states = None if status is None else (status,)
    page = papers.Box(box, limit, cursor)
    rows, after = papers.drafts(reader.read, reader.viewer, page, kind, states)
    return {
        "items": [draft_answer(reader.read, row, reader.viewer, reader.facts) for row in rows],
        "next": after,
    }


@router.get("/drafts/{draft}", response_model=Draft)
def read_draft(reader: Reader, draft: str) -> Answer:
    """One draft."""
    row = papers.draft(reader.read, draft, reader.viewer)
    return draft_answer(reader.read, row, reader.viewer, reader.facts)


@router.post("/drafts/{draft}/messages", response_model=Draft)
def add_message(writer: Writer, draft: str, body: MessageIn, key: Key) -> Response:
    """Adds another party's message."""

    def effect(acting: Acting) -> Answer:
        put_draft.add_message(acting, draft, body.name, body.body, body.extra)
        return _answer(acting, draft)

    return writer.once(key, body, Draft, effect)


@router.post("/drafts/{draft}/signatures", response_model=Draft)
def add_signature(writer: Writer, draft: str, body: ProofIn, key: Key) -> Response:
    """Adds a signature; the last one submits the draft."""

    def effect(acting: Acting) -> Answer:
        put_draft.add_signature(acting, draft, signature_from_json(body.model_dump(mode="json")))
        return _answer(acting, draft)

    return writer.once(key, body, Draft, effect)


@router.post("/drafts/{draft}/refusal", response_model=Draft)
def refuse_draft(writer: Writer, draft: str, body: ReasonIn, key: Key) -> Response:
    """One whom the draft binds will not sign; it leaves no mark."""

    def effect(acting: Acting) -> Answer:
        end_draft.refuse_draft(acting, draft, body.reason)
        return _answer(acting, draft)

    return writer.once(key, body, Draft, effect)


@router.post("/drafts/{draft}/withdrawal", response_model=Draft)
def withdraw_draft(writer: Writer, draft: str, body: EmptyIn, key: Key) -> Response:
    """Who put the draft up takes it back."""

    def effect(acting: Acting) -> Answer:
        end_draft.withdraw_draft(acting, draft)
        return _answer(acting, draft)

    return writer.once(key, body, Draft, effect)


@router.post("/drafts/{draft}/submission", response_model=Submission)
def submit_draft(writer: Writer, draft: str, body: EmptyIn, key: Key, dry_run: bool = False) -> Response:
    """Tries a draft whose signatures are all there, and unless `dry_run` sends it to the chain."""

    def effect(acting: Acting) -> Answer:
        done = submit(acting, draft, dry=dry_run)
        return {
            "dry_run": dry_run,
            "operation": done.operation,
            "contract": done.prepared.contract,
            "function": done.prepared.function,
            "calldata": hex_text(done.prepared.calldata),
        }

    return writer.once(key, body, Submission, effect)


def _answer(acting: Acting, draft: str) -> Answer:
    row = papers.draft(acting.app, draft, acting.viewer)
    return draft_answer(acting.app, row, acting.viewer, acting.facts)
