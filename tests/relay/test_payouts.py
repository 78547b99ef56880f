"""A line paid late is paid out to the last unit of interest, by the relay alone."""

from ledger.chain.abi import artefact, functions
from ledger.queries.facts import StoredFacts
from ledger.queries.payouts import due_pieces
from ledger.queries.pins import head
from tests.relay.desk import Desk

ALL_OWED = 2**64 - 1
DAY = 86_400
# Three unequal pieces, so that the floors leave something of the interest.
PARTS = (10_000_001, 9_999_998, 10_000_001)


def read(desk: Desk, contract: str, function: str, *arguments: object) -> tuple[int, ...]:
    address = desk.scene.deployment.ledger if contract == "Ledger" else desk.scene.deployment.token
    called = functions(artefact(contract)["abi"])[function]
    answer = desk.scene.rpc.call("eth_call", {"to": address, "data": called.data(*arguments)}, "latest")
    return called.result(answer)


def test_interest_is_shown_to_the_day_and_paid_out_to_the_last_unit(desk: Desk) -> None:
    receivable = desk.scene.confirm()
    desk.scene.split(receivable, *PARTS)
    desk.scene.warp(160 * DAY)
    desk.round()

    with desk.database.read() as opened:
        shown = StoredFacts(opened, head(opened).time).owed(receivable)
    principal, interest = read(desk, "Ledger", "owed", receivable)
    assert interest > 0
    assert shown == principal + interest

    desk.scene.pay(receivable, ALL_OWED)
    # Somebody pays the line's end out first, so that it has to be named again for what the floors leave.
    desk.scene.distribute(receivable, PARTS[0] + PARTS[1])
    for _ in range(6):
        desk.round()
        desk.mine()

    assert read(desk, "SettlementToken", "balanceOf", desk.scene.deployment.ledger) == (0,)
    desk.round()
    with desk.database.read() as opened:
        assert due_pieces(opened) == []
