"""Which receivable a draft shows to those whom it binds: only one that whoever puts it up sees already."""

from ledger.domain.acts import Acknowledge, BankPaid, Pay, Quote, Split, Transfer
from ledger.domain.drafts import Draft
from ledger.queries.receivables import sees_receivable
from ledger.workflows.acting import Acting


def shown_receivable(acting: Acting, draft: Draft) -> bytes | None:
    """The receivable that the draft's messages speak of; None where there is none, or the asker may not
    see it."""
    for act in draft.messages.values():
        if isinstance(act, Split | Transfer | Quote | Pay | BankPaid | Acknowledge):
            receivable = act.receivable.to_bytes(24)
            return receivable if sees_receivable(acting.app, receivable, acting.viewer) else None
    return None
