"""The service as a party's desk calls it: one method a route, answers as the routes' own schemas."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from api.client.errors import ServiceRefused, ServiceUnreachable
from api.schemas.drafts import Draft, DraftPage, QuoteRequest, Submission
from api.schemas.fields import Page
from api.schemas.issues import Issue, IssuePage, Refusal
from api.schemas.network import Deployment, Head
from api.schemas.operations import Accepted, Operation
from api.schemas.parties import Card, Party
from api.schemas.problem import Problem
from api.schemas.receivables import Credit, Event, Exposures, InvoiceUse, Piece, Receivable
from api.schemas.sealed import Sealed, SealedHead, SealedPage
from api.schemas.sign_in import Nonce, Session
from api.schemas.trades import Trade, TradeWhole

Answer = TypeVar("Answer", bound=BaseModel)
Values = Mapping[str, Any]

ANSWER_SECONDS = 30.0
TRIES = 3
"""How often a request is sent where no connection came about."""


class Service:
    """One service. token: of a session, or None for what is open. Every write takes the caller's idempotency key."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.HTTPTransport(retries=TRIES - 1)
        self._http = httpx.Client(base_url=url, headers=headers, timeout=ANSWER_SECONDS, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()

    # --- open
    def deployment(self) -> Deployment:
        """Which contracts the service works on."""
        return self._get("/v1/deployment", Deployment)

    def nonce(self) -> Nonce:
        """For one sign-in."""
        return self._post("/v1/auth/nonce", None, None, Nonce)

    def open_session(self, message: str, signature: str) -> Session:
        """Signs in with an EIP-4361 message."""
        return self._post("/v1/auth/sessions", {"message": message, "signature": signature}, None, Session)

    # --- chain and parties
    def head(self) -> Head:
        """How far the mirror has come."""
        return self._get("/v1/head", Head)

    def parties(self, **query: Any) -> Page[Party]:
        """All parties, by number."""
        return self._get("/v1/parties", Page[Party], query)

    def party(self, party: int) -> Party:
        """One party's public record and card."""
        return self._get(f"/v1/parties/{party}", Party)

    def put_card(self, party: int, card: Values, key: str) -> Card:
        """The own card in the directory."""
        return self._put(f"/v1/parties/{party}/card", card, key, Card)

    # --- drafts
    def create_draft(self, draft: Values, key: str) -> Draft:
        """A new draft; complete ones go on to the chain at once."""
        return self._post("/v1/drafts", draft, key, Draft)

    def drafts(self, **query: Any) -> DraftPage:
        """Drafts that the own party sees, newest first."""
        return self._get("/v1/drafts", DraftPage, query)

    def draft(self, draft: str) -> Draft:
        """One draft."""
        return self._get(f"/v1/drafts/{draft}", Draft)

    def add_message(self, draft: str, name: str, body: Values, extra: Values, key: str) -> Draft:
        """Another message of a draft."""
        given = {"name": name, "body": body, "extra": extra}
        return self._post(f"/v1/drafts/{draft}/messages", given, key, Draft)

    def add_signature(self, draft: str, signature: Values, key: str) -> Draft:
        """One person's signature; the last one sends the draft to the chain."""
        return self._post(f"/v1/drafts/{draft}/signatures", signature, key, Draft)

    def refuse_draft(self, draft: str, reason: str, key: str) -> Draft:
        """The own party will not sign."""
        return self._post(f"/v1/drafts/{draft}/refusal", {"reason": reason}, key, Draft)

    def withdraw_draft(self, draft: str, key: str) -> Draft:
        """Takes an own draft back."""
        return self._post(f"/v1/drafts/{draft}/withdrawal", {}, key, Draft)

    def submit_draft(self, draft: str, key: str, *, dry_run: bool) -> Submission:
        """Tries a complete draft, or sends it."""
        return self._post(f"/v1/drafts/{draft}/submission", {}, key, Submission, {"dry_run": dry_run})

    def publish_quote(self, draft: Values, key: str) -> Draft:
        """A signed quote, shown to its sellers."""
        return self._post("/v1/quotes", draft, key, Draft)

    def ask_quote(self, request: Values, key: str) -> QuoteRequest:
        """Shows a financier a receivable and asks for a quote."""
        return self._post("/v1/quote-requests", request, key, QuoteRequest)

    # --- issues
    def publish_issue(self, issue: Values, key: str) -> Issue:
        """An issue with a packet for each supplier."""
        return self._post("/v1/issues", issue, key, Issue)

    def issues(self, **query: Any) -> IssuePage:
        """Issues that the own party sees."""
        return self._get("/v1/issues", IssuePage, query)

    def issue(self, digest: str) -> Issue:
        """One issue."""
        return self._get(f"/v1/issues/{digest}", Issue)

    def sign_issue(self, digest: str, proof: Values, key: str) -> Issue:
        """One more person's signature over an issue."""
        return self._post(f"/v1/issues/{digest}/signatures", proof, key, Issue)

    def refuse_payable(self, digest: str, payable: str, reason: str, key: str) -> Refusal:
        """The own party will not take one payable."""
        given = {"payable": payable, "reason": reason}
        return self._post(f"/v1/issues/{digest}/refusals", given, key, Refusal)

    # --- sealed packets
    def send_packet(self, packet: Values, key: str) -> SealedHead:
        """A packet that only its receiver can open."""
        return self._post("/v1/sealed", packet, key, SealedHead)

    def packets(self, **query: Any) -> SealedPage:
        """Packets to or from the own party."""
        return self._get("/v1/sealed", SealedPage, query)

    def packet(self, packet: str) -> Sealed:
        """One packet with its ciphertext."""
        return self._get(f"/v1/sealed/{packet}", Sealed)

    # --- reads
    def trades(self, **query: Any) -> Page[Trade]:
        """Trades of the own party."""
        return self._get("/v1/trades", Page[Trade], query)

    def trade(self, trade: str) -> TradeWhole:
        """One trade with receipts and invoices."""
        return self._get(f"/v1/trades/{trade}", TradeWhole)

    def receivables(self, **query: Any) -> Page[Receivable]:
        """Receivables that the own party sees."""
        return self._get("/v1/receivables", Page[Receivable], query)

    def receivable(self, receivable: str, **query: Any) -> Receivable:
        """One receivable."""
        return self._get(f"/v1/receivables/{receivable}", Receivable, query)

    def pieces_of(self, receivable: str, **query: Any) -> Page[Piece]:
        """The pieces of one receivable."""
        return self._get(f"/v1/receivables/{receivable}/pieces", Page[Piece], query)

    def history(self, receivable: str, **query: Any) -> Page[Event]:
        """Every event of one receivable."""
        return self._get(f"/v1/receivables/{receivable}/history", Page[Event], query)

    def pieces(self, **query: Any) -> Page[Piece]:
        """Pieces, of one holder."""
        return self._get("/v1/pieces", Page[Piece], query)

    def invoice_uses(self, **query: Any) -> Page[InvoiceUse]:
        """How much of the own invoices is used, by tag."""
        return self._get("/v1/invoice-uses", Page[InvoiceUse], query)

    def exposure(self, debtor: int) -> Exposures:
        """What a debtor owes, by supplier and currency."""
        return self._get("/v1/exposure", Exposures, {"debtor": debtor})

    def credits(self, **query: Any) -> Page[Credit]:
        """Money that could not be paid out."""
        return self._get("/v1/credits", Page[Credit], query)

    # --- money and operations
    def relay_permit(self, permit: Values, key: str) -> Accepted:
        """Brings a signed permit to the chain."""
        return self._post("/v1/permits", permit, key, Accepted)

    def operation(self, operation: str, **query: Any) -> Operation:
        """What became of what was handed over; waits for `wait` up to `timeout` seconds."""
        return self._get(f"/v1/operations/{operation}", Operation, query)

    def _get(self, path: str, answer: type[Answer], query: Values | None = None) -> Answer:
        wanted = {name: value for name, value in (query or {}).items() if value is not None}
        timeout = ANSWER_SECONDS + float(wanted.get("timeout", 0))
        return self._ask(answer, "GET", path, params=wanted, timeout=timeout)

    def _post(
        self,
        path: str,
        body: Values | None,
        key: str | None,
        answer: type[Answer],
        query: Values | None = None,
    ) -> Answer:
        headers = {"Idempotency-Key": key} if key else {}
        return self._ask(answer, "POST", path, json=body, headers=headers, params=query or {})

    def _put(self, path: str, body: Values, key: str, answer: type[Answer]) -> Answer:
        return self._ask(answer, "PUT", path, json=body, headers={"Idempotency-Key": key})

    def _ask(self, answer: type[Answer], method: str, path: str, **how: Any) -> Answer:
        try:
            response = self._http.request(method, path, **how)
        except (httpx.HTTPError, httpx.InvalidURL) as failed:
            raise ServiceUnreachable(self.url, str(failed) or type(failed).__name__) from None
        if response.is_error:
            raise ServiceRefused(_problem(response))
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as wrong:
            raise ServiceUnreachable(self.url, f"its answer to {path} is none: {wrong}"[:400]) from None


def _problem(response: httpx.Response) -> Problem:
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return Problem(
            type="about:blank",
            title=response.reason_phrase or "error",
            title_zh="",
            status=response.status_code,
            code="http-error",
            detail=response.text[:300],
            fields={},
        )
