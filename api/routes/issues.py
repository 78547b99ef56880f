"""Issues of payables."""

from typing import Literal

from fastapi import APIRouter

from api.parameters import Cursor, Key, Limit
from api.schemas.fields import Hex32
from api.schemas.issues import Issue, IssueIn, IssuePage, Proof, Refusal, RefusalIn

router = APIRouter(prefix="/v1", tags=["issues"])


@router.post("/issues", status_code=201, response_model=Issue)
def publish_issue(*, body: IssueIn, key: Key) -> object:
    raise NotImplementedError


@router.get("/issues", status_code=200, response_model=IssuePage)
def list_issues(
    *, box: Literal["inbox", "sent", "all"] = "all", limit: Limit = 100, cursor: Cursor = None
) -> object:
    raise NotImplementedError


@router.get("/issues/{digest}", status_code=200, response_model=Issue)
def read_issue(*, digest: Hex32) -> object:
    raise NotImplementedError


@router.post("/issues/{digest}/signatures", status_code=200, response_model=Issue)
def sign_issue(*, digest: Hex32, body: Proof, key: Key) -> object:
    raise NotImplementedError


@router.post("/issues/{digest}/refusals", status_code=201, response_model=Refusal)
def refuse_payable(*, digest: Hex32, body: RefusalIn, key: Key) -> object:
    raise NotImplementedError
