"""How every act begins and goes on: a draft is shown in words, agreed to, signed, handed over, and waited for."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from api.cli.told import Refused
from api.cli.waiting import wait_until_final
from api.cli.work import Work
from api.client.errors import ServiceRefused
from api.schemas.drafts import Draft as DraftAnswer
from ledger.desk.errors import OtherMessage
from ledger.desk.signing import own_message, sign
from ledger.domain import drafts
from ledger.domain.acts import Act
from ledger.domain.drafts import Draft, Extra
from ledger.domain.ids import (
    NO_TRADE,
    ChainTime,
    PartyId,
    ReceivableId,
    TradeId,
    digest_text,
    receivable_of_terms,
    receivable_text,
)
from ledger.domain.summaries import Known, summary_of_draft
from ledger.domain.units import Currency

_DAY_SECONDS = 86_400
_MOST_PARTIES = 500


def new_draft(work: Work, kind: str, messages: Mapping[str, Act], extra: Extra | None = None) -> Draft:
    """A draft of the deployment that the desk is pinned to."""
    pin = work.pin
    return Draft(kind, pin.chain_id, pin.ledger, pin.parties, messages, extra or Extra())


def chain_time(work: Work) -> datetime:
    """The head's time: what deadlines go by."""
    return work.service.head().head.time.astimezone(UTC)


def deadline(work: Work) -> ChainTime:
    """So many days from the head as --days says."""
    return ChainTime(int(chain_time(work).timestamp()) + work.days * _DAY_SECONDS)


def known(work: Work, draft: Draft) -> Known:
    """Names and currencies that the messages do not carry, as the service knows them."""
    names = {
        PartyId(each.id): each.card.name
        for each in work.service.parties(limit=_MOST_PARTIES).items
        if each.card
    }
    trades: dict[TradeId, Currency] = {}
    receivables: dict[ReceivableId, Currency] = {}
    for act in draft.messages.values():
        trade, receivable = getattr(act, "trade", NO_TRADE), getattr(act, "receivable", None)
        if trade != NO_TRADE and (found := _currency_of_trade(work, trade)):
            trades[trade] = found
        if receivable is not None and (found := _currency_of_receivable(work, receivable)):
            receivables[receivable] = found
    return Known(names, trades, receivables)


def _currency_of_trade(work: Work, trade: TradeId) -> Currency | None:
    try:
        return Currency(work.service.trade(digest_text(trade)).currency)
    except ServiceRefused:
        return None


def _currency_of_receivable(work: Work, receivable: ReceivableId) -> Currency | None:
    try:
        return Currency(work.service.receivable(receivable_text(receivable)).face.currency)
    except ServiceRefused:
        return None


def put_up(
    work: Work, draft: Draft, *, sealed: Sequence[str] = (), to: Sequence[int] = (), **told: Any
) -> None:
    """Shows a new draft, has the persons of --as sign it, and hands it over."""
    summary = summary_of_draft(draft, known(work, draft))
    signed = signed_by_persons(work, draft, summary.zh if work.lang == "zh" else summary.en)
    given = {
        "document": drafts.to_json(signed),
        "summary": {"en": summary.en, "zh": summary.zh},
        "sealed": list(sealed),
        "to": list(to),
    }
    made = work.service.create_draft(given, work.key())
    opened(work, made, wanted=draft)
    report(work, made, **told)


def signed_by_persons(work: Work, draft: Draft, text: str) -> Draft:
    """The draft with the signatures of the persons of --as, after showing what it says and asking."""
    work.say(text)
    if not work.persons:
        return draft
    name = own_message(draft, work.desk.party)
    work.agree(f"Sign as {' and '.join(work.persons)}?")
    for person in work.persons:
        key = work.desk.key(person, work.passwords)
        if any((each.message, each.signer) == (name, key.address) for each in draft.signatures):
            raise Refused("signed-already", f"{person} has signed `{name}` of this draft before.")
        draft = draft.with_signature(sign(draft, name, key))
    return draft


def opened(work: Work, answer: DraftAnswer, wanted: Draft | None = None) -> Draft:
    """The draft that the service holds, believed only as far as it is of this deployment and says what was sent.

    Raises OtherDeployment, OtherMessage, BadField.
    """
    draft = drafts.from_json(answer.document)
    if work.desk.pin is not None:
        work.desk.pin.check_draft(draft)
    for name in wanted.messages if wanted else ():
        found, sent = draft.digest(name), wanted.digest(name) if wanted else b""
        if found != sent:
            raise OtherMessage(name, digest_text(found), digest_text(sent))
    return draft


def report(work: Work, answer: DraftAnswer, **told: Any) -> None:
    """Says where the draft stands; once it was handed to the chain, waits until it is final."""
    draft = opened(work, answer)
    value: dict[str, Any] = {
        "draft": answer.id,
        "kind": answer.kind,
        "status": answer.status,
        "operation": answer.operation,
        "missing": [each.model_dump() for each in answer.missing],
        **_ids(draft),
        **told,
    }
    lines = [f"Draft {answer.id}: {answer.status}."]
    lines += [f"  still needed: {_missing(each.model_dump())}" for each in answer.missing]
    lines += [f"  {name}: {value[name]}" for name in _ids(draft)]
    if answer.operation is not None and work.wait:
        done = wait_until_final(work, answer.operation)
        value |= {"operation_status": done.status, "block": done.block, "tx": done.tx}
        lines.append(f"Final in block {done.block}.")
    work.answer(value, *lines)


def _missing(each: Mapping[str, Any]) -> str:
    if each["persons"] == 0:
        return f"the message `{each['message']}`"
    who = each.get("signer") or (f"party {each['party']}" if each["party"] else "somebody")
    return f"{each['persons']} × `{each['message']}` by {who}"


def _ids(draft: Draft) -> dict[str, str]:
    """The ids that will exist once the draft takes effect."""
    match draft.kind:
        case "order":
            return {"trade": digest_text(draft.digest("order"))}
        case "confirm":
            name = "terms" if "terms" in draft.messages else "confirm"
            return {"receivable": receivable_text(receivable_of_terms(_terms_digest(draft, name)))}
        case _:
            return {}


def _terms_digest(draft: Draft, name: str) -> Any:
    if name == "terms":
        return draft.digest("terms")
    confirm = draft.messages["confirm"]
    return draft.with_message("terms", confirm.terms).digest("terms")  # type: ignore[union-attr]
