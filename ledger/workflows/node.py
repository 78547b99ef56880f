"""What the gate asks the node: would this call succeed, and does a contract vouch for this signature."""

from dataclasses import dataclass

from ledger.chain.abi import Function, artefact, functions
from ledger.chain.deployment import Deployment
from ledger.chain.reverts import Reverts
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.demands import Call
from ledger.domain.ids import Address, Digest, address_bytes

_VALID = "0x1626ba7e"  # ERC-1271: isValidSignature(bytes32,bytes) answers its own selector
_IS_VALID = Function("isValidSignature", _VALID, ("bytes32", "bytes"), ("bytes4",))
_PERMIT = Function(
    "permit",
    "0xd505accf",
    ("address", "address", "uint256", "uint256", "uint8", "bytes32", "bytes32"),
    (),
)


@dataclass(frozen=True)
class Prepared:
    """A call as it goes to the chain."""

    contract: Address
    function: str
    calldata: bytes

    @property
    def contract_bytes(self) -> bytes:
        """The contract's 20 bytes."""
        return address_bytes(self.contract)


class Node:
    """The node and the contracts of one deployment. sender: from whose account a call is tried, the
    relayer's in the end."""

    def __init__(self, rpc: Rpc, deployment: Deployment) -> None:
        self.deployment = deployment
        self._rpc = rpc
        self._reverts = Reverts.of_artefacts()
        self._functions = {
            "ledger": functions(artefact("Ledger")["abi"]),
            "parties": functions(artefact("Parties")["abi"]),
        }

    def prepare(self, call: Call) -> Prepared:
        """The calldata of a complete draft."""
        contract = self.deployment.parties if call.contract == "parties" else self.deployment.ledger
        function = self._functions[call.contract][call.function]
        return Prepared(contract, call.function, bytes.fromhex(function.data(*call.arguments)[2:]))

    def distribute(self, receivable: int, starts: list[int]) -> Prepared:
        """Pays out what is due to these pieces."""
        return self.prepare(Call("ledger", "distribute", (receivable, starts)))

    def pay_out(self, party: int, token: Address) -> Prepared:
        """Pays a party's credit out."""
        return self.prepare(Call("ledger", "payOut", (party, token)))

    def permit(
        self, token: Address, owner: Address, spender: Address, value: int, deadline: int, proof: bytes
    ) -> Prepared:
        """ERC-2612 permit; proof: 65 bytes r ‖ s ‖ v."""
        data = _PERMIT.data(owner, spender, value, deadline, proof[64], proof[:32], proof[32:64])
        return Prepared(token, "permit", bytes.fromhex(data[2:]))

    def try_call(self, prepared: Prepared) -> None:
        """Asks the node to run the call on its latest state, changing nothing.

        Raises ContractRefused with the contract's own error, NodeUnreachable, and NodeRefused where the
        node gives no reason."""
        question = {"to": prepared.contract, "data": "0x" + prepared.calldata.hex()}
        answer = self._rpc.ask([("eth_call", [question, "latest"])])[0]
        if isinstance(answer, NodeRefused):
            if answer.data is None and "revert" not in answer.message.lower():
                raise answer
            raise self._reverts.refusal(answer.data)

    def vouches(self, contract: Address, digest: Digest, proof: bytes) -> bool:
        """Whether a contract that is a signer calls the proof its own (ERC-1271). Raises NodeUnreachable."""
        question = {"to": contract, "data": _IS_VALID.data(digest, proof)}
        answer = self._rpc.ask([("eth_call", [question, "latest"])])[0]
        return isinstance(answer, str) and answer[:10] == _VALID

    def head_number(self) -> int:
        """The node's head. Raises NodeUnreachable, NodeRefused."""
        return int(self._rpc.call("eth_blockNumber"), 16)
