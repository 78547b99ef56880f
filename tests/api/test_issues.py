"""Payables in bulk: signed by two persons, shown to each supplier with its own leaf alone, taken in part, refused in part."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from ledger.domain.acts import Accept, Confirm, Issue, hash_struct, to_message
from ledger.domain.drafts import Draft
from ledger.domain.ids import Digest, PartyId, digest_text, receivable_of_terms, receivable_text
from ledger.domain.merkle import payables_leaf, proof, root
from ledger.domain.units import Amount
from tests.api.papers import soon, terms, use
from tests.api.town import Town
from tests.mirror.scene import DEBTOR, EUR, SECOND, SUPPLIER


def payables(town: Town, supplier: PartyId, name: str, count: int) -> list[Confirm]:
    faces = [1_000 * (at + 1) for at in range(count)]
    return [
        Confirm(
            replace(terms(town, f"{name} {face}", face), creditor=supplier), (use(f"{name} {face}", face),)
        )
        for face in faces
    ]


class Bulk:
    """An issue of three payables to the supplier and one to the second supplier."""

    def __init__(self, town: Town, name: str) -> None:
        self.town = town
        self.by_supplier = {
            SUPPLIER: payables(town, SUPPLIER, f"{name} first", 3),
            SECOND: payables(town, SECOND, f"{name} second", 1),
        }
        every = [each for some in self.by_supplier.values() for each in some]
        self.leaves = [payables_leaf(party, self.hashes(party)) for party in self.by_supplier]
        self.issue = Issue(
            DEBTOR, EUR, root(self.leaves), len(every), Amount(sum(each.terms.face for each in every)),
            max(each.terms.due_at for each in every), 1, soon(town),
        )  # fmt: skip
        place = town.scene.deployment
        self.draft = Draft("accept", place.chain_id, place.ledger, place.parties, {"issue": self.issue})
        self.digest = digest_text(self.draft.digest("issue"))

    def hashes(self, party: PartyId) -> list[Digest]:
        return [hash_struct(each) for each in self.by_supplier[party]]

    def proof(self, name: str) -> dict[str, str]:
        made = self.town.signature(self.draft, "issue", name)
        return {"signer": made.signer, "proof": "0x" + made.proof.hex()}

    def publish(self, *names: str) -> Any:
        packets = [
            {"party": party, "label": "leaf", "packet": base64.b64encode(f"sealed {party}".encode()).decode()}
            for party in self.by_supplier
        ]
        body = {
            "issue": to_message(self.issue),
            "signatures": [self.proof(each) for each in names],
            "suppliers": packets,
        }
        return self.town.write("maker", "/v1/issues", body)

    def accept(
        self, party: PartyId, name: str, positions: list[int], signatures: list[dict[str, str]]
    ) -> Any:
        own = self.by_supplier[party]
        taken = [own[at] for at in positions]
        act = Accept(self.draft.digest("issue"), tuple(each.terms for each in taken))
        extra = {
            "leaf": {
                "hashes": [digest_text(each) for each in self.hashes(party)],
                "positions": [str(at) for at in positions],
                "uses": [[to_message(each) for each in one.uses] for one in taken],
                "proof": [
                    digest_text(each) for each in proof(self.leaves, payables_leaf(party, self.hashes(party)))
                ],
            }
        }
        document = self.town.document(
            "accept", {"issue": self.issue, "accept": act}, {"accept": (name,)}, extra
        )
        document["signatures"] = signatures + document["signatures"]
        return self.town.put_draft(name, document)


@pytest.fixture
def bulk(town: Town, request: pytest.FixtureRequest) -> Bulk:
    return Bulk(town, request.node.name)


def test_an_issue_is_taken_by_its_suppliers_from_their_own_leaves(town: Town, bulk: Bulk) -> None:
    published = bulk.publish("maker", "checker")
    assert published.status_code == 201, published.text
    assert published.json()["complete"] is True

    seen = town.get("supplier", f"/v1/issues/{bulk.digest}").json()
    assert seen["suppliers"] == [SUPPLIER]
    packet = town.get("supplier", f"/v1/sealed/{seen['sealed'][0]}").json()
    assert base64.b64decode(packet["packet"]) == b"sealed 4"
    assert len(seen["sealed"]) == 1

    sent = bulk.accept(SUPPLIER, "supplier", [0, 2], seen["signatures"])
    assert sent.status_code == 201, sent.text
    assert sent.json()["status"] == "submitted"
    assert town.final("supplier", sent.json()["operation"])["status"] == "final"

    after = town.get("maker", f"/v1/issues/{bulk.digest}").json()
    assert (after["taken"], after["taken_total"]["minor"]) == (2, "4000")
    first = receivable_of_terms(
        Draft("confirm", bulk.draft.chain_id, bulk.draft.ledger, bulk.draft.parties,
              {"terms": bulk.by_supplier[SUPPLIER][0].terms}).digest("terms")
    )  # fmt: skip
    found = town.get("supplier", f"/v1/receivables/{receivable_text(first)}").json()
    assert found["issue"] == bulk.digest


def test_a_later_acceptance_needs_no_signatures_of_the_debtor(town: Town, bulk: Bulk) -> None:
    bulk.publish("maker", "checker")
    signatures = town.get("supplier", f"/v1/issues/{bulk.digest}").json()["signatures"]
    first = bulk.accept(SUPPLIER, "supplier", [0], signatures)
    town.final("supplier", first.json()["operation"])

    second = bulk.accept(SECOND, "second", [0], [])

    assert second.json()["status"] == "submitted", second.text
    assert town.final("second", second.json()["operation"])["status"] == "final"


def test_one_signature_is_not_enough_and_suppliers_see_nothing_until_then(town: Town, bulk: Bulk) -> None:
    assert bulk.publish("maker").json()["complete"] is False
    assert town.get("supplier", f"/v1/issues/{bulk.digest}").status_code == 404
    again = town.write("maker", f"/v1/issues/{bulk.digest}/signatures", bulk.proof("maker"))
    assert again.json()["code"] == "same-person"

    signed = town.write("checker", f"/v1/issues/{bulk.digest}/signatures", bulk.proof("checker"))

    assert signed.json()["complete"] is True
    assert town.get("supplier", f"/v1/issues/{bulk.digest}").status_code == 200
    late = town.write("checker", f"/v1/issues/{bulk.digest}/signatures", bulk.proof("checker"))
    assert late.json()["code"] == "signature-not-needed"


def test_a_refused_payable_is_told_to_the_debtor_alone(town: Town, bulk: Bulk) -> None:
    bulk.publish("maker", "checker")
    payable = digest_text(bulk.hashes(SUPPLIER)[1])

    told = town.write(
        "supplier", f"/v1/issues/{bulk.digest}/refusals", {"payable": payable, "reason": "wrong amount"}
    )

    assert told.status_code == 201, told.text
    assert [
        each["payable"] for each in town.get("maker", f"/v1/issues/{bulk.digest}").json()["refusals"]
    ] == [payable]
    assert town.get("second", f"/v1/issues/{bulk.digest}").json()["refusals"] == []
    assert town.get("bank", f"/v1/issues/{bulk.digest}").status_code == 404
    assert town.get("attestor", f"/v1/issues/{bulk.digest}").status_code == 404
    own = {"payable": payable, "reason": "mine"}
    assert town.write("maker", f"/v1/issues/{bulk.digest}/refusals", own).status_code == 403


def test_only_the_debtor_publishes(town: Town, bulk: Bulk) -> None:
    body = {
        "issue": to_message(bulk.issue),
        "signatures": [bulk.proof("maker")],
        "suppliers": [{"party": SUPPLIER, "packet": "AAAA"}],
    }
    answer = town.write("supplier", "/v1/issues", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-bound")


def test_an_issue_is_published_once(town: Town, bulk: Bulk) -> None:
    assert bulk.publish("maker", "checker").status_code == 201
    assert bulk.publish("maker", "checker").json()["code"] == "draft-exists"
