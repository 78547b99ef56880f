"""The mirror's loop: behind the node's head block by block, or batch by batch where it is far behind."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from ledger.chain import headers
from ledger.chain.deployment import Deployment
from ledger.chain.headers import Header
from ledger.chain.rpc import NodeError, Rpc
from ledger.domain.hashing import keccak
from ledger.mirror import reorg, stored, write
from ledger.mirror.advance import Advance
from ledger.mirror.alarms import NoProgress, WrongChain
from ledger.mirror.fetch import BlocksMoved
from ledger.mirror.stored import Checkpoint, Connection
from ledger.sql.engine import Database
from ledger.telemetry import logger

log = logger("mirror")

_LOCK = 0x6475_6562_696C_6C02
_POLL_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 5.0
_MOST_MOVES = 500


@dataclass(frozen=True, kw_only=True)
class FollowOptions:
    """until_head: ends once the node's head is stored; patience_seconds: how long node or database may stay away."""

    until_head: bool = False
    patience_seconds: int = 600


class Mirror:
    """Follows one chain into one database. Raises MirrorAlarm, UnknownEvent, LogMalformed: then it has stopped for good."""

    def __init__(
        self, rpc: Rpc, database: Database, deployment: Deployment, options: FollowOptions | None = None
    ) -> None:
        self._rpc = rpc
        self._database = database
        self._deployment = deployment
        self._options = options or FollowOptions()
        self._stored: Checkpoint | None = None
        self._moved = 0

    def run(self, stop: threading.Event) -> None:
        """Follows until `stop` is set; goes on by itself after failures that may pass."""
        failing_since: float | None = None
        pause = _POLL_SECONDS
        while not stop.is_set():
            try:
                with self._as_only_writer(stop) as connection:
                    for _ in self._steps(connection, stop):
                        failing_since, pause = None, _POLL_SECONDS
                return
            except (NodeError, psycopg.OperationalError) as failed:
                now = time.monotonic()
                failing_since = now if failing_since is None else failing_since
                if now - failing_since > self._options.patience_seconds:
                    raise NoProgress(int(now - failing_since), str(failed)) from failed
                log.warning("will try again", reason=str(failed)[:500])
                stop.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    @contextmanager
    def _as_only_writer(self, stop: threading.Event) -> Iterator[Connection]:
        with self._database.mirror() as session:
            connection = session.connection
            waits = False
            while not stop.is_set() and not _take_lock(connection):
                if not waits:
                    log.info("another mirror writes; this one stands ready")
                    waits = True
                stop.wait(0.2)
            yield connection

    def _steps(self, connection: Connection, stop: threading.Event) -> Iterator[None]:
        """Yields after each look at the node."""
        if stop.is_set():
            return
        self._stored = stored.checkpoint(connection)
        self._require_one_chain()
        decoders = self._deployment.decoders()
        write.keep_layouts(connection, decoders.layouts())
        with Advance(self._rpc, connection, self._deployment, decoders) as advance:
            while not stop.is_set():
                has_moved = self._look(connection, advance)
                yield
                if not has_moved and self._options.until_head:
                    return
                if not has_moved:
                    stop.wait(_POLL_SECONDS)

    def _look(self, connection: Connection, advance: Advance) -> bool:
        """One look at the node's head, and what follows from it; False where nothing did."""
        head = headers.latest(self._rpc)
        if self._stored is not None:
            if head.hash == self._stored.hash:
                return False
            if not reorg.stands(self._rpc, connection, self._stored, head):
                return self._undo(connection, head)
            if head.number <= self._stored.number:
                return False
        try:
            self._stored = advance.towards(head, self._stored)
            self._moved = 0
        except BlocksMoved:
            self._moved += 1
            log.debug("the chain moved while it was read", head=head.number, times=self._moved)
            if self._moved > _MOST_MOVES:
                raise NoProgress(0, "the node's blocks and logs do not belong together") from None
            time.sleep(_POLL_SECONDS)
        return self._stored is not None or head.number >= self._deployment.first_block

    def _undo(self, connection: Connection, head: Header) -> bool:
        before = self._stored
        assert before is not None
        emitters = list(self._deployment.emitters.values())
        self._stored = reorg.undo(self._rpc, connection, before, head, emitters)
        log.info("blocks undone", from_block=before.number, to_block=self._stored.number)
        return True

    def _require_one_chain(self) -> None:
        chain_id = int(self._rpc.call("eth_chainId"), 16)
        _require("chain id of the node", chain_id, self._deployment.chain_id)
        (genesis,) = headers.by_number(self._rpc, [0])
        found = "none" if genesis is None else f"0x{genesis.hash}"
        _require("genesis of the node", found, self._deployment.genesis_hash)
        self._require_known_code()
        if self._stored is not None:
            _require("chain id of the database", self._stored.chain_id, self._deployment.chain_id)
            _require("first block of the database", self._stored.first_number, self._deployment.first_block)

    def _require_known_code(self) -> None:
        """Another code tells other events; where there is none yet, a node that lags will show it later."""
        emitters = self._deployment.emitters
        codes = self._rpc.batch([("eth_getCode", [f"0x{each}", "latest"]) for each in emitters.values()])
        for name, code in zip(emitters, codes, strict=True):
            if code != "0x":
                found = "0x" + keccak(bytes.fromhex(code[2:])).hex()
                _require(f"code of {name}", found, self._deployment.code_hashes[name])


def _take_lock(connection: Connection) -> bool:
    row = connection.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    return row is not None and bool(row[0])


def _require(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise WrongChain(what, str(found), str(expected))
