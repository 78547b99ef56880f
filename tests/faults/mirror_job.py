"""The mirror as a job for tests/faults/victims.py."""

import threading
from typing import Any

from ledger.chain.deployment import Deployment
from ledger.chain.rpc import Rpc
from ledger.mirror.follow import FollowOptions, Mirror
from ledger.sql.engine import Database


def run(node: str, database: str, deployment: dict[str, Any]) -> None:
    """Mirrors up to the node's head."""
    options = FollowOptions(until_head=True, patience_seconds=5)
    Mirror(Rpc(node), Database(database), Deployment.of_json(deployment), options).run(threading.Event())
