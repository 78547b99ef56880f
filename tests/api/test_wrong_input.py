"""Wrong input, each a problem that names what is wrong and changes nothing."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from ledger.domain.acts import Confirm, Terms, to_message
from ledger.domain.ids import ChainTime, PartyId
from ledger.domain.units import Amount, Currency
from ledger.sql.tables import offchain, outbox
from tests.api.papers import DAY, order, request, some, terms, use
from tests.api.town import Town
from tests.mirror.scene import DEBTOR


def kept(town: Town) -> tuple[int, ...]:
    """How many rows the service keeps of whatever could have been changed."""
    tables = (offchain.draft, offchain.sealed, offchain.idempotency, outbox.operation)
    with town.database.read() as read:
        return tuple(int(read.scalar(select(func.count()).select_from(each))) for each in tables)


def refused(town: Town, name: str, document: Any, code: str, **fields: Any) -> None:
    """Asserts that the draft is refused so, and that nothing is kept of it."""
    before = kept(town)
    answer = town.put_draft(name, document)
    found = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert found["code"] == code, found
    for field, value in fields.items():
        assert found["fields"][field] == value, found
    assert kept(town) == before


def asked(town: Town, changed: Terms, names: tuple[str, ...] = ("supplier",)) -> Any:
    return town.document("confirm", {"terms": changed}, {"terms": names})


TERMS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"face": Amount(0)}, "zero-amount", {"error": "ZeroAmount"}),
    ({"currency": Currency("ZZZ")}, "unknown-currency", {"currency": "ZZZ"}),
    ({"currency": Currency("USD")}, "currency-not-allowed", {"currency": "USD"}),
    ({"creditor": PartyId(99)}, "unknown-party", {"party": 99}),
    ({"creditor": DEBTOR}, "same-party", {}),
    ({"due_at": ChainTime(1)}, "due-too-early", {"dueAt": 1}),
    ({"due_at": ChainTime(2**47)}, "due-too-late", {}),
    ({"deadline": ChainTime(1)}, "deadline-passed", {"deadline": 1}),
    ({"deadline": ChainTime(2**47)}, "deadline-too-far", {}),
    ({"undertaking": 3}, "bad-undertaking", {"undertaking": 3}),
    ({"rules": 9}, "rules-not-in-force", {"version": 9, "current": 1}),
    ({"trade": some("no trade")}, "not-found", {"kind": "trade"}),
]


@pytest.mark.parametrize(("changed", "code", "fields"), TERMS, ids=[each[1] for each in TERMS])
def test_terms_that_no_contract_would_take(
    town: Town, changed: dict[str, Any], code: str, fields: dict[str, Any]
) -> None:
    refused(town, "supplier", asked(town, replace(terms(town, code), **changed)), code, **fields)


@pytest.mark.parametrize("face", ["-1", "1.5", "", "1e3", " 1", str(2**64), 5, None, True, [1]])
def test_amounts_that_are_none(town: Town, face: Any) -> None:
    document = asked(town, terms(town, "amounts"))
    document["messages"]["terms"]["body"]["face"] = face
    refused(town, "supplier", document, "bad-field", field="terms.face")


def test_a_signature_of_another_partys_signer(town: Town) -> None:
    document = asked(town, terms(town, "other party"), ("bank",))
    refused(town, "supplier", document, "signer-of-other", error="SignerOfOther", wanted=[4])


def test_a_signature_of_nobody(town: Town) -> None:
    refused(town, "supplier", asked(town, terms(town, "nobody"), ("stranger",)), "unknown-signer")


def test_a_signature_without_the_power(town: Town) -> None:
    document = town.document("order", {"order": order(town, "no power")}, {"order": ("checker",)})
    refused(town, "maker", document, "lacks-power", power="propose")


def test_a_signature_over_another_message(town: Town) -> None:
    document = asked(town, terms(town, "signed"))
    document["messages"]["terms"]["body"]["face"] = "2000000"
    refused(town, "supplier", document, "signature-invalid", message="terms")


def test_one_person_does_not_sign_twice(town: Town) -> None:
    agreed = terms(town, "one person")
    draft = request(town, agreed)
    body = to_message(Confirm(agreed, (use("one person", 1_000_000),)))
    added = town.write(
        "maker", f"/v1/drafts/{draft['id']}/messages", {"name": "confirm", "body": body}
    ).json()
    proof = town.proof(added["document"], "confirm", "checker")
    assert town.write("checker", f"/v1/drafts/{draft['id']}/signatures", proof).status_code == 200
    before = town.get("checker", f"/v1/drafts/{draft['id']}").json()
    # The same key once more adds nothing; neither does it count as the second person.
    again = town.write("checker", f"/v1/drafts/{draft['id']}/signatures", proof)
    assert again.json()["status"] == "collecting"
    twice = before["document"] | {"signatures": before["document"]["signatures"] * 2}
    answer = town.put_draft("maker", twice)
    assert answer.json()["code"] in ("same-person", "draft-exists")
    assert town.get("checker", f"/v1/drafts/{draft['id']}").json() == before


def test_two_keys_of_one_person_are_one_person(town: Town) -> None:
    signed = town.document("order", {"order": order(town, "two keys")}, {"order": ("supplier", "supplier")})
    signed["signatures"] *= 2
    refused(town, "supplier", signed, "same-person", error="SamePerson", person=1)


def test_a_replayed_act(town: Town) -> None:
    document = town.document("order", {"order": order(town, "replayed")}, {"order": ("supplier", "maker")})
    sent = town.put_draft("supplier", document).json()
    refused(town, "maker", document, "draft-exists", existing=sent["id"])
    town.final("supplier", sent["operation"])
    refused(town, "supplier", document, "draft-exists")


def test_an_act_for_another_chain(town: Town) -> None:
    document = asked(town, terms(town, "chain")) | {"chain_id": "1"}
    refused(town, "supplier", document, "wrong-chain", found="1", limit="31337")


@pytest.mark.parametrize("contract", ["ledger", "parties"])
def test_an_act_for_another_contract(town: Town, contract: str) -> None:
    other = "0x52908400098527886E0F7030069857D2E4169EE7"
    document = asked(town, terms(town, contract)) | {contract: other}
    refused(town, "supplier", document, "wrong-contract", contract=contract, found=other)


def test_a_draft_of_others(town: Town) -> None:
    refused(town, "bank", asked(town, terms(town, "of others")), "not-bound", party=6, bound=[3, 4])


@pytest.mark.parametrize(
    "changed",
    [
        {"duebill": "draft/2"},
        {"kind": "mint"},
        {"messages": {}},
        {"messages": {"terms": {"type": "Order", "body": {}}}},
        {"messages": {"order": {"type": "Order", "body": {}}}},
        {"more": 1},
        {"signatures": "none"},
        {"extra": {"leaf": {}}},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_documents_that_are_none(town: Town, changed: dict[str, Any]) -> None:
    before = kept(town)
    answer = town.put_draft("supplier", asked(town, terms(town, "none")) | changed)
    assert answer.status_code == 422
    assert answer.json()["code"] in ("malformed", "bad-field")
    assert kept(town) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"document": 5}'])
def test_bodies_that_are_none(town: Town, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {town.sign_in('maker')}", "Idempotency-Key": "malformed-body"}
    answer = town.http.post(
        "/v1/drafts", content=body, headers=headers | {"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "malformed"


def test_a_body_above_two_megabytes(town: Town) -> None:
    headers = {"Authorization": f"Bearer {town.sign_in('maker')}", "Idempotency-Key": "large-body"}
    told = town.http.post("/v1/drafts", content=b"x" * 2_000_001, headers=headers)
    assert (told.status_code, told.json()["fields"]["limit"]) == (413, 2_000_000)
    untold = town.http.post("/v1/drafts", content=(b"x" * 100_000 for _ in range(500)), headers=headers)
    assert (untold.status_code, untold.json()["code"]) == (413, "too-large")


def test_a_write_without_a_key(town: Town) -> None:
    answer = town.http.post(
        "/v1/sealed", json={}, headers={"Authorization": f"Bearer {town.sign_in('maker')}"}
    )
    assert answer.status_code == 422
    assert any("Idempotency-Key" in each["field"] for each in answer.json()["fields"]["errors"])


def test_due_dates_at_the_border_of_the_tenor(town: Town) -> None:
    near = replace(terms(town, "near"), due_at=ChainTime(town.scene.now() + 180 * DAY))
    assert town.put_draft("supplier", asked(town, near)).status_code == 201
    far = replace(terms(town, "far"), due_at=ChainTime(town.scene.now() + 230 * DAY))
    refused(town, "supplier", asked(town, far), "due-too-late")


def test_a_receivable_above_what_was_received_is_told_before_anybody_signs(town: Town) -> None:
    unmatched = request(town, terms(town, "cautions"))
    assert [each["code"] for each in unmatched["warnings"]] == ["unmatched"]
