"""Who has to sign what, who has not yet, and the call of a complete draft, encoded as the contracts' ABI takes it."""

import json
from pathlib import Path

import pytest
from eth_abi.abi import encode

from ledger.domain.acts import (
    Accept,
    Acknowledge,
    Admission,
    BankPaid,
    Enrolment,
    Invoice,
    Issue,
    Order,
    Pay,
    Quote,
    Receipt,
    Revoke,
    Split,
    Transfer,
    hash_struct,
)
from ledger.domain.demands import Demand, call, demands, missing, signed_by
from ledger.domain.drafts import Draft, Extra, Leaf, Proof
from ledger.domain.errors import BadField, MessageMissing, NotFound, SignaturesMissing
from ledger.domain.merkle import payables_leaf
from ledger.domain.powers import Power
from ledger.domain.units import ALL_OWED

from .story import (
    CONFIRM,
    DEBTOR,
    FACTS,
    FINANCIER,
    LEDGER,
    OPERATOR,
    RECEIVABLE,
    SUPPLIER,
    TERMS,
    TRADE,
    attestor,
    banker,
    changed,
    checker,
    checkers_other_key,
    draft_of,
    maker,
    operator,
    second_checker,
    seller,
    signed,
    stranger,
    warehouse,
)

ARTEFACTS = Path(__file__).parents[2] / "ledger" / "chain" / "artefacts"
LATER = 1780000000
NONE = bytes(32)
TRANSFER = Transfer(RECEIVABLE, 0, 1, 4_000, SUPPLIER, FINANCIER, 0, 0, False, NONE, NONE, LATER)
QUOTE = Quote(
    FINANCIER, SUPPLIER, NONE, RECEIVABLE, 0, 1, 4_000, 3_900, 0, 0, False, 2**64 - 1, False, 0, LATER
)
NEWCOMER = Enrolment(stranger.address, 1, 1, 255)
ADMISSION = Admission(
    NONE, 2, False, LEDGER, NONE, NONE, 0, 2, NONE, (b"\1" * 32,), (NEWCOMER,), (), (), LATER
)  # fmt: skip


def issue_draft() -> Draft:
    hashes = (hash_struct(CONFIRM),)
    issue = Issue(DEBTOR, "EUR", payables_leaf(SUPPLIER, hashes), 1, 10_000, TERMS.due_at, 1, LATER)
    draft = draft_of("accept", issue=issue)
    accept = Accept(draft.digest("issue"), (TERMS,))
    return draft.with_message("accept", accept, Extra(leaf=Leaf(hashes, (0,), (CONFIRM.uses,), ())))


def fill_draft() -> Draft:
    draft = draft_of("fill", quote=QUOTE)
    return draft.with_message("transfer", changed(TRANSFER, price=3_900, quote=draft.digest("quote")))


