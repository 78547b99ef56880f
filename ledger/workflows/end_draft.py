"""A draft ends without an act: refused by one whom it binds, withdrawn by who put it up. Nobody else
ever sees that."""

from sqlalchemy import update

from ledger.domain.errors import NotAllowed
from ledger.queries.access import Viewer, party_of
from ledger.queries.draft_answers import REFUSED, WITHDRAWN
from ledger.sql.tables import offchain
from ledger.workflows import gate
from ledger.workflows.acting import Acting


def refuse_draft(acting: Acting, draft_id: str, reason: str) -> None:
    """One whom it binds will not sign. Raises NotFound, DraftClosed, NotAllowed for the draft's own
    author."""
    row, _ = gate.opened(acting, draft_id)
    if _is_author(acting.viewer, row.author_party, row.author_signer):
        raise NotAllowed(what="refusal", reason="who put a draft up withdraws it")
    party_of(acting.viewer, "refusal")
    _end(acting, draft_id, REFUSED, reason)


def withdraw_draft(acting: Acting, draft_id: str) -> None:
    """Who put it up takes it back. Raises NotFound, DraftClosed, NotAllowed."""
    row, _ = gate.opened(acting, draft_id)
    if not _is_author(acting.viewer, row.author_party, row.author_signer):
        raise NotAllowed(what="withdrawal", reason="only the party that put a draft up withdraws it")
    _end(acting, draft_id, WITHDRAWN, None)


def _is_author(viewer: Viewer, party: int | None, signer: bytes) -> bool:
    return viewer.signer == signer or (viewer.party is not None and viewer.party == party)


def _end(acting: Acting, draft_id: str, state: str, reason: str | None) -> None:
    table = offchain.draft
    acting.app.run(update(table).where(table.c.id == draft_id).values(state=state, reason=reason))
