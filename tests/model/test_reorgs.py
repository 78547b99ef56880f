"""Blocks are taken back in the middle of everything, 1 to 32 at a time: every act takes effect once, and SQL is the chain.

TEST_SEEDS=17 repeats a run: it decides which depth comes when, and between which steps.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.sql.engine import Database
from ledger.sql.tables import book, outbox
from tests.mirror.copies import catch_up, everything, verified
from tests.model.seeds import seeds
from tests.model.shaken import DEEPEST, FINALITY, ShakenTown
from tests.model.workload import Debt, Document, Step

_DEBTS = 4
ENDED = ("final", "failed", "expired")


@pytest.fixture
def chain(tools: Path, tmp_path: Path) -> Iterator[Rpc]:
    """A chain that mines each transaction at once."""
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as running:
        yield Rpc(running.url)


@pytest.mark.parametrize("seed", seeds(1))
def test_every_act_takes_effect_once(
    chain: Rpc, database: Database, another_database: Database, seed: int
) -> None:
    with ShakenTown(chain, database, seed) as town:
        town.caught_up()
        debts = [Debt(town, f"debt {seed} {at}", 3_000_000 + at) for at in range(_DEBTS)]
        handed = [operation for debt in debts for operation in play(town, debt)]
        for name, operation in handed:
            assert town.until_standing(name, operation, *ENDED) == "final"
        paid_out(town, debts)
        settle(town, database)

    assert set(town.shaken) == set(range(1, DEEPEST + 1))
    once_each(database, len(handed))
    verified(town.scene, database)
    catch_up(town.scene, another_database)
    assert everything(database) == everything(another_database)


def play(town: ShakenTown, debt: Debt) -> list[tuple[str, str]]:
    """All steps of a debt, with the chain shaken at each; who handed over, and the operation."""
    handed: list[tuple[str, str]] = []
    steps = debt.steps()
    step = next(steps)
    while True:
        operation, document = one_step(town, step)
        handed.append((step[0], operation))
        try:
            step = steps.send(document)
        except StopIteration:
            return handed


def one_step(town: ShakenTown, step: Step) -> tuple[str, Document]:
    """Hands one act over; blocks are taken back at once, or as soon as it is mined, or some blocks later, or twice."""
    name, make = step
    operation, document = town.hand_over(name, make)
    moment = town.random.choice(("at once", "mined", "later", "twice"))
    if moment != "at once":
        town.until_standing(name, operation, "mined", "final")
    if moment == "later":
        town.scene.mine(town.random.randrange(1, 31))
    town.shake()
    if moment == "twice":
        town.shake()
    town.until_standing(name, operation, "mined", "final")
    return operation, document


def paid_out(town: ShakenTown, debts: list[Debt]) -> None:
    """The relay pays out what is due by itself; it does so until every piece has all."""
    for debt in debts:
        third = debt.face // 3

        def full(debt: Debt = debt, third: int = third) -> str | None:
            pieces = [town.scene.piece(debt.receivable, start) for start in (0, third, 2 * third)]
            return "paid" if all(length == paid for _, length, paid, _, _, _ in pieces) else None

        town.until(full, lambda: "payouts")


def settle(town: ShakenTown, database: Database) -> None:
    """Mines until the relay has nothing left to do, and the mirror has everything."""

    def nothing_open() -> str | None:
        with database.read() as read:
            open_ = read.scalar(
                select(func.count()).select_from(outbox.operation).where(outbox.operation.c.closed.is_(False))
            )
        return None if open_ else "nothing"

    town.scene.mine(FINALITY)
    town.until(nothing_open, lambda: "the relay is done")
    town.caught_up()


def once_each(database: Database, handed: int) -> None:
    """Each act has one place on the chain; what was sent beyond that had no effect, and is counted as such."""
    with database.read() as read:
        acts = [bytes(row.act) for row in read.rows(select(outbox.operation.c.act)) if row.act is not None]
        stored = [bytes(row.act) for row in read.rows(select(book.act.c.act))]
        states = [row.state for row in read.rows(select(outbox.sending.c.state))]
        done = read.rows(select(outbox.sending.c.operation).where(outbox.sending.c.state == "mined"))
    assert len(acts) == len(set(acts)) == handed
    assert all(stored.count(act) == 1 for act in acts)
    assert set(states) <= {"mined", "reverted", "replaced"}
    mined = [row.operation for row in done]
    assert len(mined) == len(set(mined)), "an operation succeeded twice"
