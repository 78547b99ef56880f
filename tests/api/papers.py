"""Acts and drafts that the tests put up."""

from typing import Any

from ledger.domain.acts import Confirm, Order, Receipt, Terms, Use
from ledger.domain.drafts import from_json
from ledger.domain.hashing import keccak
from ledger.domain.ids import (
    NO_TRADE,
    ChainTime,
    Digest,
    PartyId,
    Tag,
    TradeId,
    receivable_of_terms,
    receivable_text,
)
from ledger.domain.units import Amount, Place
from tests.api.town import Town
from tests.mirror.scene import DEBTOR, EUR, SUPPLIER

DAY = 86_400


def some(name: str) -> Digest:
    """A commitment that follows from a name."""
    return Digest(keccak(name.encode()))


def soon(town: Town) -> ChainTime:
    """A deadline."""
    return ChainTime(town.scene.now() + 7 * DAY)


def order(town: Town, name: str, amount: int = 5_000) -> Order:
    """An order of the debtor at the supplier."""
    return Order(DEBTOR, SUPPLIER, EUR, Amount(amount), some(name), soon(town))


def terms(town: Town, name: str, face: int = 1_000_000, trade: TradeId = NO_TRADE) -> Terms:
    """A debt of the debtor to the supplier, due in 60 days."""
    due = ChainTime(town.scene.now() + 60 * DAY)
    return Terms(
        DEBTOR, SUPPLIER, Amount(face), EUR, due, Place("DE"), 1, some("text"), trade, PartyId(0), PartyId(0),
        some(name), 1, soon(town),
    )  # fmt: skip


def use(name: str, amount: int) -> Use:
    """The whole of an invoice."""
    return Use(Tag(some(f"tag {name}")), Amount(amount), Amount(amount))


def request(town: Town, asked: Terms) -> Any:
    """The supplier asks for a confirmation; the draft."""
    answer = town.put_draft("supplier", town.document("confirm", {"terms": asked}, {"terms": ("supplier",)}))
    assert answer.status_code == 201, answer.text
    return answer.json()


def recorded(town: Town, name: str, amount: int) -> TradeId:
    """A trade of debtor and supplier, of which goods worth `amount` are received."""
    first = town.put_draft(
        "supplier", town.document("order", {"order": order(town, name, amount)}, {"order": ("supplier",)})
    ).json()
    proof = town.proof(first["document"], "order", "maker")
    answer = town.write("maker", f"/v1/drafts/{first['id']}/signatures", proof).json()
    done = town.final("maker", answer["operation"])
    trade = TradeId(bytes.fromhex(done["act"][2:]))
    receipt = Receipt(trade, Tag(some(f"note {name}")), Amount(amount), some("receipt"), soon(town))
    document = town.document("receipt", {"receipt": receipt}, {"receipt": ("warehouse",)})
    town.final("warehouse", town.put_draft("warehouse", document).json()["operation"])
    return trade


def confirmed(town: Town, name: str, face: int = 1_000_000, trade: TradeId = NO_TRADE) -> str:
    """A receivable, asked for by the supplier and confirmed by two persons of the debtor; its id."""
    asked = terms(town, name, face, trade)
    draft = request(town, asked)["id"]
    body = town.document("confirm", {"confirm": Confirm(asked, (use(name, face),))})["messages"]["confirm"][
        "body"
    ]
    added = town.write("maker", f"/v1/drafts/{draft}/messages", {"name": "confirm", "body": body})
    assert added.status_code == 200, added.text
    signed: dict[str, Any] = {}
    for signer in ("maker", "checker"):
        proof = town.proof(added.json()["document"], "confirm", signer)
        answer = town.write(signer, f"/v1/drafts/{draft}/signatures", proof)
        assert answer.status_code == 200, answer.text
        signed = answer.json()
    assert signed["status"] == "submitted"
    assert town.final("supplier", signed["operation"])["status"] == "final"
    return receivable_text(receivable_of_terms(from_json(signed["document"]).digest("terms")))
