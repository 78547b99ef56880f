"""A town on a chain that takes blocks back: at any moment, as many as 32, and everything that was in them."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ledger.chain.finality import Finality
from ledger.chain.rpc import Rpc
from ledger.relay.loop import Options, Relay
from ledger.relay.watch import Patience
from ledger.sql.engine import Database
from tests.api.town import Town

DEEPEST = 32
FINALITY = 40
_PATIENCE = Patience(resend=timedelta(seconds=0.3))
_SECONDS = 60.0
_POLL_SECONDS = 0.02


class ShakenTown(Town):
    """Every depth from 1 to 32 comes once in an order that the seed decides, then again in another order."""

    def __init__(self, rpc: Rpc, database: Database, seed: int) -> None:
        super().__init__(rpc, database)
        self.scene.deployment = replace(self.scene.deployment, finality=Finality("depth", FINALITY))
        options = Options(pause_seconds=0.02, patience=_PATIENCE)
        self.relay = Relay(rpc, database, self.scene.deployment, self.relayer, options)
        self.random = random.Random(seed)
        self.shaken: list[int] = []
        self._depths: list[int] = []
        # What was founded and admitted before the service began is sent by nobody again.
        self.scene.mine(FINALITY)

    def shake(self) -> None:
        """The chain takes its newest blocks back; empty ones stand in their place."""
        if not self._depths:
            self._depths = self.random.sample(range(1, DEEPEST + 1), DEEPEST)
        depth = self._depths.pop()
        self.shaken.append(depth)
        self.rpc.call("anvil_reorg", depth, [])

    def hand_over(self, name: str, make: Callable[[], dict[str, Any]]) -> tuple[str, dict[str, Any]]:
        """Makes a complete draft and puts it up, and again for as long as what it stands on is taken back.

        Returns its operation, and the document that was taken.
        """
        tried: list[tuple[dict[str, Any], str]] = []

        def taken() -> str | None:
            answer = self.put_draft(name, make())
            tried.append((answer.json().get("document", {}), answer.text))
            return answer.json()["operation"] if answer.is_success else None

        operation = self.until(taken, lambda: f"the service takes it: {tried[-1][1]}")
        return operation, tried[-1][0]

    def until_standing(self, name: str, operation: str, *wanted: str) -> str:
        """The operation's status once it is one of those wanted; blocks come meanwhile."""

        def reached() -> str | None:
            status: str = self.get(name, f"/v1/operations/{operation}").json()["status"]
            return status if status in wanted else None

        return self.until(reached, lambda: self.get(name, f"/v1/operations/{operation}").text)

    def until(self, reached: Callable[[], str | None], says: Callable[[], str]) -> str:
        """Mines block after block until something is there."""
        end = time.monotonic() + _SECONDS
        while (found := reached()) is None:
            assert time.monotonic() < end, f"did not come about after reorganisations {self.shaken}: {says()}"
            self.scene.mine()
            time.sleep(_POLL_SECONDS)
        return found
