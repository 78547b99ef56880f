"""Operations that wait become transactions: estimated, signed, written down, and only then sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ledger import telemetry
from ledger.chain.reverts import Reverts
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.errors import ContractRefused
from ledger.domain.ids import address_of_bytes
from ledger.outbox import queue, sendings
from ledger.outbox.sendings import Outcome
from ledger.queries.operations import ENDED, Status, error_stands, standing
from ledger.queries.pins import head
from ledger.relay.account import Order, Relayer
from ledger.relay.fees import MOST_GAS, current, gas_limit
from ledger.relay.lasting import lasts
from ledger.relay.watch import Chain, broadcast
from ledger.sql.engine import Database
from ledger.sql.sessions import Read

_LIVE = (Outcome.PENDING, Outcome.MINED)
_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=60)
log = telemetry.logger("relay")


@dataclass(frozen=True)
class _Estimate:
    row: Any
    gas: int


class Sender:
    """Sends what is open and has no transaction under way."""

    def __init__(self, rpc: Rpc, database: Database, relayer: Relayer) -> None:
        self._rpc = rpc
        self._database = database
        self._relayer = relayer
        self._reverts = Reverts.of_artefacts()

    def send(self, chain: Chain, now: datetime) -> None:
        """One round. Raises NodeError."""
        ready = self._ready(now)
        if not ready:
            return
        estimates = self._estimated(ready, now)
        if not estimates:
            return
        fees = current(self._rpc)
        with self._database.app() as app:
            nonce = sendings.next_nonce(app, self._relayer.address_bytes, chain.nonce)
            signed = []
            for at, each in enumerate(estimates):
                to = address_of_bytes(each.row.contract)
                order = Order(each.row.id, to, each.row.calldata, nonce + at, each.gas)
                signed.append(self._relayer.sign(order, fees))
            for transaction in signed:
                sendings.record(app, transaction, now)
        broadcast(self._rpc, [each.raw for each in signed])
        for transaction in signed:
            log.info("sent", operation=transaction.operation, nonce=transaction.nonce, gas=transaction.gas)

    def _ready(self, now: datetime) -> list[Any]:
        """Operations that need a transaction; closes those that have ended."""
        ready, ended = [], []
        with self._database.read() as read:
            at = head(read)
            for row in queue.open_operations(read, now):
                stands = standing(read, row, at)
                if stands.status in ENDED:
                    ended.append((row.id, stands))
                elif stands.status is not Status.MINED and not _is_under_way(read, row.id):
                    ready.append(row)
        if ended:
            with self._database.app() as app:
                queue.close(app, [operation for operation, _ in ended])
        for operation, stands in ended:
            log.info("closed", operation=operation, status=str(stands.status), reverted=stands.reverted)
        return ready

    def _estimated(self, rows: list[Any], now: datetime) -> list[_Estimate]:
        """Those that the node would let through; the contract's answer to the others is kept."""
        answers = self._rpc.ask(
            [("eth_getBlockByNumber", ["latest", False])]
            + [("eth_estimateGas", [self._question(row), "latest"]) for row in rows]
        )
        block, found = answers[0], []
        if isinstance(block, NodeRefused):
            raise block
        for row, answer in zip(rows, answers[1:], strict=True):
            refusal = self._refusal(answer)
            gas = None if refusal is not None else gas_limit(int(answer, 16))
            if gas is not None:
                found.append(_Estimate(row, gas))
                continue
            refusal = refusal or ContractRefused("AboveGas", {"found": int(answer, 16), "limit": MOST_GAS})
            self._refuse(row, refusal, block, now)
        return found

    def _question(self, row: Any) -> dict[str, str]:
        return {
            "from": self._relayer.address,
            "to": address_of_bytes(row.contract),
            "data": "0x" + row.calldata.hex(),
        }

    def _refusal(self, answer: Any) -> ContractRefused | None:
        if not isinstance(answer, NodeRefused):
            return None
        if answer.data is None and "revert" not in answer.message.lower():
            return ContractRefused("Unexplained", {"message": answer.message[:200]})
        return self._reverts.refusal(answer.data)

    def _refuse(self, row: Any, refusal: ContractRefused, block: Any, now: datetime) -> None:
        error: dict[str, object] = {"code": refusal.problem_code, "fields": _plain(refusal.fields)}
        kept = queue.Refusal(
            error,
            int(block["number"], 16),
            bytes.fromhex(block["hash"][2:]),
            lasts=lasts(refusal),
        )
        # What lasts is only looked at again to see it become final; what may pass, more and more rarely.
        waited = now - row.created_at
        pause = _PAUSE if kept.lasts else min(max(_PAUSE, waited / 4), _LONGEST_PAUSE)
        if row.error != error:
            log.info("refused by the contract", operation=row.id, code=refusal.problem_code)
        with self._database.app() as app:
            if kept.lasts and row.error == error and error_stands(app, row):
                kept = queue.Refusal(error, row.error_block, row.error_hash, lasts=True)
            queue.refuse(app, row.id, kept, now + pause)


def _is_under_way(read: Read, operation: str) -> bool:
    return any(each.state in _LIVE for each in sendings.of_operation(read, operation))


def _plain(fields: dict[str, object]) -> dict[str, object]:
    return {
        name: str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in fields.items()
    }
