"""Sends a deployment's transactions to a node, and says what lies where afterwards.

All are sent at once, since their addresses and links are known beforehand. Begun again with the same first nonce,
it goes on: what was sent already is not sent a second time.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount

from ledger.chain.creations import Creation, Founding, artefact, creations, link
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.errors import DuebillError
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, BlockHash, BlockNumber, Digest

# A transaction above 2**24 gas is never mined (EIP-7825).
_LARGEST_GAS = 2**24
_WAIT_SECONDS = 120.0
_POLL_SECONDS = 0.05
# A library's code begins with its own address, put in when it is created.
_LIBRARY_GUARD = b"\x73" + bytes(20)
_CORE = ("Parties", "Rules", "Ledger", "SettlementToken", "Timelock")


@dataclass(eq=False)
class DeploymentFailed(DuebillError):
    """A contract could not be created. contract: its name; reason: what the node said."""

    code = "deployment-failed"
    contract: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """What lies where. token: the settlement token, or None; first_block, block: the first and last of its blocks."""

    name: str
    chain_id: int
    finality: str
    ledger: Address
    parties: Address
    rules: Address
    timelock: Address
    token: Address | None
    libraries: dict[str, Address]
    first_block: BlockNumber
    block: BlockNumber
    genesis_hash: BlockHash
    code_hashes: dict[str, Digest]

    def to_json(self) -> dict[str, Any]:
        """The deployment file."""
        return {
            "name": self.name,
            "chain_id": self.chain_id,
            "finality": self.finality,
            "ledger": self.ledger,
            "parties": self.parties,
            "rules": self.rules,
            "timelock": self.timelock,
            "token": self.token,
            "libraries": self.libraries,
            "first_block": self.first_block,
            "block": self.block,
            "genesis_hash": "0x" + self.genesis_hash.hex(),
            "code_hashes": {name: "0x" + value.hex() for name, value in self.code_hashes.items()},
        }


def next_nonce(rpc: Rpc, sender: Address) -> int:
    """The nonce of the sender's next transaction."""
    return int(rpc.call("eth_getTransactionCount", sender, "pending"), 16)


def deploy(
    rpc: Rpc, key: bytes, founding: Founding, first_nonce: int, *, name: str, finality: str
) -> Deployed:
    """Creates all of `founding` from the account of `key`. Raises DeploymentFailed, NodeUnreachable, NodeRefused."""
    account: LocalAccount = Account.from_key(key)
    plan = creations(founding, Address(account.address), first_nonce)
    sent = _send(rpc, account, plan)
    blocks = [_mined_in(rpc, account, each, sent.get(each.name)) for each in plan]
    placed = {each.name: each.address for each in plan}
    codes = {each.name: _code_of(rpc, each, placed) for each in plan}
    return Deployed(
        name=name,
        chain_id=int(rpc.call("eth_chainId"), 16),
        finality=finality,
        ledger=placed["Ledger"],
        parties=placed["Parties"],
        rules=placed["Rules"],
        timelock=placed["Timelock"],
        token=placed.get("SettlementToken"),
        libraries={each.name: each.address for each in plan if each.name not in _CORE},
        first_block=_founded_in(rpc, placed["Parties"]),
        block=BlockNumber(max(blocks)),
        genesis_hash=BlockHash(bytes.fromhex(rpc.call("eth_getBlockByNumber", "0x0", False)["hash"][2:])),
        code_hashes={each: Digest(keccak(code)) for each, code in codes.items()},
    )


def _send(rpc: Rpc, account: LocalAccount, plan: Sequence[Creation]) -> dict[str, str]:
    """Sends what has not been sent yet; the hash of each transaction by its contract's name."""
    chain_id = int(rpc.call("eth_chainId"), 16)
    tip = int(rpc.call("eth_maxPriorityFeePerGas"), 16)
    base = int(rpc.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
    done = next_nonce(rpc, Address(account.address))
    hashes = {}
    for creation in plan:
        if creation.nonce < done:
            continue
        signed = account.sign_transaction(
            {
                "type": 2,
                "chainId": chain_id,
                "nonce": creation.nonce,
                "gas": _gas(creation),
                "maxPriorityFeePerGas": tip,
                "maxFeePerGas": 2 * base + tip,
                "value": 0,
                "data": creation.code,
            }
        )
        raw = "0x" + bytes(signed.raw_transaction).hex()
        hashes[creation.name] = str(rpc.call("eth_sendRawTransaction", raw))
    return hashes


def _gas(creation: Creation) -> int:
    """Enough: 200 for a byte kept, 16 for a byte sent, and what a constructor writes."""
    return min(_LARGEST_GAS, 4_000_000 + 300 * len(creation.code))


def _mined_in(rpc: Rpc, account: LocalAccount, creation: Creation, sent: str | None) -> int:
    """The block that created the contract, or where an earlier run sent it, a block after which it is there."""
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        if sent is None:
            code, block = rpc.batch([("eth_getCode", [creation.address, "latest"]), ("eth_blockNumber", [])])
            if code != "0x":
                return int(block, 16)
        elif (receipt := rpc.call("eth_getTransactionReceipt", sent)) is not None:
            if int(receipt["status"], 16) != 1:
                raise DeploymentFailed(creation.name, _refusal(rpc, account, creation))
            return int(receipt["blockNumber"], 16)
        time.sleep(_POLL_SECONDS)
    raise DeploymentFailed(creation.name, f"not there after {_WAIT_SECONDS:.0f} seconds")


def _founded_in(rpc: Rpc, parties: Address) -> BlockNumber:
    """The block that created Parties, which tells its founders there; also where an earlier run sent it."""
    logs = rpc.call("eth_getLogs", {"address": parties, "fromBlock": "0x0", "toBlock": "latest"})
    return BlockNumber(min(int(each["blockNumber"], 16) for each in logs))


def _refusal(rpc: Rpc, account: LocalAccount, creation: Creation) -> str:
    """Why the constructor reverts, as the node tells it when asked once more."""
    question = {"from": account.address, "data": "0x" + creation.code.hex()}
    answer = rpc.ask([("eth_call", [question, "latest"])])[0]
    return f"{answer.message} {answer.data}" if isinstance(answer, NodeRefused) else "out of gas"


def _code_of(rpc: Rpc, creation: Creation, placed: Mapping[str, Address]) -> bytes:
    """The code that lies there. Raises DeploymentFailed where it is not that of the artefact."""
    found = bytes.fromhex(rpc.call("eth_getCode", creation.address, "latest")[2:])
    if not is_code_of(creation.name, found, placed):
        raise DeploymentFailed(creation.name, f"the code at {creation.address} is not that of the artefact")
    return found


def is_code_of(name: str, found: bytes, placed: Mapping[str, Address]) -> bool:
    """Whether deployed code is that of an artefact linked to `placed`, but for immutables and a library's own address."""
    compiled = artefact(name)
    masked, wanted = (
        bytearray(found),
        link(compiled["deployedBytecode"], compiled["deployedLinkReferences"], placed),
    )
    for place in (place for places in compiled["immutableReferences"] for place in places):
        masked[place["start"] : place["start"] + place["length"]] = bytes(place["length"])
    if wanted[:21] == _LIBRARY_GUARD:
        masked[1:21] = bytes(20)
    return bytes(masked) == wanted
