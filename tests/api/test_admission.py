"""A party comes in: its signers have no party yet, and work on the admission that names them and nothing else."""

from typing import Any

import pytest

from ledger.domain.acts import Admission, Enrolment, Limit, Order
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, PartyId, PersonNumber, address_of_bytes
from ledger.domain.powers import Power, Role, SignerKind
from ledger.domain.units import NO_LIMIT, Amount
from tests.api.papers import some, soon, terms
from tests.api.town import Town
from tests.chain.founders import address_of, key_of
from tests.mirror.scene import DEBTOR, EUR, NONE

POWERS = sum(1 << power for power in (Power.PROPOSE, Power.RECEIVE, Power.TRANSFER))


def wallet(town: Town, name: str) -> Address:
    """A contract that vouches for its owner's signatures."""
    address = address_of_bytes(keccak(name.encode())[12:])
    word = "7f1626ba7e" + "00" * 28
    town.rpc.call("anvil_setCode", address, f"0x{word}5f5260205ff3")
    return address


def admission(town: Town, name: str, signers: list[tuple[Address, SignerKind]]) -> Admission:
    enrolled = tuple(
        Enrolment(address, kind, PersonNumber(at + 1), POWERS) for at, (address, kind) in enumerate(signers)
    )
    limits = tuple(
        Limit(each.signer, EUR, power, Amount(10**9), NO_LIMIT)
        for each in enrolled
        for power in (Power.PROPOSE, Power.RECEIVE, Power.TRANSFER)
    )
    return Admission(
        some(f"record {name}"), Role.SUPPLIER, False, address_of(key_of(f"account of {name}")), some("sealing"), NONE, 0,
        PartyId(2), some("seen"), tuple(some(f"person {at}") for at in range(len(enrolled))), enrolled, limits,
        (address_of(key_of("guardian")),), soon(town),
    )  # fmt: skip


def sign_on(town: Town, name: str, draft: dict[str, Any]) -> Any:
    proof = town.proof(draft["document"], "admission", name)
    answer = town.write(name, f"/v1/drafts/{draft['id']}/signatures", proof)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def admitted(town: Town) -> dict[str, Any]:
    """A supplier with a key and a contract that signs."""
    contract = wallet(town, "wallet")
    act = admission(
        town, "newcomer", [(address_of(key_of("newcomer")), SignerKind.KEY), (contract, SignerKind.CONTRACT)]
    )
    put = town.put_draft("newcomer", town.document("admit", {"admission": act}, {"admission": ("newcomer",)}))
    assert put.status_code == 201, put.text
    draft = put.json()
    assert town.get("second", f"/v1/drafts/{draft['id']}").status_code == 404
    by_contract = {"message": "admission", "signer": contract, "proof": "0x1122"}
    assert town.write("newcomer", f"/v1/drafts/{draft['id']}/signatures", by_contract).status_code == 200
    sign_on(town, "operator", draft)
    done = sign_on(town, "attestor", draft)
    assert done["status"] == "submitted"
    assert town.final("newcomer", done["operation"])["status"] == "final"
    return {"contract": contract, "draft": draft["id"]}


def test_a_newcomer_is_a_party_once_everybody_has_signed(town: Town, admitted: dict[str, Any]) -> None:
    nonce = town.http.post("/v1/auth/nonce").json()["nonce"]
    opened = town.http.post("/v1/auth/sessions", json=town.signed_in("newcomer", nonce)).json()
    assert (opened["party"], opened["roles"]) == (7, ["supplier"])
    found = town.get("newcomer", "/v1/parties/7").json()
    assert [each["kind"] for each in found["signers"]] == ["key", "contract"]
    assert found["final"] is True


def test_a_contract_signs_what_it_vouches_for(town: Town, admitted: dict[str, Any]) -> None:
    act = Order(DEBTOR, PartyId(7), EUR, Amount(1_000), some("by contract"), soon(town))
    document = town.document("order", {"order": act}, {"order": ("maker",)})
    draft = town.put_draft("maker", document).json()
    proof = {"message": "order", "signer": admitted["contract"], "proof": "0x1122"}
    answer = town.write("newcomer", f"/v1/drafts/{draft['id']}/signatures", proof)
    assert answer.status_code == 200, answer.text
    assert town.final("maker", answer.json()["operation"])["status"] == "final"


def test_a_contract_that_does_not_vouch_has_not_signed(town: Town, admitted: dict[str, Any]) -> None:
    act = Order(DEBTOR, PartyId(7), EUR, Amount(2_000), some("not vouched"), soon(town))
    draft = town.put_draft("maker", town.document("order", {"order": act}, {"order": ("maker",)})).json()
    town.rpc.call("anvil_setCode", admitted["contract"], "0x5f5ffd")
    proof = {"message": "order", "signer": admitted["contract"], "proof": "0x1122"}
    answer = town.write("newcomer", f"/v1/drafts/{draft['id']}/signatures", proof)
    assert (answer.status_code, answer.json()["code"]) == (422, "signature-invalid")


def test_a_signer_who_is_taken_is_not_admitted_again(town: Town) -> None:
    act = admission(town, "taken", [(address_of(key_of("supplier")), SignerKind.KEY)])
    answer = town.put_draft("supplier", town.document("admit", {"admission": act}))
    assert (answer.status_code, answer.json()["code"]) == (409, "signer-taken")


def test_who_has_no_party_puts_up_no_other_draft(town: Town) -> None:
    document = town.document("confirm", {"terms": terms(town, "no party")}, {})
    answer = town.put_draft("nobody", document)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-bound")
    act = admission(town, "of others", [(address_of(key_of("somebody")), SignerKind.KEY)])
    other = town.put_draft("nobody", town.document("admit", {"admission": act}))
    assert other.json()["code"] == "not-bound"
