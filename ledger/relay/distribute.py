"""What is due is paid out at once: the relay enqueues `distribute` for pieces that have something due."""

from datetime import datetime

from ledger.chain.abi import artefact, functions
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, address_bytes
from ledger.outbox.queue import Waiting, enqueue, is_waiting
from ledger.queries.payouts import Due, due_pieces
from ledger.sql.engine import Database

LARGEST_BATCH = 100
"""Pieces paid out by one transaction."""


class Distributor:
    """Looks for due pieces at the stored head."""

    def __init__(self, database: Database, ledger: Address) -> None:
        self._database = database
        self._ledger = ledger
        self._function = functions(artefact("Ledger")["abi"])["distribute"]

    def distribute(self, now: datetime) -> None:
        """Enqueues each payout once: its receivable, level, what was brought and pieces are its reason."""
        with self._database.read() as read:
            found = [each for due in due_pieces(read) for each in _batches(due)]
            new = [each for each in found if not is_waiting(read, _reason(each))]
        for each in new:
            receivable = int.from_bytes(each.receivable)
            call = Waiting(
                kind="distribute",
                contract=address_bytes(self._ledger),
                calldata=bytes.fromhex(self._function.data(receivable, list(each.starts))[2:]),
                reason=_reason(each),
            )
            with self._database.app() as app:
                enqueue(app, call, now)


def _batches(due: Due) -> list[Due]:
    return [
        Due(due.receivable, due.level, due.brought, due.starts[first : first + LARGEST_BATCH])
        for first in range(0, len(due.starts), LARGEST_BATCH)
    ]


def _reason(due: Due) -> str:
    pieces = keccak(repr(due.starts).encode()).hex()[:16]
    return f"distribute:{due.receivable.hex()}:{due.level}:{due.brought}:{pieces}"
