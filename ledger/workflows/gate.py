"""The one path of every draft: parse, check, store; once complete, dry run, and into the outbox. A
refusal leaves no mark.

Order of the checks, so that the first thing wrong is named: where it is for, its deadline, what it says,
whom it binds, each signature, and last the whole call, which the node is asked to try."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from ledger.domain import drafts
from ledger.domain.acts import Act, Admission, Confirm, Quote, Terms, digest
from ledger.domain.demands import Demand, call, demands, missing
from ledger.domain.drafts import Draft
from ledger.domain.errors import MessageMissing, NotFound
from ledger.domain.ids import Digest, address_bytes, digest_text
from ledger.outbox.queue import Waiting, enqueue
from ledger.queries.access import sees_drafts
from ledger.queries.draft_answers import COLLECTING, SUBMITTED, status_of
from ledger.queries.papers import draft as stored_draft
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting
from ledger.workflows.checks import check_act, check_deadline
from ledger.workflows.node import Prepared
from ledger.workflows.refusals import DraftClosed, DraftExists, NotBound, WrongChain, WrongContract
from ledger.workflows.shown import shown_receivable
from ledger.workflows.signing import check_signature


@dataclass(frozen=True)
class Passed:
    """A draft that passed all checks. demands: whom it binds; lacks: what is still to be signed or added."""

    draft: Draft
    demands: list[Demand]
    lacks: bool


def check(acting: Acting, draft: Draft) -> Passed:
    """All checks that need no complete draft. Raises DraftRefused, ContractRefused as foreseen,
    InputRefused, NotFound."""
    _check_place(acting, draft)
    check_deadline(draft.deadline, acting.facts)
    for act in draft.messages.values():
        check_act(act, acting.facts)
    wanted = demands(draft, acting.facts)
    bare = replace(draft, signatures=())
    for signature in draft.signatures:
        check_signature(acting, bare, wanted, signature)
        bare = bare.with_signature(signature)
    lacks = any(name not in draft.messages for name in draft.door.messages)
    return Passed(draft, wanted, lacks or bool(_unsigned(acting, draft)))


def parties_of(passed: Passed) -> list[int]:
    """The parties that a draft binds or will bind once its other message is there, ascending."""
    bound = {int(each.party) for each in passed.demands}
    for act in passed.draft.messages.values():
        match act:
            case Terms():
                bound |= {act.debtor, act.creditor}
            case Quote():
                bound |= {act.financier, act.seller}
            case _:
                continue
    return sorted(bound - {0})


def identity_of(draft: Draft) -> Digest:
    """What makes a draft unlike others: the message that the chain will take once; a quote may be filled
    several times."""
    terms = draft.messages.get("terms")
    if draft.kind == "confirm":
        act = draft.messages.get("confirm")
        return draft.digest("terms") if terms is not None else _terms_digest(draft, act)
    subject = draft.door.subject
    return draft.digest(subject if subject in draft.messages else next(iter(draft.messages)))


def store(acting: Acting, passed: Passed, *, summary: dict[str, str], to: list[int]) -> str:
    """A new draft, which goes on to the chain if it is complete already. Raises NotBound, DraftExists."""
    draft, bound = passed.draft, parties_of(passed)
    _check_author(acting, draft, bound)
    _check_new(acting, draft)
    draft_id = acting.new_id()
    values = {
        **_row(acting, passed),
        "id": draft_id,
        "kind": draft.kind,
        "state": COLLECTING,
        "author_party": acting.viewer.party,
        "author_signer": acting.viewer.signer,
        "parties": sorted({*bound, *to, *([acting.viewer.party] if acting.viewer.party else [])}),
        "signers": _new_signers(draft),
        "summary": summary,
        "created_at": acting.now,
    }
    try:
        acting.app.run(insert(offchain.draft).values(**values))
    except IntegrityError:  # another request was quicker between our look and our insert
        raise DraftExists(digest=digest_text(values["identity"]), existing=None, block=None) from None
    submit_if_complete(acting, draft_id, passed)
    return draft_id


def change(acting: Acting, draft_id: str, passed: Passed) -> None:
    """The stored draft with another message or signature; on to the chain if that completes it."""
    row = stored_draft(acting.app, draft_id, acting.viewer)
    parties = sorted({*row.parties, *parties_of(passed)})
    acting.app.run(
        update(offchain.draft)
        .where(offchain.draft.c.id == draft_id)
        .values(**_row(acting, passed), parties=parties)
    )
    submit_if_complete(acting, draft_id, passed)


def opened(acting: Acting, draft_id: str) -> tuple[Any, Draft]:
    """A draft that still collects, locked until the transaction ends. Raises NotFound, DraftClosed."""
    table = offchain.draft
    row = acting.app.first(
        select(table).where(table.c.id == draft_id, sees_drafts(acting.viewer)).with_for_update()
    )
    if row is None:
        raise NotFound(kind="draft", id=draft_id)
    status = status_of(row, acting.chain_time)
    if status != COLLECTING:
        raise DraftClosed(draft=draft_id, status=status)
    return row, drafts.from_json(row.document)


def submit_if_complete(acting: Acting, draft_id: str, passed: Passed) -> str | None:
    """The operation of a complete draft. Raises the contract's own refusal when the dry run fails."""
    if passed.lacks:
        return None
    prepared = dry_run(acting, passed.draft)
    row = stored_draft(acting.app, draft_id, acting.viewer)
    subject = passed.draft.subject()
    operation = enqueue(
        acting.app,
        Waiting(
            kind=passed.draft.kind,
            contract=prepared.contract_bytes,
            calldata=prepared.calldata,
            act=subject,
            deadline=passed.draft.deadline,
            parties=tuple(row.parties),
            signers=tuple(row.signers),
        ),
        acting.now,
    )
    acting.app.run(
        update(offchain.draft)
        .where(offchain.draft.c.id == draft_id)
        .values(state=SUBMITTED, operation=operation)
    )
    return operation


