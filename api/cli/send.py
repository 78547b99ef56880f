"""`duebill send`: hands a draft over, through the service or, once it is complete, straight to the chain."""

import functools
from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.proposing import known, opened, report
from api.cli.sign import hand_over, read_draft_file
from api.cli.told import Refused
from api.cli.work import Work
from api.client.errors import ServiceRefused
from ledger.desk.keystore import open_secret
from ledger.domain import drafts
from ledger.domain.drafts import Draft, merge
from ledger.domain.summaries import summary_of_draft


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="DRAFT|FILE...")
@click.option(
    "--self", "alone", is_flag=True, help="Straight to the chain, without the service; needs --rpc and --key."
)
@click.option("--rpc", metavar="URL", help="A node of the chain.")
@click.option(
    "--key",
    metavar="KEYSTORE",
    type=click.Path(path_type=Path),
    help="Keystore of an account that has ether.",
)
@click.option("--dry-run", is_flag=True, help="Only try whether a DRAFT of the service would take effect.")
@desk_command(submits=True)
def send(
    work: Work, papers: tuple[str, ...], alone: bool, rpc: str | None, key: Path | None, dry_run: bool
) -> None:
    """Hand over a complete DRAFT, or the one in FILE. Who submits changes nothing: only its signatures count.

    Several FILEs are copies of one draft that were signed apart; their signatures are put together. A FILE whose
    draft the service has already brings its signatures to it. With --self nobody but the chain is asked.

    Example: duebill send transfer.json --self --rpc http://127.0.0.1:8545 --key payer.json
    """
    files = [Path(each) for each in papers if Path(each).is_file()]
    if len(files) != len(papers):
        if len(papers) > 1 or alone:
            raise Refused("usage", "Say one DRAFT of the service, or draft FILEs; --self takes FILEs alone.")
        _send_stored(work, papers[0], dry_run=dry_run)
        return
    draft = functools.reduce(merge, map(read_draft_file, files))
    if not alone:
        _send_file(work, draft)
    elif rpc and key:
        _send_alone(work, draft, rpc, key)
    else:
        raise Refused("usage", "--self needs --rpc URL and --key KEYSTORE.")


def _send_file(work: Work, draft: Draft) -> None:
    """A new draft of the service, or more signatures for the one that it has."""
    work.pin.check_draft(draft)
    summary = summary_of_draft(draft, known(work, draft))
    given = {"document": drafts.to_json(draft), "summary": {"en": summary.en, "zh": summary.zh}}
    try:
        answer = work.service.create_draft(given, work.key())
    except ServiceRefused as refused:
        stored = refused.problem.fields.get("existing")
        if refused.problem.code != "draft-exists" or not stored:
            raise
        answer = work.service.draft(str(stored))
        there = opened(work, answer)
        answer = hand_over(work, answer, [each for each in draft.signatures if each not in there.signatures])
    report(work, answer)


def _send_stored(work: Work, draft: str, *, dry_run: bool) -> None:
    done = work.service.submit_draft(draft, work.key(), dry_run=dry_run)
    if dry_run:
        work.answer(done.model_dump(mode="json"), f"{done.contract}.{done.function} would take effect.")
        return
    answer = work.service.draft(draft)
    opened(work, answer)
    report(work, answer)


def _send_alone(work: Work, draft: Draft, rpc: str, key: Path) -> None:
    from ledger.chain.rpc import Rpc
    from ledger.desk.self_send import send_draft

    if work.desk.pin is None:
        raise Refused(
            "usage", "This desk is pinned to no deployment yet, so it cannot know whose draft this is."
        )
    secret = open_secret(key, work.passwords.of(key.stem))
    sent = send_draft(draft, Rpc(rpc), work.desk.pin, secret)
    work.answer(
        {"act": sent.act, "tx": sent.tx, "block": sent.block, "gas": sent.gas},
        f"{draft.kind} took effect in block {sent.block}, transaction {sent.tx}.",
    )
