"""`duebill relay`: what waits in the outbox to the chain, until it is ended."""

import os
import signal
import threading
from pathlib import Path

import click

from api.cli.local_network import RELAYER_FILE
from api.cli.stores import stores
from ledger import telemetry
from ledger.domain.errors import DuebillError
from ledger.relay.account import Relayer
from ledger.relay.loop import Relay
from ledger.settings import Settings
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade


@click.command()
def relay() -> None:
    """Send what waits in the outbox to the chain, and pay out what is due.

    The relayer's key (DUEBILL_RELAYER_KEY_FILE) pays the gas and binds nobody. One process sends; a second one
    waits and takes over. What a crash interrupts is taken up again; an act takes effect once.

    Example: duebill relay
    """
    settings = Settings.read(os.environ)
    telemetry.configure(settings.log_level)
    stop = threading.Event()
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, lambda *_: stop.set())
    found = stores(settings)
    upgrade(found.database)
    path = Path(settings.relayer_key_file) if settings.relayer_key_file else settings.home / RELAYER_FILE
    try:
        relayer = Relayer.of_file(path, found.deployment.chain_id)
    except FileNotFoundError:
        raise click.ClickException(
            f"no relayer's key at {path}; DUEBILL_RELAYER_KEY_FILE names the file"
        ) from None
    except DuebillError as failed:
        raise click.ClickException(str(failed)) from failed
    Relay(found.rpc, Database(found.database), found.deployment, relayer).run(stop)
