"""`duebill refuse`, `withdraw`, `export`: what else becomes of a draft."""

from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.proposing import opened
from api.cli.sign import write_draft_file
from api.cli.told import Refused
from api.cli.work import Work


@click.command()
@click.argument("draft", metavar="DRAFT|ISSUE:N")
@click.option("--reason", required=True, help="Why; only the parties concerned see it.")
@desk_command(signs=True)
def refuse(work: Work, draft: str, reason: str) -> None:
    """Refuse a draft, or the Nth payable of an issue. A refusal leaves no mark that third parties see.

    Example: duebill refuse 01KB3QZ… --reason "we keep to cash"
    """
    issue, separator, number = draft.partition(":")
    if separator:
        from api.cli.payables import payable_hash

        if not number.isdecimal():
            raise Refused("usage", "Name a payable as ISSUE:N, by its number in `duebill payables`.")
        payable = payable_hash(work, issue, int(number))
        found = work.service.refuse_payable(issue, payable, reason, work.key())
        work.answer(
            {"issue": issue, "payable": found.payable, "reason": found.reason},
            f"Payable {number} refused: {found.reason}",
        )
        return
    answer = work.service.refuse_draft(draft, reason, work.key())
    work.answer(
        {"draft": answer.id, "status": answer.status, "reason": answer.reason},
        f"Draft {answer.id}: {answer.status}.",
    )


@click.command()
@click.argument("draft", metavar="DRAFT")
@desk_command(signs=True)
def withdraw(work: Work, draft: str) -> None:
    """Take an own draft back. Signatures already given stay valid until their deadline: see `duebill revoke`.

    Example: duebill withdraw 01KB3QZ…
    """
    answer = work.service.withdraw_draft(draft, work.key())
    work.answer({"draft": answer.id, "status": answer.status}, f"Draft {answer.id}: {answer.status}.")


@click.command()
@click.argument("draft", metavar="DRAFT")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write."
)
@desk_command()
def export(work: Work, draft: str, output: Path) -> None:
    """Write a draft with its signatures to a file, to be sent any other way and signed with `duebill sign FILE`.

    Example: duebill export 01KB3QZ… -o transfer.json
    """
    found = opened(work, work.service.draft(draft))
    write_draft_file(output, found)
    work.answer(
        {"draft": draft, "file": str(output), "signatures": len(found.signatures)}, f"{output}: {found.kind}."
    )