def dry_run(acting: Acting, draft: Draft) -> Prepared:
    """The call of a complete draft, once the node has run it without an error. Raises ContractRefused,
    SignaturesMissing."""
    known = _issue_known(acting, draft)
    prepared = acting.node.prepare(call(draft, acting.facts, issue_known=known))
    acting.node.try_call(prepared)
    return prepared


def _check_place(acting: Acting, draft: Draft) -> None:
    pinned = acting.node.deployment
    if draft.chain_id != pinned.chain_id:
        raise WrongChain(found=str(draft.chain_id), limit=str(pinned.chain_id))
    for name in ("ledger", "parties"):
        found, wanted = getattr(draft, name), getattr(pinned, name)
        if found != wanted:
            raise WrongContract(contract=name, found=found, limit=wanted)


def _check_author(acting: Acting, draft: Draft, bound: list[int]) -> None:
    if acting.viewer.party in bound or acting.viewer.signer in _new_signers(draft):
        return
    raise NotBound(who="author", party=acting.viewer.party, bound=tuple(bound))


def _check_new(acting: Acting, draft: Draft) -> None:
    """Neither being signed nor done already."""
    identity = identity_of(draft)
    table = offchain.draft
    live = acting.app.first(
        select(table.c.id, table.c.parties, table.c.signers).where(
            table.c.identity == identity, table.c.state.in_([COLLECTING, SUBMITTED])
        )
    )
    if live is not None:
        seen = acting.viewer.party in live.parties or acting.viewer.signer in live.signers
        raise DraftExists(digest=digest_text(identity), existing=live.id if seen else None, block=None)
    subject = draft.door.subject
    block = acting.facts.act_block(draft.subject()) if subject in draft.messages else None
    if block is not None:
        raise DraftExists(digest=digest_text(draft.subject()), existing=None, block=block)


def _row(acting: Acting, passed: Passed) -> dict[str, Any]:
    """The columns that follow from a draft's messages and signatures."""
    draft = passed.draft
    complete = draft.door.subject in draft.messages
    shown = shown_receivable(acting, draft)
    return {
        **({} if shown is None else {"receivable": shown}),
        "document": drafts.to_json(draft),
        "identity": identity_of(draft),
        "subject": draft.subject() if complete else None,
        "deadline": draft.deadline,
    }


def _new_signers(draft: Draft) -> list[bytes]:
    """The signers whom an admission names: they have no party yet."""
    act = draft.messages.get("admission")
    return sorted({address_bytes(each.signer) for each in act.signers}) if isinstance(act, Admission) else []


def _unsigned(acting: Acting, draft: Draft) -> list[Demand]:
    """What lacks signatures, but for an issue that the chain knows by an earlier acceptance."""
    known = _issue_known(acting, draft)
    return [each for each in missing(draft, acting.facts) if not (known and each.message == "issue")]


def _issue_known(acting: Acting, draft: Draft) -> bool:
    return "issue" in draft.messages and acting.facts.issue_known(draft.digest("issue"))


def _terms_digest(draft: Draft, act: Act | None) -> Digest:
    if not isinstance(act, Confirm):
        raise MessageMissing(kind=draft.kind, message="terms")
    return digest(act.terms, draft.domain)
