"""From an order to money in the holders' accounts, by drafts alone: what was signed is mined, and read as the chain says it."""

from typing import Any

import pytest

from ledger.domain.acts import Confirm, Order, Quote, Receipt, Split, Terms, Transfer, Use
from ledger.domain.drafts import from_json
from ledger.domain.hashing import keccak
from ledger.domain.ids import (
    NO_TRADE,
    ChainTime,
    Digest,
    PartyId,
    Tag,
    TradeId,
    digest_text,
    receivable_of_terms,
    receivable_text,
)
from ledger.domain.units import Amount, Place
from tests.api.town import Town
from tests.mirror.scene import BANK, DEBTOR, EUR, NONE, SECOND, SUPPLIER

DAY = 86_400


def some(name: str) -> Digest:
    return Digest(keccak(name.encode()))


def soon(town: Town) -> ChainTime:
    return ChainTime(town.scene.now() + 7 * DAY)


def terms(town: Town, name: str, face: int = 1_000_000, trade: TradeId = NO_TRADE) -> Terms:
    due = ChainTime(town.scene.now() + 60 * DAY)
    return Terms(
        DEBTOR, SUPPLIER, Amount(face), EUR, due, Place("DE"), 1, some("text"), trade, PartyId(0), PartyId(0),
        some(name), 1, soon(town),
    )  # fmt: skip


def confirmed(town: Town, name: str, face: int = 1_000_000) -> str:
    """A receivable, asked for by the supplier and confirmed by two persons of the debtor; its id."""
    asked = terms(town, name, face)
    request = town.put_draft("supplier", town.document("confirm", {"terms": asked}, {"terms": ("supplier",)}))
    assert request.status_code == 201, request.text
    draft = request.json()["id"]
    act = Confirm(asked, (Use(Tag(some(f"tag {name}")), Amount(face), Amount(face)),))
    body = town.document("confirm", {"confirm": act})["messages"]["confirm"]["body"]
    added = town.write("maker", f"/v1/drafts/{draft}/messages", {"name": "confirm", "body": body})
    assert added.status_code == 200, added.text
    signed: dict[str, Any] = {}
    for name_ in ("maker", "checker"):
        proof = town.proof(added.json()["document"], "confirm", name_)
        answer = town.write(name_, f"/v1/drafts/{draft}/signatures", proof)
        assert answer.status_code == 200, answer.text
        signed = answer.json()
    assert signed["status"] == "submitted"
    assert town.final("supplier", signed["operation"])["status"] == "final"
    return receivable_text(receivable_of_terms(from_json(signed["document"]).digest("terms")))


def test_a_trade_is_recorded(town: Town) -> None:
    act = Order(DEBTOR, SUPPLIER, EUR, Amount(5_000), some("order"), soon(town))
    first = town.put_draft("supplier", town.document("order", {"order": act}, {"order": ("supplier",)}))
    assert first.json()["status"] == "collecting"
    assert first.json()["missing"] == [{"message": "order", "party": DEBTOR, "persons": 1, "signer": None}]
    proof = town.proof(first.json()["document"], "order", "maker")
    answer = town.write("maker", f"/v1/drafts/{first.json()['id']}/signatures", proof).json()
    done = town.final("maker", answer["operation"])
    assert (done["status"], done["act"]) == ("final", answer["digests"]["order"])
    trade = TradeId(bytes.fromhex(done["act"][2:]))

    receipt = Receipt(trade, Tag(some("note")), Amount(4_000), some("receipt"), soon(town))
    sent = town.put_draft(
        "warehouse", town.document("receipt", {"receipt": receipt}, {"receipt": ("warehouse",)})
    )
    town.final("warehouse", sent.json()["operation"])

    found = town.get("supplier", f"/v1/trades/{digest_text(trade)}").json()
    assert found["received"] == {"minor": "4000", "currency": "EUR", "text": "40.00"}
    assert [each["person"] for each in found["receipts"]] == [3]
    assert found["final"] is True


def test_a_request_becomes_a_receivable_with_its_history(town: Town) -> None:
    receivable = confirmed(town, "with history")

    found = town.get("maker", f"/v1/receivables/{receivable}").json()
    assert (found["debtor"], found["creditor"], found["status"]) == (DEBTOR, SUPPLIER, "confirmed")
    assert found["face"]["text"] == "10,000.00"
    pieces = town.get("supplier", f"/v1/receivables/{receivable}/pieces").json()["items"]
    assert [(each["start"], each["holder"], each["version"]) for each in pieces] == [("0", SUPPLIER, 1)]
    events = town.get("supplier", f"/v1/receivables/{receivable}/history").json()["items"]
    assert [each["name"] for each in events] == ["ReceivableConfirmed", "InvoiceUsed"]
    assert events[0]["fields"]["currency"] == "EUR"
    uses = town.get(
        "maker", "/v1/invoice-uses", debtor=DEBTOR, tag=digest_text(some("tag with history"))
    ).json()
    assert [each["remaining"] for each in uses["items"]] == ["0"]
    assert uses["items"][0]["receivables"][0]["receivable"] == receivable


