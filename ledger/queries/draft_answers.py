"""A stored draft as its parties read it: demands, what is missing, typed data, cautions, where its
operation stands."""

from typing import Any

from ledger.domain import drafts
from ledger.domain.acts import typed_data
from ledger.domain.demands import NO_CURRENCY, Demand, demands, signed_by
from ledger.domain.drafts import Draft
from ledger.domain.errors import NotFound
from ledger.domain.ids import digest_text
from ledger.queries.access import Viewer
from ledger.queries.cautions import cautions
from ledger.queries.facts import StoredFacts
from ledger.queries.papers import packets_with
from ledger.queries.written import Answer, moment_or_none
from ledger.sql.sessions import Read

COLLECTING, SUBMITTED, REFUSED, WITHDRAWN = "collecting", "submitted", "refused", "withdrawn"
LAPSED = "lapsed"
"""Derived: a collecting draft whose deadline the chain's time has passed."""


def status_of(row: Any, chain_time: int) -> str:
    """The status of a row of app.draft."""
    if row.state == COLLECTING and row.deadline is not None and row.deadline < chain_time:
        return LAPSED
    return str(row.state)


def draft_answer(read: Read, row: Any, viewer: Viewer, facts: StoredFacts) -> Answer:
    """As api/schemas/drafts.Draft."""
    draft = drafts.from_json(row.document)
    wanted = _demands(draft, facts)
    return {
        "id": row.id,
        "kind": row.kind,
        "status": status_of(row, facts.chain_time),
        "author": row.author_party,
        "parties": row.parties,
        "document": row.document,
        "demands": [_demand(draft, each, facts) for each in wanted],
        "missing": [*_missing(draft, wanted, facts), *_absent(draft)],
        "typed_data": {name: typed_data(act, draft.domain) for name, act in draft.messages.items()},
        "digests": {name: digest_text(draft.digest(name)) for name in draft.messages},
        "summary": row.summary,
        "warnings": cautions(list(draft.messages.values()), facts) if row.state == COLLECTING else [],
        "sealed": packets_with(read, viewer, draft=row.id),
        "operation": row.operation,
        "reason": row.reason,
        "created_at": row.created_at,
        "deadline": moment_or_none(row.deadline),
    }


def _demands(draft: Draft, facts: StoredFacts) -> list[Demand]:
    try:
        return demands(draft, facts)
    except NotFound:  # a piece or trade that a reorganisation took away
        return []


def _demand(draft: Draft, demand: Demand, facts: StoredFacts) -> Answer:
    return {
        "message": demand.message,
        "party": demand.party,
        "power": "any" if demand.power is None else demand.power.name.lower(),
        "persons": demand.persons,
        "currency": None if demand.currency == NO_CURRENCY else demand.currency,
        "amount": str(demand.amount),
        "signer": demand.signer,
        "signed_by": [each.signer for each in signed_by(draft, demand, facts)],
    }


def _missing(draft: Draft, wanted: list[Demand], facts: StoredFacts) -> list[Answer]:
    found: list[Answer] = []
    for each in wanted:
        lacking = each.persons - len(signed_by(draft, each, facts))
        if lacking > 0:
            found.append(
                {
                    "message": each.message,
                    "party": each.party or None,
                    "persons": lacking,
                    "signer": each.signer,
                }
            )
    return found


def _absent(draft: Draft) -> list[Answer]:
    """Messages of the kind that nobody has added yet."""
    return [
        {"message": name, "party": None, "persons": 0, "signer": None}
        for name in draft.door.messages
        if name not in draft.messages
    ]
