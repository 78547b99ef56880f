"""`duebill operation`: what became of what was handed over."""

from typing import Literal

import click

from api.cli.options import desk_command
from api.cli.waiting import wait_until_final
from api.cli.work import Work


@click.command()
@click.argument("operation", metavar="ID")
@click.option("--wait", type=click.Choice(["mined", "final"]), help="Wait until it is so.")
@desk_command()
def operation(work: Work, operation: str, wait: Literal["mined", "final"] | None) -> None:
    """Say where an operation stands: queued, sent, mined, final, failed or expired.

    Example: duebill operation 01KB3R1… --wait final
    """
    found = wait_until_final(work, operation, wait) if wait else work.service.operation(operation)
    reason = f": {found.error.title}" if found.error else ""
    where = f" in block {found.block}" if found.block is not None else ""
    work.answer(found.model_dump(mode="json"), f"{found.kind} {found.id}: {found.status}{where}{reason}")
