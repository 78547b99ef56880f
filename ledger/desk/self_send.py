"""A complete act to the chain without the service: anyone may submit it, whoever pays for the transaction."""

import time
from dataclasses import dataclass
from typing import Any

from ledger.chain.reverts import Reverts
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.desk.chain_facts import ChainFacts
from ledger.desk.pin import Pin
from ledger.domain.demands import call
from ledger.domain.drafts import Draft
from ledger.domain.errors import ContractRefused, DuebillError
from ledger.domain.ids import Address, digest_text

MOST_GAS = 2**24
"""EIP-7825: a transaction above it is never mined."""
_WAIT_SECONDS = 120.0
_POLL_SECONDS = 0.2


@dataclass(eq=False)
class NotMined(DuebillError):
    """The transaction was sent, but no block took it in time; sending again has no second effect."""

    code = "not-mined"
    tx: str
    seconds: int


@dataclass(frozen=True)
class Sent:
    """Where the act took effect. act: the digest that events name."""

    act: str
    tx: str
    block: int
    gas: int


def send_draft(draft: Draft, rpc: Rpc, pin: Pin, secret: bytes) -> Sent:
    """Tries the call, sends it from the account of `secret`, and waits until it is mined.

    Raises OtherDeployment, SignaturesMissing, MessageMissing, ContractRefused, NodeUnreachable, NotMined.
    """
    pin.check_draft(draft)
    facts = ChainFacts(rpc, pin)
    facts.check_place()
    known = draft.kind == "accept" and facts.issue_known(draft.digest("issue"))
    wanted = call(draft, facts, issue_known=known)
    to, data = facts.call_data(wanted.contract, wanted.function, wanted.arguments)
    tx, receipt = _send(rpc, pin.chain_id, to, data, secret)
    if int(receipt["status"], 16) != 1:
        raise ContractRefused("Reverted", {"tx": tx})
    return Sent(
        digest_text(draft.subject()), tx, int(receipt["blockNumber"], 16), int(receipt["gasUsed"], 16)
    )


def _send(rpc: Rpc, chain_id: int, to: Address, data: str, secret: bytes) -> tuple[str, dict[str, Any]]:
    from eth_account import Account

    account = Account.from_key(secret)
    gas = _gas(rpc, account.address, to, data)
    tip = int(rpc.call("eth_maxPriorityFeePerGas"), 16)
    base = int(rpc.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
    signed = account.sign_transaction(
        {
            "type": 2,
            "chainId": chain_id,
            "nonce": int(rpc.call("eth_getTransactionCount", account.address, "pending"), 16),
            "to": to,
            "data": data,
            "value": 0,
            "gas": gas,
            "maxPriorityFeePerGas": tip,
            "maxFeePerGas": 2 * base + tip,
        }
    )
    tx = str(rpc.call("eth_sendRawTransaction", "0x" + bytes(signed.raw_transaction).hex()))
    return tx, _receipt(rpc, tx)


def _gas(rpc: Rpc, sender: str, to: Address, data: str) -> int:
    """What the call needs and a fifth more. Raises ContractRefused with the contract's own reason."""
    question = {"from": sender, "to": to, "data": data}
    answer = rpc.ask([("eth_estimateGas", [question])])[0]
    if isinstance(answer, NodeRefused):
        if answer.data is None:
            raise answer
        raise Reverts.of_artefacts().refusal(answer.data)
    return min(MOST_GAS, int(answer, 16) * 6 // 5)


def _receipt(rpc: Rpc, tx: str) -> dict[str, Any]:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        found: dict[str, Any] | None = rpc.call("eth_getTransactionReceipt", tx)
        if found is not None:
            return found
        time.sleep(_POLL_SECONDS)
    raise NotMined(tx, int(_WAIT_SECONDS))
