"""`duebill mirror`: the chain's events into SQL, until it is ended."""

import os
import signal
import threading

import click

from api.cli.stores import stores
from ledger import telemetry
from ledger.chain.decode import UnknownEvent
from ledger.domain.errors import DuebillError
from ledger.mirror.follow import FollowOptions, Mirror
from ledger.settings import Settings
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade


@click.command()
@click.option("--until-head", is_flag=True, help="End once everything that the node has is stored.")
@click.option(
    "--patience",
    type=click.IntRange(1, 86_400),
    default=600,
    show_default=True,
    help="Seconds for which node or database may stay away.",
)
def mirror(until_head: bool, patience: int) -> None:
    """Copy the chain into SQL, block by block, and undo what the chain takes back.

    One process writes; a second one waits and takes over. It stops with an alarm, and believes nothing, when the
    node leaves logs out, alters or reorders them, when the chain changes before its last final block, or when a
    contract tells what this version does not know.

    Exit status: 0 when it was ended, 1 after an alarm.

    Example: duebill mirror --until-head
    """
    settings = Settings.read(os.environ)
    telemetry.configure(settings.log_level)
    stop = threading.Event()
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, lambda *_: stop.set())
    found = stores(settings)
    upgrade(found.database)
    options = FollowOptions(until_head=until_head, patience_seconds=patience)
    try:
        Mirror(found.rpc, Database(found.database), found.deployment, options).run(stop)
    except UnknownEvent as unknown:
        raise click.ClickException(f"{unknown}; this needs a later version of duebill") from unknown
    except DuebillError as alarm:
        telemetry.logger("mirror").error("the mirror has stopped", alarm=alarm.problem_code, **alarm.fields)
        raise click.ClickException(str(alarm)) from alarm
