"""`duebill show`: one draft in words, made from its messages, with what this desk can find out about it."""

from typing import Any

import click

from api.cli.debtor import is_debtor, look, tell_look, told_duplicates
from api.cli.options import desk_command
from api.cli.proposing import known, opened
from api.cli.work import Work
from api.schemas.drafts import Draft as DraftAnswer
from ledger.desk.checking import make_uses
from ledger.desk.desk import Desk
from ledger.desk.tag_key import open_tag_key
from ledger.domain.drafts import Draft
from ledger.domain.ids import NO_DIGEST
from ledger.domain.summaries import summary_of_draft


@click.command()
@click.argument("draft", metavar="DRAFT")
@desk_command()
def show(work: Work, draft: str) -> None:
    """Show DRAFT: what it says, who has signed, what should be known before signing.

    The debtor of a request is also shown what the sealed invoices say, whether they fit the terms, whether they are
    used on the chain already, and how much it owes.

    Example: duebill show 01KB3QZ…
    """
    answer = work.service.draft(draft)
    found = opened(work, answer)
    summary = summary_of_draft(found, known(work, found))
    work.say(summary.zh if work.lang == "zh" else summary.en)
    for each in answer.demands:
        by = ", ".join(each.signed_by) or "nobody yet"
        work.say(f"`{each.message}` by {each.persons} of party {each.party} ({each.power}): signed by {by}")
    for caution in answer.warnings:
        work.say(f"note ({caution.code}): {caution.detail}")
    value: dict[str, Any] = {
        "draft": answer.id, "kind": answer.kind, "status": answer.status, "summary": {"en": summary.en, "zh": summary.zh},
        "demands": [each.model_dump() for each in answer.demands], "missing": [each.model_dump() for each in answer.missing],
        "warnings": [each.model_dump() for each in answer.warnings], "operation": answer.operation, "reason": answer.reason,
        "document": answer.document,
    }  # fmt: skip
    if is_debtor(work, found):
        value |= _as_debtor(work, answer, found)
    why = f": {answer.reason}" if answer.reason else ""
    work.answer(value, f"Draft {answer.id} is {answer.status}{why}.")


def _as_debtor(work: Work, answer: DraftAnswer, draft: Draft) -> dict[str, Any]:
    found = look(work, answer, draft)
    tell_look(work, found)
    value: dict[str, Any] = {"stops": found.comparison.stops, "cautions": found.comparison.cautions}
    if makes_tags(work.desk):
        uses, _ = make_uses(found.comparison.invoices, open_tag_key(work.desk, work.passwords))
        value["duplicates"] = told_duplicates(work, uses, found.terms.currency)
    return value


def makes_tags(desk: Desk) -> bool:
    """Whether this desk has the party's tag key."""
    return desk.tag_key != NO_DIGEST
