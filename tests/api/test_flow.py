"""From an order to money in the holders' accounts, by drafts alone: what was signed is mined, and read as the chain says it."""

import time
from dataclasses import replace
from typing import Any

import pytest

from ledger.domain.acts import Confirm, Quote, Split, Transfer, to_message
from ledger.domain.ids import Digest, ReceivableId, digest_text
from ledger.domain.units import Amount, Bps
from tests.api.papers import confirmed, order, recorded, request, some, soon, terms, use
from tests.api.town import Town
from tests.mirror.scene import BANK, DEBTOR, NONE, SECOND, SUPPLIER


def test_a_trade_is_recorded(town: Town) -> None:
    trade = recorded(town, "order", 4_000)

    found = town.get("supplier", f"/v1/trades/{digest_text(trade)}").json()
    assert found["received"] == {"minor": "4000", "currency": "EUR", "text": "40.00"}
    assert [each["person"] for each in found["receipts"]] == [3]
    assert found["final"] is True


def test_a_draft_says_who_has_still_to_sign(town: Town) -> None:
    document = town.document("order", {"order": order(town, "half signed")}, {"order": ("supplier",)})
    draft = town.put_draft("supplier", document).json()
    assert draft["status"] == "collecting"
    assert draft["missing"] == [{"message": "order", "party": DEBTOR, "persons": 1, "signer": None}]
    assert draft["typed_data"]["order"]["primaryType"] == "Order"


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
    tag = digest_text(some("tag with history"))
    uses = town.get("maker", "/v1/invoice-uses", debtor=DEBTOR, tag=tag).json()
    assert [each["remaining"] for each in uses["items"]] == ["0"]
    assert uses["items"][0]["receivables"][0]["receivable"] == receivable


def test_a_piece_is_cut_moved_sold_and_paid_out(town: Town) -> None:
    text = confirmed(town, "moved", trade=recorded(town, "order to move", 1_000_000))
    receivable = ReceivableId(int(text, 16))
    cut = Split(receivable, 0, 1, (Amount(600_000), Amount(400_000)), soon(town))
    done = town.put_draft("supplier", town.document("split", {"split": cut}, {"split": ("supplier",)})).json()
    town.final("supplier", done["operation"])
    moved(town, text)
    sold(town, text)

    town.scene.pay(receivable, 1_000_000)

    end = time.monotonic() + 20
    while time.monotonic() < end:
        page = town.get("maker", f"/v1/receivables/{text}/pieces", ended=True, as_of="head").json()["items"]
        paid = {each["holder"]: each["paid"]["minor"] for each in page}
        if paid == {SUPPLIER: "600000", BANK: "400000"}:
            break
        time.sleep(0.05)
    assert paid == {SUPPLIER: "600000", BANK: "400000"}
    assert town.get("maker", f"/v1/receivables/{text}", as_of="head").json()["status"] == "settled"


def right_piece(town: Town, name: str, receivable: str) -> Any:
    pieces = town.get(name, f"/v1/receivables/{receivable}/pieces", as_of="head").json()["items"]
    return next(each for each in pieces if each["start"] == "600000")


def moved(town: Town, receivable: str) -> None:
    """The right piece goes to the second supplier, who sees the receivable before it signs."""
    assert town.get("second", f"/v1/receivables/{receivable}").status_code == 404
    version = right_piece(town, "supplier", receivable)["version"]
    move = Transfer(
        ReceivableId(int(receivable, 16)), 600_000, version, Amount(400_000), SUPPLIER, SECOND, Amount(0), Amount(0),
        False, NONE, NONE, soon(town),
    )  # fmt: skip
    document = town.document("transfer", {"transfer": move}, {"transfer": ("supplier",)})
    draft = town.put_draft("supplier", document).json()
    assert town.get("second", f"/v1/receivables/{receivable}").status_code == 200
    proof = town.proof(draft["document"], "transfer", "second")
    taken = town.write("second", f"/v1/drafts/{draft['id']}/signatures", proof).json()
    assert town.final("second", taken["operation"])["status"] == "final"


