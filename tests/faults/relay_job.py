"""Some rounds of the relay as a job for tests/faults/victims.py."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.chain.deployment import Deployment
from ledger.chain.rpc import Rpc
from ledger.relay.account import Relayer
from ledger.relay.loop import Options, Relay
from ledger.relay.watch import Patience
from ledger.sql.engine import Database


def run(node: str, database: str, deployment: dict[str, Any], key: str, ahead_seconds: int) -> None:
    """Two rounds, the second with a block behind the first; the clock runs ahead, so that pauses are over."""
    rpc, place = Rpc(node), Deployment.of_json(deployment)
    options = Options(
        patience=Patience(stuck=timedelta(hours=10), resend=timedelta(0)),
        clock=lambda: datetime.now(UTC) + timedelta(seconds=ahead_seconds),
    )
    relay = Relay(rpc, Database(database), place, Relayer(bytes.fromhex(key), place.chain_id), options)
    relay.round()
    rpc.call("evm_mine")
    relay.round()
