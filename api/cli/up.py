"""`duebill up`: a whole local network in the foreground, and its data kept under one home."""

import os
import signal
import socket
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import psycopg

from api.cli.founding import point_local_desks
from api.cli.local_network import STATE_FILE, LocalOptions, Network, open_network, write_state
from api.cli.supervision import Child, Failed
from ledger import telemetry
from ledger.domain.errors import DuebillError
from ledger.settings import Settings
from ledger.sql.embedded import DatabaseFailed, DatabaseInUse

_READY_SECONDS = 60.0
_LOOK_SECONDS = 0.2


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where everything is kept. Default: DUEBILL_HOME.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the API; 0 takes a free one.")
@click.option(
    "--founding",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Signed Admissions of operator and attestor; without it their desks are made under the home.",
)
@click.option("--block-seconds", type=click.FloatRange(0.05, 60.0), default=0.25, show_default=True,
              help="Time between blocks of the local chain.")  # fmt: skip
@click.option(
    "--finality", default="depth:2", show_default=True, help="Of a new deployment: tag | depth:N | instant."
)
@click.option(
    "--desks",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where those two desks are made. Default: desks in the home.",
)
def up(home: Path | None, port: int, founding: Path | None, desks: Path | None, **network: Any) -> None:
    """Run chain, database, contracts, mirror, relay and API until Ctrl-C.

    The first start makes everything; later ones go on where the last one stopped. Settings that name a node
    (DUEBILL_RPC_URL) or a database (DUEBILL_DATABASE_URL) are used instead of local ones.

    Example: duebill up --home ~/.duebill --port 8000
    """
    settings = Settings.read(os.environ)
    if home is not None:
        settings = replace(settings, home=home.expanduser().absolute())
    telemetry.configure(settings.log_level)
    try:
        with ExitStack() as running:
            _end_on_signals()
            own_desks = (desks or settings.home / "desks").absolute()
            options = LocalOptions(**network)
            _check_port(port)
            opened = open_network(settings, running, founding=founding, desks=own_desks, options=options)
            _serve(settings, opened, port or _free_port(), running, own_desks)
    except psycopg.Error as failed:
        raise click.ClickException(f"the database cannot be used: {failed}") from failed
    except (DatabaseInUse, DatabaseFailed, DuebillError, Failed, OSError) as failed:
        raise click.ClickException(f"{failed}") from failed
    except KeyboardInterrupt:
        click.echo("stopped; the data stay in the home", err=True)


def _serve(settings: Settings, network: Network, port: int, running: ExitStack, desks: Path) -> None:
    environment = {
        "DUEBILL_HOME": str(settings.home),
        "DUEBILL_RPC_URL": network.rpc,
        "DUEBILL_DATABASE_URL": network.database,
        "DUEBILL_DEPLOYMENT": str(network.deployment),
        "DUEBILL_RELAYER_KEY_FILE": str(network.relayer),
    }
    logs = settings.home / "logs"
    children = [
        Child("mirror", [], environment, logs),
        Child("relay", [], environment, logs),
        Child("serve", ["--port", str(port)], environment, logs),
    ]
    for child in children:
        running.callback(child.stop)
        child.start()
    _wait_until_open(port, children)
    url = f"http://127.0.0.1:{port}"
    point_local_desks(desks, url)
    write_state(
        settings.home, {"url": url, "rpc": network.rpc, "database": network.database, "pid": os.getpid()}
    )
    running.callback((settings.home / STATE_FILE).unlink, missing_ok=True)
    click.echo(f"API      {url}   (documentation: {url}/docs)")
    click.echo(f"chain    {network.rpc}")
    click.echo(f"database {network.database}")
    click.echo(f"logs     {logs}")
    click.echo("Ctrl-C ends it; the data stay in the home.")
    while True:
        for child in children:
            child.keep_running()
        network.ensure_running()
        time.sleep(_LOOK_SECONDS)


def _wait_until_open(port: int, children: list[Child]) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        for child in children:
            child.keep_running()
        with socket.socket() as probe:
            probe.settimeout(_LOOK_SECONDS)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(_LOOK_SECONDS / 4)
    raise Failed("serve", children[-1].log)


def _check_port(port: int) -> None:
    """Raises where somebody else serves there: what would be found at that address is not ours."""
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError as refused:
            raise click.ClickException(
                f"port {port} cannot be used: {refused.strerror}; choose another, or leave --port out for a free one"
            ) from None


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _end_on_signals() -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGHUP, end)
