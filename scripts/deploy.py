"""Deploys everything on brownie's network with keys that anybody knows: for the workbench of the contracts, never for money.

`brownie run deploy --network duebill`; tests import `deploy`. The creations are those of `duebill deploy`.
"""

from typing import Any

from brownie import accounts, chain, network, project, web3
from eth_account import Account
from eth_account.signers.local import LocalAccount

from ledger.chain.creations import Founder, Founding, RuleSet, artefact, creations, parties_address
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address

ROLE_AUDITOR, ROLE_OPERATOR = 16, 32
POWER_ATTEST, POWER_ADMINISTER = 6, 7
KIND_KEY = 1
DAY_SECONDS = 86_400
LARGEST_GAS = 2**24

Contracts = dict[str, Any]
Types = dict[str, list[dict[str, str]]]


def main() -> Contracts:
    """Deploys from the network's first account and says what lies where."""
    contracts = deploy(accounts[0])
    for name, contract in contracts.items():
        print(f"{name:16} {contract.address}")
    return contracts


def deploy(sender: Any) -> Contracts:
    """All contracts by name, created by `sender`; operator and attestor are `key("operator")` and `key("attestor")`."""
    nonce = web3.eth.get_transaction_count(sender.address)
    plan = creations(founding(Address(sender.address), nonce), Address(sender.address), nonce)
    build = project.get_loaded_projects()[0]
    contracts: Contracts = {}
    for creation in plan:
        receipt = sender.transfer(data="0x" + creation.code.hex(), gas_limit=LARGEST_GAS, silent=True)
        if receipt.contract_address != creation.address:
            raise RuntimeError(f"{creation.name} is not at {creation.address}, which was signed for")
        contracts[creation.name] = build[creation.name].at(creation.address)
    return contracts


def founding(sender: Address, nonce: int) -> Founding:
    """An operator and an attestor of one person each, for the register that `sender` creates with `nonce`."""
    domain = domain_of(parties_address(sender, nonce))
    return Founding(
        operator=founder("operator", ROLE_OPERATOR, POWER_ADMINISTER, domain),
        attestor=founder("attestor", ROLE_AUDITOR, POWER_ATTEST, domain),
        rules=RuleSet(source=keccak(b"rules of the workbench")),
        proposers=(Address(key("operator").address),),
        minter=sender,
    )


def founder(name: str, roles: int, power: int, domain: dict[str, Any]) -> Founder:
    """A founding party whose one key signs its admission."""
    signer = key(name)
    types = struct_types(artefact("Parties")["abi"])
    message = {
        "record": keccak(name.encode()),
        "roles": roles,
        "sole": False,
        "account": key(f"account of {name}").address,
        "sealingKey": keccak(f"sealing key of {name}".encode()),
        "tagKey": bytes(32),
        "group": 0,
        "attestor": 0,
        "evidence": bytes(32),
        "persons": [keccak(f"person of {name}".encode())],
        "signers": [{"signer": signer.address, "kind": KIND_KEY, "person": 1, "powers": 1 << power}],
        "limits": [],
        "guardians": [],
        "deadline": chain.time() + DAY_SECONDS,
    }
    proof = sign(signer, "Admission", message, types, domain)
    return Founder(admission=as_tuple("Admission", message, types), signatures=(proof,))


def key(name: str) -> LocalAccount:
    """The key that follows from a name."""
    account: LocalAccount = Account.from_key(keccak(name.encode()))
    return account


def domain_of(contract: str) -> dict[str, Any]:
    """The EIP-712 domain of a contract on this network."""
    return {
        "name": "Duebill",
        "version": "1",
        "chainId": network.chain.id,
        "verifyingContract": contract,
    }


def struct_types(abi: list[dict[str, Any]]) -> Types:
    """The structs that a contract's functions take, as EIP-712 names them."""
    types: Types = {}

    def collect(parameters: list[dict[str, Any]]) -> None:
        for each in parameters:
            if each["type"].startswith("tuple"):
                name = struct_name(each)
                types[name] = [
                    {"name": field["name"], "type": eip712_type(field)} for field in each["components"]
                ]
                collect(each["components"])

    for entry in abi:
        if entry["type"] == "function":
            collect(entry["inputs"])
    return types


def struct_name(parameter: dict[str, Any]) -> str:
    """`Order` of `struct Order[]`."""
    name: str = parameter["internalType"].removeprefix("struct ").split("[")[0]
    return name


def eip712_type(parameter: dict[str, Any]) -> str:
    """`Use[]` where the ABI says `tuple[]`."""
    kind: str = parameter["type"]
    return kind.replace("tuple", struct_name(parameter)) if kind.startswith("tuple") else kind


def sign(
    signer: LocalAccount, name: str, message: dict[str, Any], types: Types, domain: dict[str, Any]
) -> tuple[str, bytes]:
    """Signer and proof over one struct."""
    signed = signer.sign_typed_data(
        domain_data=domain, message_types=reachable(name, types), message_data=message
    )
    return signer.address, bytes(signed.signature)


def reachable(name: str, types: Types) -> Types:
    """The struct and those inside it: a wallet refuses types that the message does not use."""
    inner = [field["type"].split("[")[0] for field in types[name]]
    found: Types = {name: types[name]}
    for each in inner:
        if each in types:
            found |= reachable(each, types)
    return found


def as_tuple(name: str, message: dict[str, Any], types: Types) -> tuple[Any, ...]:
    """The struct as the ABI takes it."""

    def value(kind: str, given: Any) -> Any:
        if kind.endswith("[]"):
            return [value(kind[:-2], each) for each in given]
        return as_tuple(kind, given, types) if kind in types else given

    return tuple(value(field["type"], message[field["name"]]) for field in types[name])
