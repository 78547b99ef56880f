"""What a route is handed: a reading of one state, or one writing transaction, in the name of whoever is
signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from api import idempotency
from api.auth import sessions
from api.auth.refusals import SignInNeeded
from api.service import Service
from ledger.queries.access import Viewer, viewer_of
from ledger.queries.cursor import Paging
from ledger.queries.facts import StoredFacts
from ledger.queries.pins import Pin, head, pin
from ledger.queries.written import Answer
from ledger.sql.sessions import App, Read
from ledger.workflows.acting import Acting

_bearer = HTTPBearer(auto_error=False, description="The token of POST /v1/auth/sessions.")
JSON = "application/json"


def service_of(request: Request) -> Service:
    """The process's service."""
    found: Service = request.app.state.service
    return found


ServiceHere = Annotated[Service, Depends(service_of)]


def token_of(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """The bearer token. Raises SignInNeeded where there is none."""
    if credentials is None:
        raise SignInNeeded(reason="no bearer token")
    return credentials.credentials


Token = Annotated[str, Depends(token_of)]


@dataclass(frozen=True)
class Reading:
    """One state of the database, read by one viewer."""

    read: Read
    viewer: Viewer
    facts: StoredFacts

    def pin(self, as_of: str | None) -> Pin:
        """The block of a single read: the head unless asked otherwise."""
        return pin(self.read, as_of, "head")

    def paging(self, limit: int, cursor: str | None, as_of: str | None) -> Paging:
        """The page of a list: the last final block unless asked otherwise."""
        return Paging(self.read, limit=limit, cursor=cursor, as_of=as_of)


def reading(service: ServiceHere, token: Token) -> Iterator[Reading]:
    """A reading for the signed-in viewer. Raises SignInNeeded."""
    with service.database.read() as read:
        yield reading_of(service, read, token)


def reading_of(service: Service, read: Read, token: str) -> Reading:
    """The same over a transaction that is open already."""
    signer = sessions.signer_of(read, token, service.clock())
    if signer is None:
        raise SignInNeeded(reason="the session is unknown, has ended or was revoked")
    time = head(read).time
    return Reading(read, viewer_of(read, signer, time), StoredFacts(read, time))


@dataclass(frozen=True)
class Writing:
    """One command. Effect, idempotency key and answer are committed together, or nothing is."""

    service: Service
    token: str
    method: str
    target: str

    def once(
        self,
        key: str,
        body: BaseModel,
        answer: type[BaseModel],
        effect: Callable[[Acting], Answer],
        status: int = 200,
    ) -> Response:
        """Runs `effect` the first time, and answers as then every later time. Raises SignInNeeded,
        KeyReused."""
        parts = idempotency.request_parts(
            self.method, self.target, body.model_dump(mode="json", by_alias=True)
        )
        with self.service.database.app() as app:
            acting = self._acting(app)
            signer = acting.viewer.signer
            kept = idempotency.begin(app, signer, key, parts, acting.now)
            if kept is None:
                found = answer.model_validate(effect(acting)).model_dump_json(by_alias=True)
                kept = idempotency.Kept(status, found)
                idempotency.keep(app, signer, key, kept)
        return Response(kept.answer, kept.status, media_type=JSON)

    def _acting(self, app: App) -> Acting:
        now = self.service.clock()
        found = reading_of(self.service, app, self.token)
        return Acting(app, found.viewer, found.facts, self.service.node, now)


def writing(request: Request, service: ServiceHere, token: Token) -> Writing:
    """The command of a request."""
    query = f"?{request.url.query}" if request.url.query else ""
    return Writing(service, token, request.method, request.url.path + query)


Reader = Annotated[Reading, Depends(reading)]
Writer = Annotated[Writing, Depends(writing)]
