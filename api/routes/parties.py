"""Parties and their cards."""

from fastapi import APIRouter, Response

from api.deps import Reader, Writer
from api.parameters import AsOf, Cursor, Key, Limit
from api.schemas.fields import Page
from api.schemas.parties import Card, CardIn, Party
from ledger.domain.errors import NotFound
from ledger.queries import parties
from ledger.queries.written import Answer
from ledger.workflows import put_card as workflow
from ledger.workflows.acting import Acting

router = APIRouter(prefix="/v1", tags=["parties"])


@router.get("/parties", response_model=Page[Party])
def list_parties(reader: Reader, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> Answer:
    """All parties, by number."""
    return parties.list_parties(reader.read, reader.paging(limit, cursor, as_of))


@router.get("/parties/{party}", response_model=Party)
def read_party(reader: Reader, party: int, as_of: AsOf = None) -> Answer:
    """One party."""
    return parties.read_party(reader.read, party, reader.pin(as_of))


@router.put("/parties/{party}/card", response_model=Card)
def put_card(writer: Writer, party: int, body: CardIn, key: Key) -> Response:
    """The party's own card in the directory."""

    def effect(acting: Acting) -> Answer:
        card = workflow.Card(body.name, body.ids, body.tag_public_key)
        workflow.put_card(acting, party, card)
        found = parties.card_of(acting.app, party)
        if found is None:
            raise NotFound(kind="card", id=str(party))
        return found

    return writer.once(key, body, Card, effect)
