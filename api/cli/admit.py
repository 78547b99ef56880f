"""`duebill admit`: the operator puts up a party's admission, for itself, the attestor and the party's own signers to sign."""

import json
from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.proposing import deadline, new_draft, put_up
from api.cli.told import Refused
from api.cli.trade import keep_paper
from api.cli.work import Work, file_bytes
from ledger.desk.application import Application
from ledger.domain.ids import NO_DIGEST, PartyId

_LARGEST = 2**20


@click.command()
@click.argument("application", metavar="APPLICATION", type=click.Path(path_type=Path))
@click.option(
    "--attestor", type=click.IntRange(1), required=True, help="Number of the party that attests the record."
)
@click.option(
    "--evidence", metavar="FILE|TEXT", help="What the attestor saw; only its commitment leaves this desk."
)
@desk_command(signs=True, submits=True, proposes=True)
def admit(work: Work, application: Path, attestor: int, evidence: str | None) -> None:
    """Put up the admission of the party whose APPLICATION file this is.

    It takes effect when the operator, the attestor and every signer named in it have signed (`duebill sign`).

    Example: duebill admit huaxin.json --attestor 2 --as first
    """
    try:
        found = Application.of_json(json.loads(file_bytes(application, _LARGEST)))
    except ValueError as wrong:
        raise Refused("usage", f"{application} is no application: {wrong}") from None
    commitment = keep_paper(work, evidence).commitment if evidence else NO_DIGEST
    act = found.completed(PartyId(attestor), commitment, deadline(work))
    work.say(f"Application of {found.name}:")
    put_up(work, new_draft(work, "admit", {"admission": act}), name=found.name)
