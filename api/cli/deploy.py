"""`duebill deploy`: the contracts, from the relayer's account, onto the node of DUEBILL_RPC_URL."""

import json
import os
from pathlib import Path

import click
from eth_account import Account

from api.cli.founding import read_founding
from api.cli.local_network import DEPLOYMENT_FILE, LOCAL_MINTER, relayer_key
from ledger.chain.creations import parties_address
from ledger.chain.deploy import deploy as create
from ledger.chain.deploy import next_nonce
from ledger.chain.local import ChainOptions
from ledger.chain.rpc import Rpc
from ledger.domain.errors import DuebillError
from ledger.domain.ids import Address, address_of_text
from ledger.settings import Settings


@click.command()
@click.option(
    "--founding",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Signed Admissions of operator and first attestor (duebill desk founder).",
)
@click.option("--name", default="local", show_default=True, help="Name of the deployment.")
@click.option("--finality", default="tag", show_default=True, help="tag | depth:N | instant")
@click.option(
    "--token", help="ERC-20 in which EUR is paid; without it a settlement token for local use is created."
)
@click.option("--json", "as_json", is_flag=True, help="Without --founding: answer with one JSON object.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Deployment file to write.")  # fmt: skip
def deploy(
    founding: Path | None, name: str, finality: str, token: str | None, as_json: bool, output: Path | None
) -> None:
    """Create the contracts, and write where they lie.

    Without --founding it only says for which address the founding parties have to sign, and which account pays; where no node is
    named, on the fresh local chain that `duebill up` starts over this home.

    Example: duebill deploy --founding founding.json --finality depth:12 -o deployments/test.json
    """
    settings = Settings.read(os.environ)
    settings.home.mkdir(parents=True, exist_ok=True)
    key = relayer_key(settings.home)
    sender = Address(Account.from_key(key).address)
    try:
        if founding is None:
            _say_what_is_needed(settings.rpc_url, sender, as_json=as_json)
            return
        rpc = Rpc(settings.rpc_url)
        nonce = next_nonce(rpc, sender)
        parts = read_founding(
            founding,
            sender,
            minter=None if token else LOCAL_MINTER,
            token=address_of_text(token) if token else None,
        )
        made = create(rpc, key, parts, nonce, name=name, finality=finality).to_json()
    except (DuebillError, OSError) as failed:
        raise click.ClickException(f"{failed}") from failed
    path = output or settings.home / DEPLOYMENT_FILE
    path.write_text(json.dumps(made, indent=1), encoding="utf-8")
    click.echo(f"{path}: ledger {made['ledger']}, parties {made['parties']}, rules {made['rules']}")


def _say_what_is_needed(url: str, sender: Address, *, as_json: bool) -> None:
    chain_id, nonce = ChainOptions().chain_id, 0
    if url:
        rpc = Rpc(url)
        chain_id, nonce = int(rpc.call("eth_chainId"), 16), next_nonce(rpc, sender)
    parties = parties_address(sender, nonce)
    if as_json:
        click.echo(json.dumps({"deployer": sender, "chain_id": chain_id, "parties": parties}))
        return
    click.echo(f"account that pays: {sender}")
    click.echo("operator and attestor sign with:")
    click.echo(f"  duebill desk founder --chain-id {chain_id} --parties {parties} --until DATE")