def wanted(draft: Draft) -> list[tuple]:
    return [
        (each.message, each.party, each.power, each.persons, each.amount) for each in demands(draft, FACTS)
    ]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (
            draft_of("order", order=Order(DEBTOR, SUPPLIER, "EUR", 5, NONE, LATER)),
            [("order", DEBTOR, Power.PROPOSE, 1, 5), ("order", SUPPLIER, Power.PROPOSE, 1, 5)],
        ),
        (
            draft_of("receipt", receipt=Receipt(TRADE, NONE, 5, NONE, LATER)),
            [("receipt", DEBTOR, Power.RECEIVE, 1, 5)],
        ),
        (
            draft_of("invoice", invoice=Invoice(TRADE, 5, NONE, LATER)),
            [("invoice", SUPPLIER, Power.PROPOSE, 1, 5)],
        ),
        (
            draft_of("confirm", confirm=CONFIRM, terms=TERMS),
            [("confirm", DEBTOR, Power.CONFIRM, 2, 10_000), ("terms", SUPPLIER, Power.RECEIVE, 1, 10_000)],
        ),
        (draft_of("confirm", terms=TERMS), [("terms", SUPPLIER, Power.RECEIVE, 1, 10_000)]),
        (
            issue_draft(),
            [("issue", DEBTOR, Power.CONFIRM, 2, 10_000), ("accept", SUPPLIER, Power.RECEIVE, 1, 10_000)],
        ),
        (
            draft_of("split", split=Split(RECEIVABLE, 0, 1, (1, 2), LATER)),
            [("split", SUPPLIER, Power.TRANSFER, 1, 0)],
        ),
        (
            draft_of("transfer", transfer=TRANSFER),
            [
                ("transfer", SUPPLIER, Power.TRANSFER, 1, 4_000),
                ("transfer", FINANCIER, Power.RECEIVE, 1, 4_000),
            ],
        ),
        (
            draft_of("transfer", transfer=changed(TRANSFER, price=3_000)),
            [
                ("transfer", SUPPLIER, Power.TRANSFER, 1, 4_000),
                ("transfer", FINANCIER, Power.FINANCE, 1, 3_000),
            ],
        ),
        (
            fill_draft(),
            [("quote", FINANCIER, Power.FINANCE, 1, 3_900), ("transfer", SUPPLIER, Power.TRANSFER, 1, 4_000)],
        ),
        (draft_of("fill", quote=changed(QUOTE, price=0)), [("quote", FINANCIER, Power.FINANCE, 1, 4_000)]),
        (draft_of("pay", pay=Pay(RECEIVABLE, 5, 5, 0, LATER)), [("pay", DEBTOR, Power.PAY, 1, 5)]),
        (draft_of("pay", pay=Pay(RECEIVABLE, ALL_OWED, 5, 0, LATER)), [("pay", DEBTOR, Power.PAY, 1, 7_777)]),
        (
            draft_of("bank_paid", bank_paid=BankPaid(RECEIVABLE, 0, 1, 5, NONE, LATER)),
            [("bank_paid", DEBTOR, Power.PAY, 2, 5)],
        ),
        (
            draft_of("acknowledge", acknowledge=Acknowledge(RECEIVABLE, 0, 1, SUPPLIER, NONE, LATER)),
            [("acknowledge", SUPPLIER, Power.RECEIVE, 1, 10_000)],
        ),
        (draft_of("revoke", revoke=Revoke(SUPPLIER, NONE, NONE, LATER)), [("revoke", SUPPLIER, None, 1, 0)]),
        (
            draft_of("admit", admission=ADMISSION),
            [
                ("admission", OPERATOR, Power.ADMINISTER, 1, 0),
                ("admission", 2, Power.ATTEST, 1, 0),
                ("admission", 0, None, 1, 0),
            ],
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Draft) else "",
)
def test_demands(draft: Draft, expected: list[tuple]) -> None:
    assert wanted(draft) == expected


def test_a_trade_or_receivable_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="trade"):
        demands(draft_of("invoice", invoice=Invoice(b"\x99" * 32, 5, NONE, LATER)), FACTS)
    with pytest.raises(NotFound, match="receivable"):
        demands(draft_of("pay", pay=Pay(1, 5, 5, 0, LATER)), FACTS)
    with pytest.raises(BadField):
        demands(draft_of("accept", accept=Accept(NONE, ())), FACTS)


def lacking(*signers) -> list[str]:
    draft = signed(draft_of("confirm", confirm=CONFIRM, terms=TERMS), confirm=signers, terms=(seller,))
    return [str(each) for each in missing(draft, FACTS)]


def test_two_different_persons_confirm_and_one_of_them_with_the_power() -> None:
    assert lacking(maker, checker) == []
    assert lacking(second_checker, checker) == []
    for too_few in (
        (),
        (maker,),
        (checker,),
        (checker, checkers_other_key),
        (maker, warehouse),
        (maker, seller),
        (maker, stranger),
    ):
        assert lacking(*too_few) == ["confirm by party 3"]


def test_who_may_only_propose_pays_nothing_alone() -> None:
    order = draft_of("order", order=Order(DEBTOR, SUPPLIER, "EUR", 5, NONE, LATER))
    assert [str(each) for each in missing(signed(order, order=(checker, seller)), FACTS)] == [
        "order by party 3"
    ]
    assert missing(signed(order, order=(maker, seller)), FACTS) == []


def test_signatures_go_party_by_party_with_the_empowered_first() -> None:
    draft = signed(draft_of("transfer", transfer=TRANSFER), transfer=(banker, seller))
    (_, signatures) = call(draft, FACTS).arguments
    assert [signer for signer, _ in signatures] == [seller.address, banker.address]
    draft = signed(
        draft_of("confirm", confirm=CONFIRM, terms=TERMS), confirm=(maker, checker), terms=(seller,)
    )
    assert [signer for signer, _ in call(draft, FACTS).arguments[1]] == [checker.address, maker.address]


