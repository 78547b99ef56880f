"""A draft whose signatures are all there goes to the chain, or is only tried."""

from dataclasses import dataclass

from ledger.domain import drafts
from ledger.queries.draft_answers import COLLECTING, SUBMITTED, status_of
from ledger.queries.papers import draft as stored_draft
from ledger.workflows import gate
from ledger.workflows.acting import Acting
from ledger.workflows.node import Prepared
from ledger.workflows.refusals import DraftClosed


@dataclass(frozen=True)
class Submission:
    """operation: None for a dry run."""

    prepared: Prepared
    operation: str | None


def submit_draft(acting: Acting, draft_id: str, *, dry: bool) -> Submission:
    """Tries the call, and unless dry enqueues it; again after it failed, too.

    Raises NotFound, DraftClosed, SignaturesMissing, MessageMissing, ContractRefused.
    """
    row = stored_draft(acting.app, draft_id, acting.viewer)
    status = status_of(row, acting.chain_time)
    if status not in (COLLECTING, SUBMITTED):
        raise DraftClosed(draft=draft_id, status=status)
    draft = drafts.from_json(row.document)
    prepared = gate.dry_run(acting, draft)
    if dry:
        return Submission(prepared, None)
    return Submission(prepared, gate.submit_if_complete(acting, draft_id, gate.check(acting, draft)))
