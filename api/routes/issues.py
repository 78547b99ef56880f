"""Issues: many payables confirmed under one root."""

from typing import Literal

from fastapi import APIRouter, Response

from api.deps import Reader, Writer
from api.parameters import Cursor, Key, Limit
from api.schemas.fields import Hex32
from api.schemas.issues import Issue, IssueIn, IssuePage, Proof, Refusal, RefusalIn
from ledger.domain.drafts import Signature, signature_from_json
from ledger.queries import papers
from ledger.queries.issue_answers import issue_answer
from ledger.queries.written import Answer
from ledger.workflows import publish_issue as workflow
from ledger.workflows.acting import Acting
from ledger.workflows.packets import packet_bytes
from ledger.workflows.refuse_payable import refuse_payable as refuse

router = APIRouter(prefix="/v1", tags=["issues"])


@router.post("/issues", status_code=201, response_model=Issue)
def publish_issue(writer: Writer, body: IssueIn, key: Key) -> Response:
    """Publishes an issue with each supplier's sealed leaf; suppliers see it once two persons have signed."""

    def effect(acting: Acting) -> Answer:
        signatures = [_signature(each) for each in body.signatures]
        leaves = [
            workflow.LeafPacket(each.party, each.label, packet_bytes(each.packet)) for each in body.suppliers
        ]
        return _answer(acting, workflow.publish_issue(acting, body.issue, signatures, leaves))

    return writer.once(key, body, Issue, effect, 201)


@router.get("/issues", response_model=IssuePage)
def list_issues(
    reader: Reader,
    box: Literal["inbox", "sent", "all"] = "all",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Answer:
    """Issues of the viewer's party and those addressed to it, newest first."""
    rows, after = papers.issues(reader.read, reader.viewer, papers.Box(box, limit, cursor))
    items = [issue_answer(reader.read, row, reader.viewer) for row in rows]
    return {"items": items, "next": after}


@router.get("/issues/{digest}", response_model=Issue)
def read_issue(reader: Reader, digest: Hex32) -> Answer:
    """One issue as signed."""
    row = papers.issue(reader.read, bytes.fromhex(digest[2:]), reader.viewer)
    return issue_answer(reader.read, row, reader.viewer)


@router.post("/issues/{digest}/signatures", response_model=Issue)
def sign_issue(writer: Writer, digest: Hex32, body: Proof, key: Key) -> Response:
    """One more person of the debtor signs."""

    def effect(acting: Acting) -> Answer:
        raw = bytes.fromhex(digest[2:])
        workflow.sign_issue(acting, raw, _signature(body))
        return _answer(acting, raw)

    return writer.once(key, body, Issue, effect)


@router.post("/issues/{digest}/refusals", status_code=201, response_model=Refusal)
def refuse_payable(writer: Writer, digest: Hex32, body: RefusalIn, key: Key) -> Response:
    """A supplier will not take a payable; only the debtor and itself see that."""

    def effect(acting: Acting) -> Answer:
        raw, payable = bytes.fromhex(digest[2:]), bytes.fromhex(body.payable[2:])
        return refuse(acting, raw, payable, body.reason)

    return writer.once(key, body, Refusal, effect, 201)


def _signature(proof: Proof) -> Signature:
    return signature_from_json({"message": workflow.NAME, "signer": proof.signer, "proof": proof.proof})


def _answer(acting: Acting, digest: bytes) -> Answer:
    row = papers.issue(acting.app, digest, acting.viewer)
    return issue_answer(acting.app, row, acting.viewer)
