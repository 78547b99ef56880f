"""A party puts up a draft, or adds to one: messages, signatures."""

from sqlalchemy import update

from ledger.domain import drafts
from ledger.domain.drafts import Signature
from ledger.domain.errors import NotFound
from ledger.queries.access import party_of, sees_packets
from ledger.sql.tables import offchain
from ledger.workflows import gate
from ledger.workflows.acting import Acting


def put_draft(
    acting: Acting, document: object, *, summary: dict[str, str], sealed: list[str], to: list[int]
) -> str:
    """A new draft; its id. Raises what the gate raises."""
    passed = gate.check(acting, drafts.from_json(document))
    draft_id = gate.store(acting, passed, summary=summary, to=to)
    _attach(acting, draft_id, sealed)
    return draft_id


def add_message(acting: Acting, draft_id: str, name: str, body: object, extra: object) -> None:
    """Another party's message, as the debtor's `confirm` to a request. Raises what the gate raises."""
    _, draft = gate.opened(acting, draft_id)
    kind = draft.door.messages.get(name, name)
    act = drafts.message_from_json(draft.kind, name, {"type": kind, "body": body})
    more = drafts.extra_from_json(draft.kind, extra) if extra else None
    gate.change(acting, draft_id, gate.check(acting, draft.with_message(name, act, more)))


def add_signature(acting: Acting, draft_id: str, signature: Signature) -> None:
    """One more signature; the last one submits the draft. Raises what the gate raises."""
    _, draft = gate.opened(acting, draft_id)
    draft.act(signature.message)
    gate.change(acting, draft_id, gate.check(acting, draft.with_signature(signature)))


def _attach(acting: Acting, draft_id: str, sealed: list[str]) -> None:
    """Own packets that go with the draft."""
    if not sealed:
        return
    table = offchain.sealed
    own = table.c.sender == party_of(acting.viewer, "packets")
    statement = update(table).where(
        table.c.id.in_(sealed), own, table.c.draft.is_(None), sees_packets(acting.viewer)
    )
    found = acting.app.run(statement.values(draft=draft_id)).rowcount
    if found != len(set(sealed)):
        raise NotFound(kind="packet", id=", ".join(sealed))
