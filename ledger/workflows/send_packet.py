"""A packet that only its receiver can open is kept for it."""

from sqlalchemy import insert

from ledger.domain.errors import BadField
from ledger.queries.access import party_of
from ledger.queries.papers import draft as stored_draft
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting
from ledger.workflows.refusals import NotBound, foreseen

LARGEST_BYTES = 1_400_000


def send_packet(
    acting: Acting,
    *,
    to: int,
    label: str,
    packet: bytes,
    draft: str | None = None,
    issue: bytes | None = None,
) -> str:
    """The packet's id. Raises NotFound for a draft that the sender does not see, NotBound where the
    receiver does not."""
    sender = party_of(acting.viewer, "packets")
    if not acting.facts.knows_party(to):
        raise foreseen("UnknownParty", party=to)
    if not 0 < len(packet) <= LARGEST_BYTES:
        raise BadField(field="packet", found=f"{len(packet)} bytes", limit=f"1 to {LARGEST_BYTES} bytes")
    if draft is not None:
        parties = stored_draft(acting.app, draft, acting.viewer).parties
        if to not in parties:
            raise NotBound(who="receiver", party=to, bound=tuple(parties))
    packet_id = acting.new_id()
    acting.app.run(
        insert(offchain.sealed).values(
            id=packet_id,
            sender=sender,
            to_party=to,
            draft=draft,
            issue=issue,
            label=label,
            packet=packet,
            created_at=acting.now,
        )
    )
    return packet_id
