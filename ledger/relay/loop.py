"""Outbox to chain, round after round: judge what was sent, enqueue what is due, send what waits.

Nothing is kept in memory between rounds, so that a crash at any point loses nothing: a transaction is
written down before it is sent, and whether an operation took effect is read from the mirror's tables."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy.exc import OperationalError

from ledger import telemetry
from ledger.chain.deployment import Deployment
from ledger.chain.rpc import NodeError, NodeRefused, Rpc
from ledger.domain.ids import BlockNumber
from ledger.outbox.queue import CHANNEL
from ledger.queries.refusals import NothingMirrored
from ledger.relay.account import Relayer
from ledger.relay.distribute import Distributor
from ledger.relay.send import Sender
from ledger.relay.watch import Chain, Patience, Watch
from ledger.sql.engine import Database

_LOCK = 0x6475_6562_696C_6C03
"""One relay sends; another waits for this advisory lock to take over."""
log = telemetry.logger("relay")


def _wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Options:
    """pause_seconds: between rounds where nothing is told; clock: the wall clock."""

    pause_seconds: float = 0.25
    patience: Patience = field(default_factory=Patience)
    clock: Callable[[], datetime] = _wall_clock


class Relay:
    """The relay of one key."""

    def __init__(
        self,
        rpc: Rpc,
        database: Database,
        deployment: Deployment,
        relayer: Relayer,
        options: Options | None = None,
    ) -> None:
        self._rpc = rpc
        self._database = database
        self._deployment = deployment
        self._relayer = relayer
        self._options = options or Options()
        self._watch = Watch(rpc, database, relayer, self._options.patience)
        self._sender = Sender(rpc, database, relayer)
        self._distributor = Distributor(database, deployment.ledger)

    def run(self, stop: threading.Event) -> None:
        """Goes on until `stop` is set; waits while database or node are away, or while another relay
        sends."""
        log.info("the relay begins", relayer=self._relayer.address)
        while not stop.is_set():
            try:
                with self._database.listen(CHANNEL) as connection:
                    if _locked(connection):
                        self._rounds(connection, stop)
                    else:
                        stop.wait(1.0)
            except (psycopg.OperationalError, OperationalError) as failed:
                log.warning("the database is away", reason=str(failed).splitlines()[0])
                stop.wait(1.0)

    def round(self) -> None:
        """One round. Raises NodeError, NothingMirrored."""
        now = self._options.clock()
        chain = self._chain()
        self._watch.look(chain, now)
        self._distributor.distribute(now)
        self._sender.send(chain, now)

    def _rounds(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.round()
            except NodeError as failed:
                log.warning("the node is away", reason=str(failed)[:300])
                stop.wait(1.0)
            except NothingMirrored:
                stop.wait(0.2)
            for _ in connection.notifies(timeout=self._options.pause_seconds, stop_after=1):
                pass

    def _chain(self) -> Chain:
        (number,) = self._rpc.batch([("eth_blockNumber", [])])
        head = BlockNumber(int(number, 16))
        final = self._deployment.finality.final_number(self._rpc, head)
        address = self._relayer.address
        latest, settled = self._rpc.ask(
            [
                ("eth_getTransactionCount", [address, "latest"]),
                ("eth_getTransactionCount", [address, hex(max(final, 0))]),
            ]
        )
        if isinstance(latest, NodeRefused):
            raise latest
        # A node that has dropped the state of the last final block: nothing is called lost until it answers again.
        nonce_then = 0 if isinstance(settled, NodeRefused) else int(settled, 16)
        return Chain(final, int(latest, 16), nonce_then)


def _locked(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    return bool(row and row[0])