def sold(town: Town, receivable: str) -> None:
    """The second supplier asks the bank for a quote and fills it."""
    assert town.get("bank", f"/v1/receivables/{receivable}").status_code == 404
    wanted = {"receivable": receivable, "start": "600000", "financier": BANK}
    assert town.write("second", "/v1/quote-requests", wanted).status_code == 201
    version = right_piece(town, "bank", receivable)["version"]
    quote = Quote(
        BANK, SECOND, NONE, ReceivableId(int(receivable, 16)), 600_000, version, Amount(400_000), Amount(0), Bps(480),
        Amount(0), False, Amount(2**64 - 1), False, 0, soon(town),
    )  # fmt: skip
    put = town.write(
        "bank", "/v1/quotes", {"document": town.document("fill", {"quote": quote}, {"quote": ("bank",)})}
    )
    assert put.status_code == 201, put.text
    assert [each["id"] for each in town.get("second", "/v1/quotes").json()["items"]] == [put.json()["id"]]
    act = Transfer(
        quote.receivable, 600_000, version, Amount(400_000), SECOND, BANK, Amount(390_000), Amount(0), False, NONE,
        Digest(bytes.fromhex(put.json()["digests"]["quote"][2:])), soon(town),
    )  # fmt: skip
    more = {"name": "transfer", "body": to_message(act)}
    added = town.write("second", f"/v1/drafts/{put.json()['id']}/messages", more)
    assert added.status_code == 200, added.text
    proof = town.proof(added.json()["document"], "transfer", "second")
    filled = town.write("second", f"/v1/drafts/{put.json()['id']}/signatures", proof)
    assert filled.status_code == 200, filled.text
    assert town.final("bank", filled.json()["operation"])["status"] == "final"


def test_a_refused_draft_leaves_no_mark(town: Town) -> None:
    asked = terms(town, "refused")
    draft = request(town, asked)

    answer = town.write("maker", f"/v1/drafts/{draft['id']}/refusal", {"reason": "goods damaged"})

    assert answer.json()["status"] == "refused"
    assert town.get("supplier", f"/v1/drafts/{draft['id']}").json()["reason"] == "goods damaged"
    proof = town.proof(draft["document"], "terms", "supplier")
    late = town.write("supplier", f"/v1/drafts/{draft['id']}/signatures", proof)
    assert (late.status_code, late.json()["code"]) == (409, "draft-closed")
    assert town.get("second", f"/v1/drafts/{draft['id']}").status_code == 404
    request(town, asked)  # the same terms may be asked for again


@pytest.mark.parametrize(("name", "status"), [("maker", 403), ("supplier", 200), ("second", 404)])
def test_only_who_put_a_draft_up_withdraws_it(town: Town, name: str, status: int) -> None:
    draft = request(town, terms(town, f"withdrawn by {name}"))
    answer = town.write(name, f"/v1/drafts/{draft['id']}/withdrawal", {})
    assert answer.status_code == status


def test_a_poll_waits_for_news(town: Town) -> None:
    document = town.document("order", {"order": order(town, "waited for")}, {"order": ("supplier", "maker")})
    sent = town.put_draft("supplier", document).json()
    begun = time.monotonic()
    found = town.get("supplier", f"/v1/operations/{sent['operation']}", wait="mined", timeout=10).json()
    assert found["status"] in ("mined", "final")
    assert time.monotonic() - begun < 5
    # Nothing more is mined, so `final` is not reached, and the poll ends with its time.
    late = town.get("supplier", f"/v1/operations/{sent['operation']}", wait="final", timeout=1).json()
    assert late["status"] == "mined"


def test_an_invoice_that_is_used_up_is_shown_before_anybody_signs_and_refused_when_signed(town: Town) -> None:
    confirmed(town, "used up", 1_000)
    asked = replace(terms(town, "used up again", 1_000), creditor=SECOND)
    document = town.document("confirm", {"terms": asked}, {"terms": ("second",)})
    draft = town.put_draft("second", document).json()["id"]
    act = Confirm(asked, (use("used up", 1_000),))
    added = town.write("maker", f"/v1/drafts/{draft}/messages", {"name": "confirm", "body": to_message(act)})
    shown = {each["code"]: each["fields"] for each in added.json()["warnings"]}
    assert shown["invoice-exhausted"]["remaining"] == "0"
    first = town.proof(added.json()["document"], "confirm", "maker")
    assert town.write("maker", f"/v1/drafts/{draft}/signatures", first).status_code == 200

    last = town.proof(added.json()["document"], "confirm", "checker")
    answer = town.write("checker", f"/v1/drafts/{draft}/signatures", last)

    assert (answer.status_code, answer.json()["code"]) == (409, "invoice-exhausted")
    assert answer.json()["fields"]["error"] == "InvoiceExhausted"
    after = town.get("maker", f"/v1/drafts/{draft}").json()
    assert (after["status"], after["operation"], len(after["document"]["signatures"])) == (
        "collecting",
        None,
        2,
    )
