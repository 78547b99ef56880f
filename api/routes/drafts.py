"""Drafts and what is done to them."""

from typing import Literal

from fastapi import APIRouter

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

router = APIRouter(prefix="/v1", tags=["drafts"])


@router.post("/drafts", status_code=201, response_model=Draft)
def create_draft(*, body: DraftIn, key: Key) -> object:
    raise NotImplementedError


@router.get("/drafts", status_code=200, response_model=DraftPage)
def list_drafts(
    *,
    box: Literal["inbox", "sent", "all"] = "all",
    kind: Kind | None = None,
    status: str | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> object:
    raise NotImplementedError


@router.get("/drafts/{draft}", status_code=200, response_model=Draft)
def read_draft(*, draft: str) -> object:
    raise NotImplementedError


@router.post("/drafts/{draft}/messages", status_code=200, response_model=Draft)
def add_message(*, draft: str, body: MessageIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/drafts/{draft}/signatures", status_code=200, response_model=Draft)
def add_signature(*, draft: str, body: ProofIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/drafts/{draft}/refusal", status_code=200, response_model=Draft)
def refuse_draft(*, draft: str, body: ReasonIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/drafts/{draft}/withdrawal", status_code=200, response_model=Draft)
def withdraw_draft(*, draft: str, body: EmptyIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/drafts/{draft}/submission", status_code=200, response_model=Submission)
def submit_draft(*, draft: str, body: EmptyIn, key: Key, dry_run: bool = False) -> object:
    raise NotImplementedError


@router.post("/quotes", status_code=201, response_model=Draft)
def publish_quote(*, body: DraftIn, key: Key) -> object:
    raise NotImplementedError


@router.get("/quotes", status_code=200, response_model=DraftPage)
def list_quotes(*, limit: Limit = 100, cursor: Cursor = None) -> object:
    raise NotImplementedError
