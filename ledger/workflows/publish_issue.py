"""A debtor publishes an issue of payables, signed by two persons, with each supplier's leaf sealed to it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger.domain.acts import Issue, from_message
from ledger.domain.demands import demands, signed_by
from ledger.domain.drafts import Draft, Signature, signature_from_json, to_json
from ledger.domain.errors import BadField, NotAllowed, NotFound
from ledger.domain.ids import digest_text
from ledger.queries.access import party_of, sees_issues
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting
from ledger.workflows.checks import check_act, check_deadline
from ledger.workflows.refusals import DraftExists, NotBound, SignatureNotNeeded
from ledger.workflows.send_packet import send_packet
from ledger.workflows.signing import check_signature

NAME = "issue"


@dataclass(frozen=True)
class LeafPacket:
    """What goes to one supplier: its leaf, sealed."""

    party: int
    label: str
    packet: bytes


def publish_issue(
    acting: Acting, message: object, signatures: list[Signature], leaves: list[LeafPacket]
) -> bytes:
    """The issue's digest. Raises what the gate raises, NotBound for anybody but the debtor, DraftExists."""
    issue = from_message("Issue", message)
    assert isinstance(issue, Issue)
    if party_of(acting.viewer, "issue") != issue.debtor:
        raise NotBound(who="author", party=acting.viewer.party, bound=(issue.debtor,))
    check_deadline(issue.deadline, acting.facts)
    check_act(issue, acting.facts)
    draft = _signed(acting, issue, signatures)
    digest = draft.digest(NAME)
    suppliers = sorted({each.party for each in leaves})
    if len(suppliers) != len(leaves):
        raise BadField(field="suppliers", found="a party twice", limit="one packet for each supplier")
    _insert(acting, digest, issue, draft, suppliers)
    for each in leaves:
        send_packet(acting, to=each.party, label=each.label, packet=each.packet, issue=digest)
    return digest


def sign_issue(acting: Acting, digest: bytes, signature: Signature) -> None:
    """One more person of the debtor signs. Raises NotFound, NotAllowed, what the gate raises on
    signatures."""
    row = _locked(acting, digest)
    if acting.viewer.party != row.debtor:
        raise NotAllowed(what="issue", reason="only the debtor signs its issue")
    if row.complete:
        raise SignatureNotNeeded(message=NAME, signer=signature.signer)
    issue = from_message("Issue", row.message)
    assert isinstance(issue, Issue)
    check_deadline(issue.deadline, acting.facts)
    draft = _signed(acting, issue, [*_stored_signatures(row), signature])
    table = offchain.issue_document
    acting.app.run(
        update(table)
        .where(table.c.digest == digest)
        .values(signatures=to_json(draft)["signatures"], complete=_is_complete(acting, draft))
    )


def _signed(acting: Acting, issue: Issue, signatures: list[Signature]) -> Draft:
    place = acting.node.deployment
    draft = Draft("accept", place.chain_id, place.ledger, place.parties, {NAME: issue})
    wanted = demands(draft, acting.facts)
    for each in signatures:
        check_signature(acting, draft, wanted, each)
        draft = draft.with_signature(each)
    return draft


def _is_complete(acting: Acting, draft: Draft) -> bool:
    wanted = demands(draft, acting.facts)
    return all(len(signed_by(draft, each, acting.facts)) >= each.persons for each in wanted)


def _stored_signatures(row: Any) -> list[Signature]:
    return [signature_from_json(each) for each in row.signatures]


def _insert(acting: Acting, digest: bytes, issue: Issue, draft: Draft, suppliers: list[int]) -> None:
    values = {
        "digest": digest,
        "id": acting.new_id(),
        "debtor": issue.debtor,
        "message": to_json(draft)["messages"][NAME]["body"],
        "signatures": to_json(draft)["signatures"],
        "suppliers": suppliers,
        "complete": _is_complete(acting, draft),
        "deadline": issue.deadline,
        "created_at": acting.now,
    }
    try:
        acting.app.run(insert(offchain.issue_document).values(**values))
    except IntegrityError:
        raise DraftExists(digest=digest_text(digest), existing=None, block=None) from None


def _locked(acting: Acting, digest: bytes) -> Any:
    table = offchain.issue_document
    row = acting.app.first(
        select(table).where(table.c.digest == digest, sees_issues(acting.viewer)).with_for_update()
    )
    if row is None:
        raise NotFound(kind="issue", id=digest_text(digest))
    return row
