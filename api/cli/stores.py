"""The two stores that a process stands between, chain and SQL, as the settings or a running `duebill up` name them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from api.cli.local_network import DEPLOYMENT_FILE, STATE_FILE
from ledger.chain.deployment import Deployment
from ledger.chain.rpc import Rpc
from ledger.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Stores:
    """database: URL of PostgreSQL."""

    rpc: Rpc
    database: str
    deployment: Deployment


def stores(settings: Settings) -> Stores:
    """What the settings name; what they leave out is that of the `duebill up` which runs over the home.

    Raises click.ClickException that says what is missing, BadField for a deployment file that is none."""
    running = _running(settings.home)
    rpc = settings.rpc_url or running.get("rpc")
    database = settings.database_url or running.get("database")
    if not rpc or not database:
        raise click.ClickException(
            f"no `duebill up` runs over {settings.home}; start one, or set DUEBILL_RPC_URL and DUEBILL_DATABASE_URL"
        )
    path = Path(settings.deployment) if settings.deployment else settings.home / DEPLOYMENT_FILE
    if not path.is_file():
        raise click.ClickException(
            f"no deployment file at {path}; `duebill deploy` writes one, DUEBILL_DEPLOYMENT names it"
        )
    return Stores(rpc=Rpc(rpc), database=database, deployment=Deployment.read(path))


def _running(home: Path) -> Mapping[str, Any]:
    path = home / STATE_FILE
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found
