"""From an order to a settled receivable through the public doors, and what each of them tells."""

from brownie import chain
from eth_abi.packed import encode_packed

from ledger.domain.hashing import keccak
from tests.contracts.company import (
    ALL_OWED,
    BANK,
    BUYER,
    DAY_SECONDS,
    SELLER,
    SOLE,
    Scene,
    numbers,
    soon,
    text,
    use,
)

FACE = 30_000_000


def holder_and_length(word: int) -> tuple[int, int]:
    """The first two fields of a piece's word."""
    return word & (2**32 - 1), word >> 32 & (2**64 - 1)


def test_order_and_receipt_say_what_may_be_drawn(scene: Scene) -> None:
    receipt, trade = scene.order()
    told = receipt.events["TradeOrdered"]
    assert bytes(told["trade"]) == bytes(told["act"]) == trade
    assert (told["buyer"], told["seller"], told["amount"]) == (BUYER, SELLER, 40_000_000)

    told = scene.receive(trade).events["TradeReceived"]
    assert (told["person"], told["received"]) == (4, 35_000_000)
    told = scene.receive(trade, 1_000_000, "note 2").events["TradeReceived"]
    assert (told["amount"], told["received"]) == (1_000_000, 36_000_000)
    assert numbers(scene.ledger.trade(trade)[3:]) == [36_000_000, 0]


