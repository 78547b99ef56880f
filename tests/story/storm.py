"""Blocks that are taken back while somebody else works on the chain."""

import random
import threading
import time
from typing import Self

from ledger.chain.rpc import Rpc

DEEPEST = 32
FINALITY = 40
_BLOCK_SECONDS = 0.05
_PAUSE_SECONDS = (1.0, 4.0)


class Storm:
    """Reorganisations of depth 1 to 32 at random moments, from `with` until `calm`; the seed decides depths and pauses.

    It makes the blocks too, one after the other with what it takes back: anvil loses a block of its own steady mining
    when that falls into a reorganisation, and a chain with a hole is none.
    """

    def __init__(self, rpc: Rpc, seed: int) -> None:
        self.depths: list[int] = []
        self._rpc = rpc
        self._random = random.Random(seed)
        self._calm, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._blow, daemon=True)

    def __enter__(self) -> Self:
        self._rpc.call("evm_setIntervalMining", 0)
        # What was done before without the relay would not be done again, so it has to be final.
        for _ in range(FINALITY):
            self._rpc.call("evm_mine")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join(30)

    def calm(self) -> None:
        """From now on blocks come and stay."""
        self._calm.set()

    def _blow(self) -> None:
        due = self._next()
        while not self._ends.wait(_BLOCK_SECONDS):
            self._rpc.call("evm_mine")
            if time.monotonic() >= due and not self._calm.is_set():
                depth = self._random.randint(1, DEEPEST)
                self._rpc.call("anvil_reorg", depth, [])
                self.depths.append(depth)
                due = self._next()

    def _next(self) -> float:
        return time.monotonic() + self._random.uniform(*_PAUSE_SECONDS)