def test_a_piece_is_cut_moved_sold_and_paid_out(town: Town) -> None:
    receivable = confirmed(town, "moved")
    number = int(receivable, 16)
    cut = Split(number, 0, 1, (Amount(600_000), Amount(400_000)), soon(town))  # type: ignore[arg-type]
    done = town.put_draft("supplier", town.document("split", {"split": cut}, {"split": ("supplier",)})).json()
    town.final("supplier", done["operation"])
    pieces = town.get("supplier", f"/v1/receivables/{receivable}/pieces").json()["items"]
    right = next(each for each in pieces if each["start"] == "600000")
    move = Transfer(
        number, 600_000, right["version"], Amount(400_000), SUPPLIER, SECOND, Amount(0), Amount(0), False,  # type: ignore[arg-type]
        NONE, NONE, soon(town),
    )  # fmt: skip
    put = town.put_draft(
        "supplier", town.document("transfer", {"transfer": move}, {"transfer": ("supplier",)})
    )
    draft = put.json()
    # Who is to receive it sees the receivable before signing.
    assert town.get("second", f"/v1/receivables/{receivable}").status_code == 200
    proof = town.proof(draft["document"], "transfer", "second")
    taken = town.write("second", f"/v1/drafts/{draft['id']}/signatures", proof).json()
    town.final("second", taken["operation"])
    sold(town, receivable)

    paid = town.scene.pay(number, 1_000_000)  # type: ignore[func-returns-value,arg-type]
    assert paid is None
    town.caught_up()
    for _ in range(50):
        town.scene.mine(1)
        town.caught_up()
        page = town.get("maker", f"/v1/receivables/{receivable}/pieces", ended=True, as_of="head").json()
        if all(each["due"]["minor"] == "0" and each["paid"]["minor"] != "0" for each in page["items"]):
            break
    assert {each["holder"]: each["paid"]["minor"] for each in page["items"]} == {
        SUPPLIER: "600000", BANK: "400000",
    }  # fmt: skip
    assert town.get("maker", f"/v1/receivables/{receivable}", as_of="head").json()["status"] == "settled"


def sold(town: Town, receivable: str) -> None:
    """The second supplier asks the bank for a quote and fills it."""
    assert town.get("bank", f"/v1/receivables/{receivable}").status_code == 404
    asked = town.write(
        "second", "/v1/quote-requests", {"receivable": receivable, "start": "600000", "financier": BANK}
    )
    assert asked.status_code == 201, asked.text
    piece = town.get("bank", f"/v1/receivables/{receivable}/pieces", as_of="head").json()["items"][1]
    number = int(receivable, 16)
    quote = Quote(
        BANK, SECOND, NONE, number, 600_000, piece["version"], Amount(400_000), Amount(0), 480, Amount(0), False,  # type: ignore[arg-type]
        Amount(2**64 - 1), False, 0, soon(town),
    )  # fmt: skip
    put = town.write(
        "bank", "/v1/quotes", {"document": town.document("fill", {"quote": quote}, {"quote": ("bank",)})}
    )
    assert put.status_code == 201, put.text
    offered = town.get("second", "/v1/quotes").json()["items"]
    assert [each["id"] for each in offered] == [put.json()["id"]]
    act = Transfer(
        number, 600_000, piece["version"], Amount(400_000), SECOND, BANK, Amount(390_000), Amount(0), False,  # type: ignore[arg-type]
        NONE, Digest(bytes.fromhex(put.json()["digests"]["quote"][2:])), soon(town),
    )  # fmt: skip
    body = town.document("transfer", {"transfer": Transfer(**{**_fields(act), "quote": NONE})})
    body["messages"]["transfer"]["body"]["quote"] = put.json()["digests"]["quote"]
    more = {"name": "transfer", "body": body["messages"]["transfer"]["body"]}
    added = town.write("second", f"/v1/drafts/{put.json()['id']}/messages", more)
    assert added.status_code == 200, added.text
    proof = town.proof(added.json()["document"], "transfer", "second")
    filled = town.write("second", f"/v1/drafts/{put.json()['id']}/signatures", proof)
    assert filled.status_code == 200, filled.text
    assert town.final("bank", filled.json()["operation"])["status"] == "final"


def _fields(act: Transfer) -> dict[str, Any]:
    return {name: getattr(act, name) for name in Transfer.__dataclass_fields__}


def test_a_refused_draft_leaves_no_mark(town: Town) -> None:
    asked = terms(town, "refused")
    request = town.put_draft("supplier", town.document("confirm", {"terms": asked}, {"terms": ("supplier",)}))
    draft = request.json()["id"]

    answer = town.write("maker", f"/v1/drafts/{draft}/refusal", {"reason": "goods damaged"})

    assert answer.json()["status"] == "refused"
    assert town.get("supplier", f"/v1/drafts/{draft}").json()["reason"] == "goods damaged"
    proof = town.proof(request.json()["document"], "terms", "supplier")
    late = town.write("supplier", f"/v1/drafts/{draft}/signatures", proof)
    assert (late.status_code, late.json()["code"]) == (409, "draft-closed")
    # The same terms may be asked for again.
    again = town.put_draft("supplier", town.document("confirm", {"terms": asked}, {"terms": ("supplier",)}))
    assert again.status_code == 201
    assert town.get("second", f"/v1/drafts/{draft}").status_code == 404


@pytest.mark.parametrize("name", ["maker", "supplier"])
def test_only_who_put_a_draft_up_withdraws_it(town: Town, name: str) -> None:
    asked = terms(town, f"withdrawn by {name}")
    request = town.put_draft("supplier", town.document("confirm", {"terms": asked}, {"terms": ("supplier",)}))
    answer = town.write(name, f"/v1/drafts/{request.json()['id']}/withdrawal", {})
    assert answer.status_code == (200 if name == "supplier" else 403)
