"""`duebill local …`: what only a local chain allows: moving its clock, making test money."""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from api.cli.local_network import DEPLOYMENT_FILE, LOCAL_MINTER, STATE_FILE
from ledger.chain.abi import artefact, functions
from ledger.chain.rpc import Rpc
from ledger.domain.errors import DuebillError
from ledger.settings import Settings

_WAIT_SECONDS = 30.0
_POLL_SECONDS = 0.05


@click.group()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Home of a running `duebill up`.",
)
@click.pass_context
def local(context: click.Context, home: Path | None) -> None:
    """Move a local chain's clock and make test money; for a chain that `duebill up` runs, never for a real one."""
    context.obj = home or Settings.read(os.environ).home


@local.command()
@click.argument("instant", metavar="INSTANT", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]))
@click.pass_obj
def warp(home: Path, instant: datetime) -> None:
    """Move the chain's clock forward to INSTANT (UTC).

    Example: duebill local warp 2026-05-29T00:00:00Z
    """
    rpc = Rpc(_state(home)["rpc"])
    wanted = int(instant.replace(tzinfo=UTC).timestamp())
    now = _time(rpc)
    if wanted <= now:
        raise click.ClickException(f"the chain is already at {datetime.fromtimestamp(now, UTC).isoformat()}")
    rpc.call("evm_increaseTime", hex(wanted - now))
    end = time.monotonic() + _WAIT_SECONDS
    while (now := _time(rpc)) < wanted:
        if time.monotonic() > end:
            raise click.ClickException("no block came")
        time.sleep(_POLL_SECONDS)
    click.echo(datetime.fromtimestamp(now, UTC).isoformat())


@local.command()
@click.argument("account", metavar="ACCOUNT")
@click.argument("amount", metavar="MINOR-UNITS", type=click.IntRange(1, 2**64 - 1))
@click.pass_obj
def mint(home: Path, account: str, amount: int) -> None:
    """Put test money of the settlement token into ACCOUNT.

    Example: duebill local mint 0x52908400098527886E0F7030069857D2E4169EE7 50000000
    """
    rpc = Rpc(_state(home)["rpc"])
    token = json.loads((home / DEPLOYMENT_FILE).read_text(encoding="utf-8"))["token"]
    try:
        _mint(rpc, token, account, amount)
    except DuebillError as failed:
        raise click.ClickException(f"{failed}") from failed
    click.echo(f"{account} has {amount} more")


def _mint(rpc: Rpc, token: str, account: str, amount: int) -> None:
    """Sent by the node itself for the minter, an account without a key, whose ether is there for this transaction alone."""
    data = functions(artefact("SettlementToken")["abi"])["mint"].data(account, amount)
    rpc.call("anvil_setBalance", LOCAL_MINTER, hex(10**18))
    rpc.call("anvil_impersonateAccount", LOCAL_MINTER)
    try:
        sent = rpc.call("eth_sendTransaction", {"from": LOCAL_MINTER, "to": token, "data": data})
        end = time.monotonic() + _WAIT_SECONDS
        while rpc.call("eth_getTransactionReceipt", sent) is None:
            if time.monotonic() > end:
                raise click.ClickException("no block came")
            time.sleep(_POLL_SECONDS)
    finally:
        rpc.call("anvil_stopImpersonatingAccount", LOCAL_MINTER)
        rpc.call("anvil_setBalance", LOCAL_MINTER, "0x0")


def _state(home: Path) -> dict[str, Any]:
    path = home / STATE_FILE
    if not path.exists():
        raise click.ClickException(f"no `duebill up` runs over {home}")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _time(rpc: Rpc) -> int:
    return int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
