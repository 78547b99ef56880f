"""`duebill sign`: shows what a draft says, checks what this desk can check, asks, signs, hands over."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from api.cli.debtor import check_stops, is_debtor, look, tell_look, told_duplicates
from api.cli.options import desk_command
from api.cli.proposing import known, opened, report, signed_by_persons
from api.cli.told import Refused
from api.cli.work import Work, file_bytes
from api.schemas.drafts import Draft as DraftAnswer
from ledger.desk.checking import check_uses
from ledger.desk.errors import Stopped
from ledger.desk.signing import own_message
from ledger.desk.tag_key import believed_key, public_pem
from ledger.domain import drafts
from ledger.domain.acts import Confirm
from ledger.domain.drafts import Draft, Signature
from ledger.domain.ids import digest_of_text
from ledger.domain.summaries import Known, summary_of_draft

LARGEST_DRAFT = 2**20
_RELEASE = click.option(
    "--release",
    multiple=True,
    metavar="CODE",
    help="Let an objection or a difference pass that somebody has looked at. Repeatable.",
)
_DESPITE = click.option(
    "--despite-duplicates", is_flag=True, help="Sign although the chain holds an invoice as used up."
)


def CHECKED(function: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802 - stands where decorators of options stand
    """The options by which a person answers for what stopped."""
    return _RELEASE(_DESPITE(function))


@click.command()
@click.argument("draft", metavar="DRAFT|FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where a draft from a FILE is written; over itself without it.",
)
@CHECKED
@desk_command(signs=True, submits=True)
def sign(
    work: Work, draft: str, output: Path | None, release: tuple[str, ...], despite_duplicates: bool
) -> None:
    """Sign DRAFT as --as PERSON. A draft file is signed without the service, and written back.

    What is signed is always shown first, in words made from the message itself. As the debtor's second person this
    desk also reads the sealed invoices again, verifies their tags, and looks for duplicates. An issue is named by
    its digest.

    Example: duebill sign 01KB3QZ… --as weber
    """
    if not work.persons:
        raise Refused("usage", "Say who signs: --as PERSON.")
    if Path(draft).is_file():
        _sign_file(work, Path(draft), output or Path(draft), release)
    elif draft.startswith("0x"):
        from api.cli.issue_signing import sign_issue

        sign_issue(work, draft, release=release, despite=despite_duplicates)
    else:
        sign_stored(work, work.service.draft(draft), release=release, despite=despite_duplicates)


def sign_stored(work: Work, answer: DraftAnswer, *, release: Sequence[str], despite: bool) -> None:
    """Signs a draft that the service holds."""
    draft = opened(work, answer)
    if is_debtor(work, draft):
        _check_as_debtor(work, answer, draft, release, despite=despite)
    for each in answer.warnings:
        work.say(f"note ({each.code}): {each.detail}")
    text = summary_of_draft(draft, known(work, draft))
    signed = signed_by_persons(work, draft, text.zh if work.lang == "zh" else text.en)
    added = [each for each in signed.signatures if each not in draft.signatures]
    report(work, hand_over(work, answer, added))


def hand_over(work: Work, answer: DraftAnswer, signatures: Sequence[Signature]) -> DraftAnswer:
    """Gives signatures to the service; the draft as it stands then."""
    for each in signatures:
        given = {"message": each.message, "signer": each.signer, "proof": "0x" + each.proof.hex()}
        answer = work.service.add_signature(answer.id, given, work.key())
    return answer


def _check_as_debtor(
    work: Work, answer: DraftAnswer, draft: Draft, release: Sequence[str], *, despite: bool
) -> None:
    """The second person's desk believes neither the first's nor the service: it reads, compares and verifies again."""
    confirm = draft.messages.get("confirm")
    if not isinstance(confirm, Confirm):
        raise Refused("usage", "Nobody has confirmed this yet: `duebill confirm DRAFT --as PERSON`.")
    found = look(work, answer, draft)
    tell_look(work, found)
    if found.proofs is None:
        raise Refused("packet-unreadable", "The first person has left no tag proofs for the second.")
    record = work.service.party(work.desk.number)
    pem = public_pem(work.desk) or (record.card.tag_public_key if record.card else None)
    check_uses(
        confirm, found.comparison.invoices, found.proofs, believed_key(pem, digest_of_text(record.tag_key))
    )
    work.say("  Tags verified with the public key.")
    used_up = told_duplicates(work, confirm.uses, found.terms.currency)
    check_stops(found.comparison.stops, used_up, release, despite=despite)


def read_draft_file(path: Path) -> Draft:
    """The draft in a file. Raises Refused, BadField, DraftsDiffer."""
    try:
        return drafts.from_json(json.loads(file_bytes(path, LARGEST_DRAFT)))
    except ValueError as wrong:
        raise Refused("usage", f"{path} is no draft: {wrong}") from None


def write_draft_file(path: Path, draft: Draft) -> None:
    """Writes a draft to a file."""
    path.write_text(json.dumps(drafts.to_json(draft), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _sign_file(work: Work, path: Path, output: Path, release: Sequence[str]) -> None:
    """Without the service: names, currencies, sealed invoices and uses on the chain are not known then."""
    draft = read_draft_file(path)
    if work.desk.pin is None:
        raise Refused(
            "usage", "This desk is pinned to no deployment yet, so it cannot know whose draft this is."
        )
    work.desk.pin.check_draft(draft)
    if is_debtor(work, draft) and "unchecked" not in release:
        raise Stopped(
            {"unchecked": "from a file alone neither invoices nor tags nor duplicates can be checked"}
        )
    text = summary_of_draft(draft, Known())
    name = own_message(draft, work.desk.party)
    signed = signed_by_persons(work, draft, text.zh if work.lang == "zh" else text.en)
    write_draft_file(output, signed)
    work.answer(
        {"file": str(output), "kind": draft.kind, "message": name, "signatures": len(signed.signatures)},
        f"{output}: signed `{name}` as {' and '.join(work.persons)}.",
    )
