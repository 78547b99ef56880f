"""`duebill send`: hands a complete draft over, through the service or straight to the chain."""

from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.proposing import known, opened, report
from api.cli.sign import read_draft_file
from api.cli.told import Refused
from api.cli.work import Work
from ledger.desk.keystore import open_secret
from ledger.domain import drafts
from ledger.domain.drafts import Draft
from ledger.domain.summaries import summary_of_draft


@click.command()
@click.argument("draft", metavar="DRAFT|FILE")
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
@click.option("--dry-run", is_flag=True, help="Only try whether it would take effect.")
@desk_command(submits=True)
def send(work: Work, draft: str, alone: bool, rpc: str | None, key: Path | None, dry_run: bool) -> None:
    """Hand over a complete DRAFT (or the one in FILE). Who submits changes nothing: only its signatures count.

    With --self nobody but the chain is asked: the draft file, a node, and an account that pays for the transaction.

    Example: duebill send transfer.json --self --rpc http://127.0.0.1:8545 --key payer.json
    """
    if alone:
        if not (rpc and key and Path(draft).is_file()):
            raise Refused("usage", "--self takes a draft FILE, --rpc URL and --key KEYSTORE.")
        _send_alone(work, read_draft_file(Path(draft)), rpc, key)
    elif Path(draft).is_file():
        found = read_draft_file(Path(draft))
        summary = summary_of_draft(found, known(work, found))
        given = {"document": drafts.to_json(found), "summary": {"en": summary.en, "zh": summary.zh}}
        report(work, work.service.create_draft(given, work.key()))
    else:
        _send_stored(work, draft, dry_run=dry_run)


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
