"""Acts of the scene's parties into the outbox, and the relay's rounds one at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ledger.chain.abi import artefact, functions
from ledger.domain.acts import Act, Domain, Split, Transfer, deadline_of, digest, to_abi
from ledger.domain.hashing import keccak
from ledger.domain.ids import ChainTime, ReceivableId, address_bytes
from ledger.domain.units import Amount
from ledger.outbox import sendings
from ledger.outbox.queue import Waiting, enqueue
from ledger.queries.operations import Standing, standing
from ledger.queries.pins import head
from ledger.relay.account import Relayer
from ledger.relay.loop import Options, Relay
from ledger.relay.watch import Patience
from ledger.sql.engine import Database
from ledger.sql.tables import outbox
from tests.chain.founders import address_of, key_of, sign
from tests.mirror.copies import catch_up
from tests.mirror.scene import NONE, SECOND, SUPPLIER, Scene

RELAYER_KEY = keccak(b"relayer of the tests")
AT_ONCE = Patience(stuck=timedelta(hours=1), resend=timedelta(0))
"""Sends again what the pool has lost; never offers more."""


@dataclass
class Desk:
    """One relay over one chain and database."""

    scene: Scene
    database: Database
    patience: Patience = AT_ONCE

    def __post_init__(self) -> None:
        self.relayer = Relayer(RELAYER_KEY, self.scene.deployment.chain_id)
        self.scene.rpc.call("anvil_setBalance", self.relayer.address, hex(10**22))
        self.ahead = timedelta(0)
        catch_up(self.scene, self.database)

    def relay(self) -> Relay:
        """A relay that remembers nothing."""
        options = Options(patience=self.patience, clock=lambda: datetime.now(UTC) + self.ahead)
        return Relay(self.scene.rpc, self.database, self.scene.deployment, self.relayer, options)

    def round(self) -> None:
        """The mirror up to the head, then one round of the relay; a second later than the one before."""
        catch_up(self.scene, self.database)
        self.ahead += timedelta(seconds=2)
        self.relay().round()

    def mine(self) -> None:
        """A block with whatever waits in the pool."""
        self.scene.mine(1)

    def enqueue(self, function: str, act: Act, *names: str) -> str:
        """A signed act into the outbox; its operation."""
        domain = Domain(self.scene.deployment.chain_id, self.scene.deployment.ledger)
        over = digest(act, domain)
        signatures = [(address_of(key_of(name)), sign(key_of(name), over)) for name in names]
        calldata = functions(artefact("Ledger")["abi"])[function].data(to_abi(act), signatures)
        call = Waiting(
            kind=function,
            contract=address_bytes(self.scene.deployment.ledger),
            calldata=bytes.fromhex(calldata[2:]),
            act=over,
            deadline=deadline_of(act),
        )
        with self.database.app() as app:
            return enqueue(app, call, datetime.now(UTC))

    def split(self, receivable: ReceivableId, *parts: int, version: int = 1, days: int = 7) -> str:
        """The supplier cuts the piece at 0."""
        act = Split(receivable, 0, version, tuple(Amount(part) for part in parts), self.soon(days))
        return self.enqueue("split", act, "supplier")

    def transfer(self, receivable: ReceivableId, amount: int, version: int = 1) -> str:
        """The supplier passes the right end of the piece at 0 on."""
        act = Transfer(
            receivable, 0, version, Amount(amount), SUPPLIER, SECOND, Amount(0), Amount(0), False, NONE, NONE,
            self.soon(7),
        )  # fmt: skip
        return self.enqueue("transfer", act, "supplier", "second")

    def soon(self, days: int) -> ChainTime:
        """A deadline by the chain's time."""
        return ChainTime(self.scene.now() + days * 86_400)

    def stands(self, operation: str) -> Standing:
        """Where an operation stands."""
        catch_up(self.scene, self.database)
        with self.database.read() as read:
            row = read.first(select(outbox.operation).where(outbox.operation.c.id == operation))
            return standing(read, row, head(read))

    def sent(self, operation: str) -> list[Any]:
        """Its transactions, oldest first."""
        with self.database.read() as read:
            return sendings.of_operation(read, operation)

    def until_final(self, operation: str) -> Standing:
        """Rounds and blocks until it is final, failed or expired."""
        for _ in range(12):
            self.round()
            self.mine()
            stands = self.stands(operation)
            if stands.status in ("final", "failed", "expired"):
                self.round()
                return stands
        raise AssertionError(f"{operation} stays {stands}")
