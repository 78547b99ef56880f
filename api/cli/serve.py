"""`duebill serve`: the HTTP API, until it is ended."""

import os
import socket
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click
import uvicorn

from api.app import create_app
from api.auth.ethereum import Place
from api.cli.stores import stores
from api.news import News
from api.service import Service
from ledger import telemetry
from ledger.settings import Settings
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade
from ledger.workflows.node import Node


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 takes a free one.")
def serve(host: str, port: int) -> None:
    """Serve the HTTP API.

    Sign-in messages name where users reach it: DUEBILL_PUBLIC_URL, or the address it listens on.

    Example: duebill serve --port 8000
    """
    settings = Settings.read(os.environ)
    telemetry.configure(settings.log_level)
    found = stores(settings)
    upgrade(found.database)
    with socket.create_server((host, port)) as listening:
        url = settings.public_url or f"http://{host}:{listening.getsockname()[1]}"
        database = Database(found.database)
        service = Service(
            database=database,
            node=Node(found.rpc, found.deployment),
            place=Place(urlsplit(url).netloc, url, found.deployment.chain_id),
            clock=lambda: datetime.now(UTC),
            news=News(database),
        )
        telemetry.logger("api").info("serving", url=url)
        config = uvicorn.Config(
            create_app(service), log_config=None, access_log=False, timeout_graceful_shutdown=5
        )
        uvicorn.Server(config).run(sockets=[listening])
        database.close()
