"""An act in the outbox takes effect once, whatever the pool, the chain or others do meanwhile."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from ledger.domain.ids import ReceivableId
from ledger.queries.operations import Status
from ledger.relay.fees import MOST_GAS, Fees, gas_limit
from ledger.relay.watch import Patience
from ledger.sql.tables import outbox
from tests.mirror.copies import catch_up
from tests.mirror.scene import SECOND, SUPPLIER
from tests.relay.desk import Desk

FACE = 30_000_000


@pytest.fixture
def receivable(desk: Desk) -> ReceivableId:
    """One of the supplier, uncut."""
    return desk.scene.confirm()


@pytest.fixture
def pool(desk: Desk, receivable: ReceivableId) -> Iterator[Desk]:
    """A chain that mines only when the test says so."""
    desk.scene.rpc.call("evm_setAutomine", False)
    yield desk
    desk.scene.rpc.call("evm_setAutomine", True)


def is_closed(desk: Desk, operation: str) -> bool:
    with desk.database.read() as read:
        return bool(read.scalar(select(outbox.operation.c.closed).where(outbox.operation.c.id == operation)))


def test_an_act_goes_from_queued_to_final(pool: Desk, receivable: ReceivableId) -> None:
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    assert pool.stands(operation).status is Status.QUEUED
    pool.round()
    assert pool.stands(operation).status is Status.SENT
    pool.mine()
    assert pool.stands(operation).status is Status.MINED
    pool.mine()
    pool.mine()
    stands = pool.stands(operation)
    assert (stands.status, stands.attempts, stands.reverted) == (Status.FINAL, 1, 0)
    pool.round()
    assert is_closed(pool, operation)
    assert pool.scene.piece(receivable, 1_000)[:2] == (SUPPLIER, FACE - 1_000)


def test_a_transaction_that_the_pool_dropped_is_sent_again(pool: Desk, receivable: ReceivableId) -> None:
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    pool.round()
    pool.scene.rpc.call("anvil_dropTransaction", "0x" + pool.sent(operation)[0].tx_hash.hex())
    pool.mine()
    assert pool.stands(operation).status is Status.SENT

    assert pool.until_final(operation).attempts == 1


def test_a_stuck_transaction_offers_more_and_only_one_takes_effect(
    pool: Desk, receivable: ReceivableId
) -> None:
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    pool.round()
    pool.patience = Patience(stuck=timedelta(0), resend=timedelta(hours=1))
    pool.round()
    first, second = pool.sent(operation)
    assert first.nonce == second.nonce
    assert second.max_fee * 8 >= first.max_fee * 9

    stands = pool.until_final(operation)

    assert stands.status is Status.FINAL
    assert {each.state for each in pool.sent(operation)} == {"mined", "replaced"}


@pytest.mark.parametrize("depth", [1, 2])
def test_what_a_reorganisation_took_back_is_sent_again(
    desk: Desk, receivable: ReceivableId, depth: int
) -> None:
    operation = desk.split(receivable, 1_000, FACE - 1_000)
    desk.round()
    desk.scene.mine(depth - 1)
    desk.round()
    assert desk.stands(operation).status is Status.MINED
    desk.scene.rpc.call("anvil_reorg", depth, [])
    assert desk.stands(operation).status is not Status.MINED

    stands = desk.until_final(operation)

    assert stands.status is Status.FINAL
    assert desk.scene.piece(receivable, 1_000)[:2] == (SUPPLIER, FACE - 1_000)


def test_an_act_that_can_no_longer_succeed_fails_only_when_its_reason_is_final(
    desk: Desk, receivable: ReceivableId
) -> None:
    desk.scene.split(receivable, 1_000, FACE - 1_000)
    operation = desk.split(receivable, 2_000, FACE - 2_000)
    desk.round()
    assert desk.stands(operation).status is Status.QUEUED
    with desk.database.read() as read:
        row = read.first(select(outbox.operation).where(outbox.operation.c.id == operation))
    assert row is not None
    assert row.error["code"] == "piece-changed"
    assert row.error_lasts

    stands = desk.until_final(operation)

    assert (stands.status, stands.attempts) == (Status.FAILED, 0)
    assert is_closed(desk, operation)


def test_two_acts_on_one_piece_the_second_reverts_without_effect(
    pool: Desk, receivable: ReceivableId
) -> None:
    first = pool.split(receivable, 1_000, FACE - 1_000)
    second = pool.transfer(receivable, 5_000)
    pool.round()

    assert pool.until_final(first).status is Status.FINAL
    stands = pool.until_final(second)

    assert (stands.status, stands.reverted) == (Status.FAILED, 1)
    assert pool.scene.piece(receivable, FACE - 5_000)[0] == 0


def test_an_act_that_somebody_else_brought_is_final_and_the_own_transaction_counted(
    pool: Desk, receivable: ReceivableId
) -> None:
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    pool.round()
    sent = pool.sent(operation)[0]
    pool.scene.rpc.call("anvil_dropTransaction", "0x" + sent.tx_hash.hex())
    with pool.database.read() as read:
        row = read.first(select(outbox.operation).where(outbox.operation.c.id == operation))
    assert row is not None
    call = {
        "from": pool.scene.sender, "to": pool.scene.deployment.ledger, "data": "0x" + row.calldata.hex(),
        "gas": "0x200000",
    }  # fmt: skip
    pool.scene.rpc.call("eth_sendTransaction", call)
    pool.mine()

    stands = pool.until_final(operation)
    pool.round()
    pool.mine()
    pool.round()

    assert stands.status is Status.FINAL
    assert [each.state for each in pool.sent(operation)] == ["reverted"]
    assert pool.stands(operation).reverted == 1


def test_an_act_expires_when_its_deadline_is_behind_the_last_final_block(
    desk: Desk, receivable: ReceivableId
) -> None:
    operation = desk.split(receivable, 1_000, FACE - 1_000, days=1)
    desk.scene.warp(2 * 86_400)
    catch_up(desk.scene, desk.database)
    assert desk.stands(operation).status is Status.QUEUED
    desk.scene.mine(2)
    assert desk.stands(operation).status is Status.EXPIRED
    desk.round()
    assert is_closed(desk, operation)
    assert desk.sent(operation) == []


def test_many_acts_get_consecutive_nonces_and_all_take_effect(desk: Desk) -> None:
    several = [desk.scene.confirm(face=9_000) for _ in range(6)]
    operations = [desk.split(each, 4_000, 5_000) for each in several]
    desk.round()
    nonces = [desk.sent(each)[0].nonce for each in operations]
    assert nonces == list(range(nonces[0], nonces[0] + 6))
    for each in operations:
        assert desk.until_final(each).status is Status.FINAL


def test_what_is_due_is_paid_out_at_once_and_once(desk: Desk, receivable: ReceivableId) -> None:
    desk.scene.transfer(receivable, 10_000_000)
    desk.scene.pay(receivable, 15_000_000)
    for _ in range(4):
        desk.round()
        desk.mine()
    assert desk.scene.piece(receivable, 0)[2] == 10_000_000
    assert desk.scene.piece(receivable, 20_000_000)[:3] == (SECOND, 10_000_000, 5_000_000)
    with desk.database.read() as read:
        kinds = [row.kind for row in read.rows(select(outbox.operation.c.kind))]
    assert kinds == ["distribute"]


def test_the_relayer_who_starts_anew_takes_up_what_was_written_but_not_sent(
    pool: Desk, receivable: ReceivableId
) -> None:
    """As after a crash between the commit and the node: the bytes are there, the pool knows nothing."""
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    pool.round()
    pool.scene.rpc.call("anvil_dropAllTransactions")

    assert pool.until_final(operation).status is Status.FINAL
    assert len(pool.sent(operation)) == 1


def test_a_nonce_used_elsewhere_is_given_up_and_the_act_sent_under_another(
    pool: Desk, receivable: ReceivableId
) -> None:
    operation = pool.split(receivable, 1_000, FACE - 1_000)
    pool.round()
    sent = pool.sent(operation)[0]
    pool.scene.rpc.call("anvil_dropTransaction", "0x" + sent.tx_hash.hex())
    pool.scene.rpc.call("anvil_impersonateAccount", pool.relayer.address)
    foreign = {"from": pool.relayer.address, "to": pool.relayer.address, "nonce": hex(sent.nonce)}
    pool.scene.rpc.call("eth_sendTransaction", foreign)
    pool.mine()

    stands = pool.until_final(operation)

    assert stands.status is Status.FINAL
    assert [each.state for each in pool.sent(operation)] == ["lost", "mined"]


def test_fees_grow_by_an_eighth_and_gas_stays_below_what_a_block_takes() -> None:
    more = Fees(8, 8).above(Fees(800, 80))
    assert (more.max_fee, more.priority_fee) == (901, 91)
    assert Fees(1_000, 100).above(Fees(8, 8)) == Fees(1_000, 100)
    assert gas_limit(100_000) == 145_000
    assert gas_limit(MOST_GAS) == MOST_GAS
    assert gas_limit(MOST_GAS + 1) is None


def test_the_base_fee_may_be_nothing(desk: Desk, receivable: ReceivableId) -> None:
    desk.scene.rpc.call("anvil_setNextBlockBaseFeePerGas", "0x0")
    operation = desk.split(receivable, 1_000, FACE - 1_000)
    assert desk.until_final(operation).status is Status.FINAL