def test_a_third_person_signs_a_confirmation_but_not_an_issue_or_a_receipt() -> None:
    draft = draft_of("confirm", confirm=CONFIRM, terms=TERMS)
    draft = signed(draft, confirm=(maker, checker, second_checker), terms=(seller,))
    assert len(call(draft, FACTS).arguments[1]) == 3
    bulk = signed(issue_draft(), issue=(maker, checker, second_checker), accept=(seller,))
    assert [signer for signer, _ in call(bulk, FACTS).arguments[1]] == [
        checker.address,
        second_checker.address,
    ]
    assert call(bulk, FACTS, issue_known=True).arguments[1] == []


def test_an_incomplete_draft_makes_no_call() -> None:
    with pytest.raises(SignaturesMissing, match="terms by party 4"):
        call(signed(draft_of("confirm", confirm=CONFIRM, terms=TERMS), confirm=(maker, checker)), FACTS)
    with pytest.raises(MessageMissing):
        call(signed(draft_of("confirm", terms=TERMS), terms=(seller,)), FACTS)
    revoke = signed(draft_of("revoke", revoke=Revoke(SUPPLIER, NONE, NONE, LATER)), revoke=(seller,))
    with pytest.raises(BadField, match="proofOfSigning"):
        call(revoke, FACTS)


def test_new_signers_stand_for_themselves() -> None:
    draft = signed(draft_of("admit", admission=ADMISSION), admission=(stranger, attestor, operator))
    assert draft.domain.verifying_contract == draft.parties
    made = call(draft, FACTS)
    assert [signer for signer, _ in made.arguments[1]] == [
        operator.address,
        attestor.address,
        stranger.address,
    ]
    demand = Demand("admission", 0, None, signer=stranger.address)
    assert [each.signer for each in signed_by(draft, demand, FACTS)] == [stranger.address]


def complete_drafts() -> list[Draft]:
    revoke = draft_of("revoke", revoke=Revoke(SUPPLIER, NONE, NONE, LATER))
    revoke = revoke.with_message(
        "revoke", revoke.act("revoke"), Extra(proof_of_signing=Proof(seller.address, b"\1" * 65))
    )
    one = {
        "order": (Order(DEBTOR, SUPPLIER, "EUR", 5, NONE, LATER), (maker, seller)),
        "receipt": (Receipt(TRADE, NONE, 5, NONE, LATER), (warehouse,)),
        "invoice": (Invoice(TRADE, 5, NONE, LATER), (seller,)),
        "split": (Split(RECEIVABLE, 0, 1, (1, 2), LATER), (seller,)),
        "transfer": (TRANSFER, (seller, banker)),
        "pay": (Pay(RECEIVABLE, 5, 5, 0, LATER), (maker,)),
        "bank_paid": (BankPaid(RECEIVABLE, 0, 1, 5, NONE, LATER), (maker, checker)),
        "acknowledge": (Acknowledge(RECEIVABLE, 0, 1, SUPPLIER, NONE, LATER), (seller,)),
    }
    return [
        *(signed(draft_of(kind, **{kind: act}), **{kind: signers}) for kind, (act, signers) in one.items()),
        signed(draft_of("admit", admission=ADMISSION), admission=(operator, attestor, stranger)),
        signed(draft_of("confirm", confirm=CONFIRM, terms=TERMS), confirm=(maker, checker), terms=(seller,)),
        signed(issue_draft(), issue=(maker, checker), accept=(seller,)),
        signed(fill_draft(), quote=(banker,), transfer=(seller,)),
        signed(revoke, revoke=(seller,)),
    ]


@pytest.mark.parametrize("draft", complete_drafts(), ids=lambda draft: draft.kind)
def test_the_call_is_encoded_by_the_contracts_abi(draft: Draft) -> None:
    made = call(draft, FACTS)
    name = "Parties" if made.contract == "parties" else "Ledger"
    abi = json.loads((ARTEFACTS / f"{name}.json").read_text())
    functions = abi["abi"] if isinstance(abi, dict) else abi
    function = next(each for each in functions if each.get("name") == made.function)
    types = [abi_type(each) for each in function["inputs"]]
    assert encode(types, made.arguments)


def abi_type(entry: dict) -> str:
    if not entry["type"].startswith("tuple"):
        return entry["type"]
    inner = ",".join(abi_type(each) for each in entry["components"])
    return f"({inner}){entry['type'][len('tuple') :]}"
