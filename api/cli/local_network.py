"""The local network of a home: chain, PostgreSQL and contracts, made where there are none."""

import json
import secrets
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_account import Account

from api.cli.founding import make_local_founding, read_founding
from ledger.chain.creations import DAY_SECONDS, parties_address
from ledger.chain.deploy import deploy, next_nonce
from ledger.chain.deployment import Deployment
from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.domain.acts import Domain
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, ChainTime, address_of_bytes
from ledger.mirror.shortened import follow_shortened_chain
from ledger.outbox.queue import reopen
from ledger.outbox.sendings import unsettle
from ledger.queries.operations import lost_operations, lost_sendings
from ledger.settings import Settings
from ledger.sql.embedded import EmbeddedPostgres
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade
from ledger.telemetry import logger

log = logger("up")

DEPLOYMENT_FILE = "deployment.json"
RELAYER_FILE = "relayer.key"
STATE_FILE = "up.json"
_ETHER = 10**24
LOCAL_MINTER = address_of_bytes(keccak(b"duebill local minter")[12:])
"""Mints the local settlement token; nobody has its key."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """What the service's processes stand on. rpc, database: their URLs; deployment, relayer: files.

    own: the servers among them that this process runs itself.
    """

    rpc: str
    database: str
    deployment: Path
    relayer: Path
    own: tuple[LocalChain | EmbeddedPostgres, ...] = ()

    def ensure_running(self) -> None:
        """Raises ChainFailed or DatabaseFailed when a server of our own has ended by itself."""
        for each in self.own:
            each.ensure_running()


@dataclass(frozen=True, kw_only=True)
class LocalOptions:
    """block_seconds: wall time between blocks; finality: of a new deployment, `tag | depth:N | instant`."""

    block_seconds: float = 0.25
    finality: str = "depth:2"


def relayer_key(home: Path) -> bytes:
    """The relayer's key, made at the first start; a file that only its owner reads."""
    path = home / RELAYER_FILE
    if not path.exists():
        path.touch(0o600)
        path.write_text("0x" + secrets.token_bytes(32).hex(), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii").strip()[2:])


def open_network(
    settings: Settings, running: ExitStack, *, founding: Path | None, desks: Path, options: LocalOptions
) -> Network:
    """Starts what `settings` does not name elsewhere; `running` ends it again.

    Raises ChainFailed, DatabaseInUse, DatabaseFailed, DeploymentFailed, BadField.
    """
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    own: list[LocalChain | EmbeddedPostgres] = []
    if not settings.database_url:
        own.append(running.enter_context(EmbeddedPostgres(home)))
    database = settings.database_url or own[0].url
    upgrade(database)
    if not settings.rpc_url:
        own.append(running.enter_context(_local_chain(settings, options.block_seconds)))
    rpc = settings.rpc_url or own[-1].url
    deployment = home / DEPLOYMENT_FILE
    if not deployment.exists():
        _write_aside(deployment, _make_deployment(settings, Rpc(rpc), founding, desks, options.finality))
    elif not settings.rpc_url:
        _go_on(rpc, database, deployment)
    return Network(
        rpc=rpc, database=database, deployment=deployment, relayer=home / RELAYER_FILE, own=tuple(own)
    )


def _make_deployment(
    settings: Settings, rpc: Rpc, founding: Path | None, desks: Path, finality: str
) -> dict[str, Any]:
    """Creates the contracts from the relayer's account; the deployment file's content.

    On a local chain the relayer is given ether, and without a founding file the desks of operator and auditor are made.
    """
    is_local = not settings.rpc_url
    key = relayer_key(settings.home)
    sender = Address(Account.from_key(key).address)
    if is_local:
        rpc.call("anvil_setBalance", sender, hex(_ETHER))
    nonce = next_nonce(rpc, sender)
    path = founding or _local_founding(settings, rpc, desks, parties_address(sender, nonce))
    parts = read_founding(path, sender, minter=LOCAL_MINTER if is_local else None)
    return deploy(rpc, key, parts, nonce, name="local", finality=finality).to_json()


def _local_founding(settings: Settings, rpc: Rpc, desks: Path, parties: Address) -> Path:
    domain = Domain(int(rpc.call("eth_chainId"), 16), parties)
    now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    return make_local_founding(desks, domain, ChainTime(now + DAY_SECONDS), settings.keystore_cost)


def write_state(home: Path, state: dict[str, Any]) -> None:
    """Says in home/up.json what runs where, for tools that find it by the home."""
    _write_aside(home / STATE_FILE, state)


def _local_chain(settings: Settings, block_seconds: float) -> LocalChain:
    options = ChainOptions(block_seconds=block_seconds, accounts=0)
    return LocalChain(settings.home, settings.tools / "anvil", options)


def _go_on(rpc: str, url: str, deployment: Path) -> None:
    """Where the last end was no orderly one, the chain may have lost blocks that SQL has; SQL then follows the chain."""
    database = Database(url)
    with database.mirror() as session:
        emitters = list(Deployment.read(deployment).emitters.values())
        lost = follow_shortened_chain(Rpc(rpc), session.connection, emitters)
    with database.app() as app:
        again = lost_operations(app)
        reopen(app, again)
        unsettle(app, lost_sendings(app))
    database.close()
    if lost:
        log.warning(
            "the local chain lost its last blocks; SQL goes back with it", blocks=lost, sent_again=len(again)
        )


def _write_aside(path: Path, content: dict[str, Any]) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(content, indent=1), encoding="utf-8")
    aside.replace(path)
