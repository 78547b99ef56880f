"""Parties and their cards."""

from fastapi import APIRouter

from api.parameters import AsOf, Cursor, Key, Limit
from api.schemas.fields import Page
from api.schemas.parties import Card, CardIn, Party

router = APIRouter(prefix="/v1", tags=["parties"])


@router.get("/parties", status_code=200, response_model=Page[Party])
def list_parties(*, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> object:
    raise NotImplementedError


@router.get("/parties/{party}", status_code=200, response_model=Party)
def read_party(*, party: int, as_of: AsOf = None) -> object:
    raise NotImplementedError


@router.put("/parties/{party}/card", status_code=200, response_model=Card)
def put_card(*, party: int, body: CardIn, key: Key) -> object:
    raise NotImplementedError
