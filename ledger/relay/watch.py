"""What became of the transactions that were sent: mined, reverted, dropped, stuck, or taken back by a
reorganisation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ledger import telemetry
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.ids import address_of_bytes
from ledger.outbox import sendings
from ledger.outbox.sendings import Outcome
from ledger.relay.account import Order, Relayer
from ledger.relay.fees import Fees, current
from ledger.sql.engine import Database

MAX_UNSETTLED = 1_000
log = telemetry.logger("relay")


@dataclass(frozen=True)
class Chain:
    """What the node says now. nonce, final_nonce: transactions of the relayer at the head and at the
    last final block."""

    final: int
    nonce: int
    final_nonce: int


@dataclass(frozen=True)
class Patience:
    """stuck: how long a transaction may wait in the pool before more is offered; resend: before the same
    bytes are sent again."""

    stuck: timedelta = timedelta(seconds=45)
    resend: timedelta = timedelta(seconds=3)


class Watch:
    """Judges every transaction whose outcome may still change."""

    def __init__(self, rpc: Rpc, database: Database, relayer: Relayer, patience: Patience) -> None:
        self._rpc = rpc
        self._database = database
        self._relayer = relayer
        self._patience = patience

    def look(self, chain: Chain, now: datetime) -> None:
        """One round. Raises NodeError."""
        with self._database.read() as read:
            rows = sendings.unsettled(read, self._relayer.address_bytes, MAX_UNSETTLED)
        if not rows:
            return
        calls = [("eth_getTransactionReceipt", ["0x" + row.tx_hash.hex()]) for row in rows]
        receipts = self._rpc.batch(calls)
        by_nonce: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
        for row, receipt in zip(rows, receipts, strict=True):
            by_nonce[row.nonce].append((row, receipt))
        waiting = [row for nonce in sorted(by_nonce) for row in self._judge(by_nonce[nonce], chain)]
        if waiting:
            self._push(waiting, now)

    def _judge(self, same_nonce: list[tuple[Any, Any]], chain: Chain) -> list[Any]:
        """Keeps what is known of the transactions of one nonce; the newest one where none is in a block."""
        mined = next((receipt for _, receipt in same_nonce if receipt is not None), None)
        if mined is None:
            return self._without_block([row for row, _ in same_nonce], chain)
        block = int(mined["blockNumber"], 16)
        for row, receipt in same_nonce:
            if receipt is None:
                outcome = Outcome.REPLACED
            else:
                outcome = Outcome.MINED if int(receipt["status"], 16) == 1 else Outcome.REVERTED
            self._keep(row, outcome, block, bytes.fromhex(mined["blockHash"][2:]), block <= chain.final)
        return []

    def _without_block(self, rows: Sequence[Any], chain: Chain) -> list[Any]:
        if rows[0].nonce < chain.final_nonce:
            for row in rows:  # somebody else used the relayer's key: this nonce will not come back
                self._keep(row, Outcome.LOST, None, None, True)
            return []
        for row in rows:
            self._keep(row, Outcome.PENDING, None, None, False)
        return [rows[-1]] if rows[0].nonce >= chain.nonce else []

    def _keep(
        self, row: Any, outcome: Outcome, block: int | None, block_hash: bytes | None, settled: bool
    ) -> None:
        if (row.state, row.block, row.block_hash, row.settled) == (outcome, block, block_hash, settled):
            return
        if row.block is not None and block is None:
            log.warning("a reorganisation took a transaction back", operation=row.operation, nonce=row.nonce)
        if outcome is Outcome.REVERTED and row.state != Outcome.REVERTED:
            log.info("a transaction reverted without effect", operation=row.operation, nonce=row.nonce)
        with self._database.app() as app:
            sendings.judge(app, row.id, outcome, block=block, block_hash=block_hash, settled=settled)

    def _push(self, rows: Sequence[Any], now: datetime) -> None:
        """Sends again what the pool lost, and offers more where it waits too long."""
        known = self._rpc.ask([("eth_getTransactionByHash", ["0x" + row.tx_hash.hex()]) for row in rows])
        for row, found in zip(rows, known, strict=True):
            waited = now - row.sent_at
            if found is None or isinstance(found, NodeRefused):
                if waited >= self._patience.resend:
                    self._resend(row, now)
            elif waited >= self._patience.stuck:
                self._reprice(row, now)

    def _resend(self, row: Any, now: datetime) -> None:
        with self._database.app() as app:
            sendings.sent_again(app, row.id, now)
        broadcast(self._rpc, [row.raw])
        log.info("a dropped transaction was sent again", operation=row.operation, nonce=row.nonce)

    def _reprice(self, row: Any, now: datetime) -> None:
        """The same call under the same nonce for more; whichever is mined, the act takes effect once."""
        fees = current(self._rpc).above(Fees(int(row.max_fee), int(row.priority_fee)))
        with self._database.app() as app:
            call = sendings.call_of(app, row.operation)
            order = Order(row.operation, address_of_bytes(call.contract), call.calldata, row.nonce, row.gas)
            signed = self._relayer.sign(order, fees)
            sendings.record(app, signed, now)
        broadcast(self._rpc, [signed.raw])
        log.info("a stuck transaction offers more", operation=row.operation, max_fee=fees.max_fee)


def broadcast(rpc: Rpc, raws: Sequence[bytes]) -> None:
    """Hands transactions to the node, in their order. What it refuses stays written down, and is looked
    at again."""
    answers = rpc.ask([("eth_sendRawTransaction", ["0x" + raw.hex()]) for raw in raws])
    for answer in answers:
        if isinstance(answer, NodeRefused) and not _is_known(answer):
            log.warning("the node did not take a transaction", reason=answer.message)


def _is_known(answer: NodeRefused) -> bool:
    text = answer.message.lower()
    return "already known" in text or "already imported" in text or "nonce too low" in text
