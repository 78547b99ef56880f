"""Quotes, which are drafts of kind `fill`, and requests for them."""

from typing import Literal

from fastapi import APIRouter, Response

from api.deps import Reader, Writer
from api.parameters import Cursor, Key, Limit
from api.routes.drafts import create_draft, list_drafts
from api.schemas.drafts import Draft, DraftIn, DraftPage, QuoteRequest, QuoteRequestIn, QuoteRequestPage
from ledger.domain.errors import BadField
from ledger.queries import papers
from ledger.queries.written import Answer
from ledger.workflows.acting import Acting
from ledger.workflows.ask_quote import ask_quote as ask

router = APIRouter(prefix="/v1", tags=["quotes"])


@router.post("/quotes", status_code=201, response_model=Draft)
def publish_quote(writer: Writer, body: DraftIn, key: Key) -> Response:
    """A financier's signed quote, for its seller to fill: a `fill` draft."""
    if body.document.kind != "fill":
        raise BadField(field="document.kind", found=body.document.kind, limit="fill")
    return create_draft(writer, body, key)


@router.get("/quotes", response_model=DraftPage)
def list_quotes(
    reader: Reader,
    box: Literal["inbox", "sent", "all"] = "all",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """Quotes that are still open, newest first."""
    return list_drafts(reader, box, "fill", "collecting", limit, cursor)


@router.post("/quote-requests", status_code=201, response_model=QuoteRequest)
def ask_quote(writer: Writer, body: QuoteRequestIn, key: Key) -> Response:
    """A holder shows a financier the receivable and asks for a quote."""

    def effect(acting: Acting) -> Answer:
        row = ask(
            acting,
            receivable=bytes.fromhex(body.receivable[2:]),
            start=int(body.start),
            financier=body.financier,
            note=body.note,
        )
        return papers.request_answer(row)

    return writer.once(key, body, QuoteRequest, effect, 201)


@router.get("/quote-requests", response_model=QuoteRequestPage)
def list_requests(
    reader: Reader,
    box: Literal["inbox", "sent", "all"] = "all",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """Requests of the viewer's party and those addressed to it, newest first."""
    items, after = papers.requests(reader.read, reader.viewer, papers.Box(box, limit, cursor))
    return {"items": items, "next": after}
