"""Calls on cash without an act: a permit that the account's owner signed, relayed once."""

from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from ledger.chain.abi import artefact, functions
from ledger.domain.hashing import keccak
from tests.api.town import Town
from tests.chain.founders import address_of, key_of

VALUE = 12_345


def permit(town: Town, nonce: int = 0, value: int = VALUE, **changed: str) -> dict[str, Any]:
    owner, token = address_of(key_of("saver")), str(town.scene.deployment.token)
    said = {
        "owner": owner,
        "spender": town.scene.deployment.ledger,
        "value": value,
        "nonce": nonce,
        "deadline": town.scene.now() + 86_400,
    }
    name = functions(artefact("SettlementToken")["abi"])["name"]
    answer = town.rpc.call("eth_call", {"to": token, "data": name.data()}, "latest")
    domain = {
        "name": name.result(answer)[0],
        "version": "1",
        "chainId": town.scene.deployment.chain_id,
        "verifyingContract": token,
    }
    fields = ("owner", "address"), ("spender", "address"), ("value", "uint256"), ("nonce", "uint256")
    types = {"Permit": [{"name": n, "type": t} for n, t in (*fields, ("deadline", "uint256"))]}
    signed = Account.sign_message(encode_typed_data(domain, types, said), key_of("saver").secret)
    return {
        "token": token,
        "owner": owner,
        "spender": said["spender"],
        "value": str(value),
        "deadline": str(said["deadline"]),
        "signature": "0x" + bytes(signed.signature).hex(),
    } | changed


def allowance(town: Town) -> int:
    token = functions(artefact("SettlementToken")["abi"])
    data = token["allowance"].data(address_of(key_of("saver")), town.scene.deployment.ledger)
    answer = town.rpc.call("eth_call", {"to": town.scene.deployment.token, "data": data}, "latest")
    return int(answer, 16)


def test_a_permit_is_relayed_and_becomes_final_without_an_act(town: Town) -> None:
    body = permit(town)
    sent = town.write("supplier", "/v1/permits", body)
    assert sent.status_code == 202, sent.text

    done = town.final("supplier", sent.json()["operation"])

    assert (done["status"], done["act"], done["reverted"]) == ("final", None, 0)
    assert allowance(town) == VALUE
    again = town.write("supplier", "/v1/permits", body)
    assert again.json()["code"] in ("erc2612-invalid-signer", "invalid-account-nonce")


def test_a_permit_for_others_is_refused(town: Town) -> None:
    other = "0x" + keccak(b"other").hex()[:40]
    assert (
        town.write("supplier", "/v1/permits", permit(town, spender=other)).json()["code"] == "wrong-contract"
    )
    assert town.write("supplier", "/v1/permits", permit(town, token=other)).json()["code"] == "wrong-contract"
    changed = town.write("supplier", "/v1/permits", permit(town, nonce=1, value=1) | {"value": "2"})
    assert changed.json()["code"] == "erc2612-invalid-signer"
    short = town.write("supplier", "/v1/permits", permit(town, signature="0x00"))
    assert short.json()["code"] == "bad-field"
