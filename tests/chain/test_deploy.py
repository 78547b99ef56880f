"""A deployment lies where it said it would, is what contracts/ gives, and goes on where it was interrupted."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from coincurve import PrivateKey

from ledger.chain.creations import Creation, Founding, artefact, contract_address, creations
from ledger.chain.deploy import DeploymentFailed, deploy, is_code_of, next_nonce
from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address
from tests.chain.founders import DEPLOYER_KEY, address_of, founding

SENDER = address_of(PrivateKey(DEPLOYER_KEY))


@pytest.fixture
def rpc(tools: Path, tmp_path: Path) -> Iterator[Rpc]:
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
        yield Rpc(chain.url)


def the_founding(rpc: Rpc, nonce: int) -> Founding:
    now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    return founding(31337, SENDER, nonce, now)


def ask(rpc: Rpc, contract: Address, signature: str) -> bytes:
    data = "0x" + keccak(signature.encode())[:4].hex()
    return bytes.fromhex(rpc.call("eth_call", {"to": contract, "data": data}, "latest")[2:])


def test_the_contracts_lie_at_the_addresses_that_were_signed_for(rpc: Rpc) -> None:
    nonce = next_nonce(rpc, SENDER)
    deployment = deploy(rpc, DEPLOYER_KEY, the_founding(rpc, nonce), nonce, name="local", finality="depth:2")

    assert deployment.parties == contract_address(SENDER, nonce)
    assert ask(rpc, deployment.ledger, "parties()")[12:].hex() == deployment.parties[2:].lower()
    assert ask(rpc, deployment.ledger, "rules()")[12:].hex() == deployment.rules[2:].lower()
    assert ask(rpc, deployment.rules, "owner()")[12:].hex() == deployment.timelock[2:].lower()
    assert int.from_bytes(ask(rpc, deployment.parties, "count()")) == 2
    assert int.from_bytes(ask(rpc, deployment.rules, "current()")) == 1
    assert deployment.to_json()["libraries"].keys() == {
        library for libraries in artefact("Ledger")["linkReferences"].values() for library in libraries
    }


def test_an_interrupted_deployment_goes_on_and_makes_nothing_twice(rpc: Rpc) -> None:
    nonce = next_nonce(rpc, SENDER)
    plan = the_founding(rpc, nonce)
    first = deploy(rpc, DEPLOYER_KEY, plan, nonce, name="local", finality="depth:2")
    sent = next_nonce(rpc, SENDER)

    rpc.call("anvil_mine", "0x5")
    again = deploy(rpc, DEPLOYER_KEY, plan, nonce, name="local", finality="depth:2")

    assert next_nonce(rpc, SENDER) == sent
    assert again.code_hashes == first.code_hashes
    assert again.first_block == first.first_block


def test_founders_that_signed_for_another_address_found_nothing(rpc: Rpc) -> None:
    nonce = next_nonce(rpc, SENDER)
    with pytest.raises(DeploymentFailed) as refused:
        deploy(rpc, DEPLOYER_KEY, the_founding(rpc, nonce + 1), nonce, name="local", finality="depth:2")

    assert refused.value.contract == "Parties"
    assert keccak(b"BadSignature(address)")[:4].hex() in refused.value.reason


def test_other_code_than_the_artefacts_is_noticed(rpc: Rpc) -> None:
    nonce = next_nonce(rpc, SENDER)
    plan = the_founding(rpc, nonce)
    deployment = deploy(rpc, DEPLOYER_KEY, plan, nonce, name="local", finality="depth:2")
    code = bytearray.fromhex(rpc.call("eth_getCode", deployment.rules, "latest")[2:])
    assert is_code_of("Rules", bytes(code), {})

    code[len(code) // 2] ^= 1

    assert not is_code_of("Rules", bytes(code), {})


def test_libraries_come_before_those_who_call_them_and_no_code_keeps_a_gap() -> None:
    plan = creations(founding(31337, SENDER, 0, 1_772_438_400), SENDER, 0)
    names = [each.name for each in plan]
    for creation in plan:
        needed = {
            name for libraries in artefact(creation.name)["linkReferences"].values() for name in libraries
        }
        assert needed <= set(names[: names.index(creation.name)])
    assert [each.nonce for each in plan] == list(range(len(plan)))
    assert all(isinstance(each, Creation) and each.code for each in plan)


def test_a_currency_without_a_token_needs_the_settlement_token() -> None:
    plan = dataclasses.replace(founding(31337, SENDER, 0, 1_772_438_400), minter=None)
    with pytest.raises(ValueError, match="settlement token"):
        creations(plan, SENDER, 0)