def test_a_confirmation_tells_debt_use_and_draw(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    uses = [use("first", 20_000_000), use("second", 10_000_000, 12_000_000)]
    receipt, receivable = scene.confirm(scene.terms(trade), uses)

    assert receipt.return_value == receivable
    debt = receipt.events["ReceivableConfirmed"]["terms"]
    assert (debt["debtor"], debt["creditor"], debt["face"]) == (BUYER, SELLER, FACE)
    assert receipt.events["TradeDrawn"]["drawn"] == FACE
    assert [(each["used"], each["total"]) for each in receipt.events["InvoiceUsed"]] == [
        (20_000_000, 20_000_000),
        (10_000_000, 12_000_000),
    ]
    assert holder_and_length(scene.ledger.piece(receivable, 0)) == (SELLER, FACE)
    assert numbers(scene.ledger.used(BUYER, text("second"))) == [10_000_000, 12_000_000]


def test_a_split_cuts_and_nothing_is_lost(scene: Scene) -> None:
    receivable = scene.confirmed()
    act = {
        "receivable": receivable,
        "start": 0,
        "version": 1,
        "parts": [15_000_000, 10_000_000, 5_000_000],
        "deadline": soon(),
    }
    receipt = scene.send(scene.ledger.split, scene.pack("Split", act), scene.sign("Split", act, "seller"))

    assert len(receipt.events["PieceCut"]) == 2
    pieces = [
        holder_and_length(scene.ledger.piece(receivable, start)) for start in (0, 15_000_000, 25_000_000)
    ]
    assert pieces == [(SELLER, 15_000_000), (SELLER, 10_000_000), (SELLER, 5_000_000)]


def test_a_part_is_assigned_to_who_signs_for_it(scene: Scene) -> None:
    receivable = scene.confirmed()
    receipt = scene.transfer(receivable, 10_000_000, SOLE, "seller", "sole", recourse=True)

    told = receipt.events["PieceTransferred"]
    assert (told["start"], told["from"], told["price"], told["recourse"]) == (20_000_000, SELLER, 0, True)
    assert holder_and_length(told["piece"]) == (SOLE, 10_000_000)
    assert holder_and_length(scene.ledger.piece(receivable, 0)) == (SELLER, 20_000_000)


def test_a_quote_is_filled_with_the_money_in_one_transaction(scene: Scene) -> None:
    receivable = scene.confirmed()
    quote = {
        "financier": BANK, "seller": SELLER, "sellers": bytes(32), "receivable": receivable, "start": 0, "version": 1,
        "maxNominal": FACE, "price": 0, "rateBps": 480, "maxLevel": 0, "recourse": False, "capacity": 2**64 - 1,
        "perGroup": False, "series": 0, "deadline": soon(),
    }  # fmt: skip
    act = {
        "receivable": receivable, "start": 0, "version": 1, "amount": FACE, "from": SELLER, "to": BANK, "price": 29_000_000,
        "maxLevel": 0, "recourse": False, "undoes": bytes(32), "quote": scene.digest("Quote", quote), "deadline": soon(),
    }  # fmt: skip
    before = scene.cash_of("seller")
    receipt = scene.send(
        scene.ledger.fill,
        scene.pack("Quote", quote),
        scene.sign("Quote", quote, "bank"),
        scene.pack("Transfer", act),
        [],
        scene.sign("Transfer", act, "seller"),
    )

    price = receipt.events["PieceTransferred"]["price"]
    # It falls due at the first instant after day 89, less the seconds since it was confirmed.
    assert price == FACE - -(-FACE * 480 * 89 // (10_000 * 360))
    assert scene.cash_of("seller") - before == price
    assert receipt.events["QuoteFilled"]["filled"] == FACE
    assert holder_and_length(scene.ledger.piece(receivable, 0)) == (BANK, FACE)


def test_two_instalments_pay_everyone_to_the_last_unit(scene: Scene) -> None:
    receivable = scene.confirmed()
    scene.transfer(receivable, 10_000_001, SOLE, "seller", "sole")
    before = scene.cash_of("seller"), scene.cash_of("sole")

    told = scene.pay(receivable, 10_000_001).events["ReceivablePaid"]
    assert (told["rise"], told["pulled"]) == (10_000_001, 10_000_001)
    scene.send(scene.ledger.distribute, receivable, [0, 19_999_999])
    told = scene.pay(receivable, ALL_OWED).events["ReceivablePaid"]
    assert told["rise"] == FACE - 10_000_001
    paid = scene.send(scene.ledger.distribute, receivable, [0, 19_999_999]).events["PiecePaid"]

    assert len(paid) == 2 and not any(each["credited"] for each in paid)
    assert scene.cash_of("seller") - before[0] == 19_999_999
    assert scene.cash_of("sole") - before[1] == 10_000_001
    assert scene.token.balanceOf(scene.ledger.address) == 0
    assert numbers(scene.ledger.owed(receivable)) == [0, 0]


def test_bank_money_ends_a_piece_and_the_next_payment_is_smaller(scene: Scene) -> None:
    receivable = scene.confirmed()
    scene.transfer(receivable, 10_000_000, SOLE, "seller", "sole")
    chain.sleep(89 * DAY_SECONDS)
    chain.mine()
    paid = {
        "receivable": receivable,
        "start": 0,
        "version": 1 + 1,
        "amount": 20_000_000,
        "evidence": text("paper"),
        "deadline": soon(),
    }
    scene.send(
        scene.ledger.bankPaid, scene.pack("BankPaid", paid), scene.sign("BankPaid", paid, "maker", "checker")
    )
    version = scene.ledger.piece(receivable, 0) >> 160 & (2**32 - 1)
    act = {
        "receivable": receivable, "start": 0, "version": version, "by": SELLER,
        "bankPaid": scene.digest("BankPaid", paid), "deadline": soon(),
    }  # fmt: skip
    receipt = scene.send(
        scene.ledger.acknowledge, scene.pack("Acknowledge", act), scene.sign("Acknowledge", act, "seller")
    )
    assert receipt.events["PieceAcknowledged"]["by"] == SELLER

    told = scene.pay(receivable, ALL_OWED).events["ReceivablePaid"]

    assert (told["rise"], told["pulled"]) == (FACE, 10_000_000)
    before = scene.cash_of("sole")
    scene.send(scene.ledger.distribute, receivable, [20_000_000])
    assert scene.cash_of("sole") - before == 10_000_000
    assert scene.token.balanceOf(scene.ledger.address) == 0


def test_the_head_is_the_fold_of_the_raw_logs(scene: Scene) -> None:
    head = bytes(scene.ledger.journal(0, 0))
    receipt, _ = scene.order()
    for log in receipt.logs:
        assert log["address"] == scene.ledger.address
        entry = keccak(b"".join(bytes(topic) for topic in log["topics"]) + bytes(log["data"]))
        place = encode_packed(
            ["uint48", "uint48", "address"], [receipt.timestamp, receipt.block_number, scene.ledger.address]
        )
        head = keccak(head + place + entry)
    assert bytes(scene.ledger.journal(0, 0)) == head
