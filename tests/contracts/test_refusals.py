"""What the doors refuse: each by its name, and nothing changes."""

from brownie import chain

from tests.contracts.company import BUYER, DAY_SECONDS, SELLER, SOLE, Refused, Scene, numbers, soon, text, use


def test_a_receivable_above_what_was_received(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade, 20_000_000)
    head = scene.ledger.journal(0, 0)
    with Refused("AboveReceived"):
        scene.confirm(scene.terms(trade, 20_000_001), [use("invoice", 20_000_001)])
    assert scene.ledger.journal(0, 0) == head
    assert numbers(scene.ledger.used(BUYER, text("invoice"))) == [0, 0]


def test_an_invoice_that_is_used_up(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    scene.confirm(scene.terms(trade, 10_000_000), [use("invoice", 10_000_000, 12_000_000)])
    with Refused("InvoiceExhausted"):
        scene.confirm(scene.terms(trade, 2_000_001), [use("invoice", 2_000_001, 12_000_000)])
    scene.confirm(scene.terms(trade, 2_000_000), [use("invoice", 2_000_000, 12_000_000)])


def test_an_invoice_whose_total_has_changed(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    scene.confirm(scene.terms(trade, 10_000_000), [use("invoice", 10_000_000, 12_000_000)])
    with Refused("InvoiceTotalDiffers"):
        scene.confirm(scene.terms(trade, 1_000_000), [use("invoice", 1_000_000, 20_000_000)])


def test_a_confirmation_by_one_person(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    terms = scene.terms(trade)
    with Refused("TooFewPersons"):
        scene.confirm(terms, [use("invoice", 30_000_000)], "checker")
    with Refused("SamePerson"):
        scene.confirm(terms, [use("invoice", 30_000_000)], "checker", "checker")
    with Refused("LacksPower"):
        scene.confirm(terms, [use("invoice", 30_000_000)], "warehouse", "checker")


def test_a_confirmation_above_the_checkers_limit(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade, 50_000_000)
    scene.receive(trade, 10_000_000, "note 2")
    with Refused("AboveLimit"):
        scene.confirm(scene.terms(trade, 50_000_001), [use("invoice", 50_000_001)])


def test_a_receivable_that_the_creditor_has_not_signed(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    terms = scene.terms(trade)
    act = {"terms": terms, "uses": [use("invoice", 30_000_000)]}
    debtor = scene.sign("Confirm", act, "maker", "checker")
    with Refused("TooFewPersons"):
        scene.send(scene.ledger.confirm, scene.pack("Confirm", act), debtor, [])
    with Refused("SignerOfOther"):
        scene.send(
            scene.ledger.confirm,
            scene.pack("Confirm", act),
            debtor,
            scene.sign("Terms", terms, "sole"),
        )


def test_the_same_delivery_note_twice(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade, 1_000_000)
    with Refused("ReceiptCounted"):
        scene.receive(trade, 2_000_000)


def test_a_due_date_in_the_past_or_too_far(scene: Scene) -> None:
    _, trade = scene.order()
    scene.receive(trade)
    uses = [use("invoice", 30_000_000)]
    with Refused("DueTooEarly"):
        scene.confirm(scene.terms(trade) | {"dueAt": chain.time() - 1}, uses)
    with Refused("DueTooLate"):
        scene.confirm(scene.terms(trade) | {"dueAt": chain.time() + 187 * DAY_SECONDS}, uses)


def test_a_piece_that_its_receiver_has_not_signed_for(scene: Scene) -> None:
    receivable = scene.confirmed()
    with Refused("TooFewPersons"):
        scene.transfer(receivable, 10_000_000, SOLE, "seller")


def test_a_piece_that_another_holds(scene: Scene) -> None:
    receivable = scene.confirmed()
    with Refused("NotHolder"):
        scene.transfer(receivable, 10_000_000, SELLER, "sole", "seller", **{"from": SOLE})


def test_a_signature_given_before_the_piece_moved(scene: Scene) -> None:
    receivable = scene.confirmed()
    scene.transfer(receivable, 10_000_000, SOLE, "seller", "sole")
    with Refused("PieceChanged"):
        scene.transfer(receivable, 10_000_000, SOLE, "seller", "sole")


def test_an_act_that_comes_twice(scene: Scene) -> None:
    act = {
        "buyer": BUYER, "seller": SELLER, "currency": b"EUR", "amount": 1, "document": text("order"), "deadline": soon(),
    }  # fmt: skip
    signatures = scene.sign("Order", act, "maker", "seller")
    scene.send(scene.ledger.order, scene.pack("Order", act), signatures)
    with Refused("TradeExists"):
        scene.send(scene.ledger.order, scene.pack("Order", act), signatures)


def test_an_act_after_its_deadline(scene: Scene) -> None:
    act = {
        "buyer": BUYER, "seller": SELLER, "currency": b"EUR", "amount": 1, "document": text("order"), "deadline": soon(),
    }  # fmt: skip
    signatures = scene.sign("Order", act, "maker", "seller")
    chain.sleep(2 * DAY_SECONDS)
    with Refused("DeadlinePassed"):
        scene.send(scene.ledger.order, scene.pack("Order", act), signatures)


def test_a_signature_over_anything_else(scene: Scene) -> None:
    act = {
        "buyer": BUYER, "seller": SELLER, "currency": b"EUR", "amount": 1, "document": text("order"), "deadline": soon(),
    }  # fmt: skip
    signatures = scene.sign("Order", act, "maker", "seller")
    with Refused("BadSignature"):
        scene.send(scene.ledger.order, scene.pack("Order", act | {"amount": 2}), signatures)


def test_a_payment_above_what_is_owed(scene: Scene) -> None:
    receivable = scene.confirmed()
    with Refused("AboveOwed"):
        scene.pay(receivable, 30_000_001)
    with Refused("AbovePull"):
        scene.pay(receivable, 1_000, at_most=999)
