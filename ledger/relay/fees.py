"""What a transaction offers for a unit of gas, wei."""

from dataclasses import dataclass

from ledger.chain.rpc import NodeRefused, Rpc

MOST_GAS = 16_777_216
"""EIP-7825: a transaction with a higher limit is never mined."""
_GWEI = 10**9


@dataclass(frozen=True)
class Fees:
    """max_fee: the most, base fee included; priority_fee: the tip."""

    max_fee: int
    priority_fee: int

    def above(self, earlier: "Fees") -> "Fees":
        """These fees, and at least an eighth more than an earlier offer, so that nodes let them replace
        it."""
        return Fees(
            max(self.max_fee, earlier.max_fee + earlier.max_fee // 8 + 1),
            max(self.priority_fee, earlier.priority_fee + earlier.priority_fee // 8 + 1),
        )


def current(rpc: Rpc) -> Fees:
    """What is offered now: room for the base fee to double, which may be 0. Raises NodeError."""
    asked = [("eth_getBlockByNumber", ["latest", False]), ("eth_maxPriorityFeePerGas", [])]
    block, tip_text = rpc.ask(asked)
    if isinstance(block, NodeRefused):
        raise block
    tip = _GWEI if isinstance(tip_text, NodeRefused) else int(tip_text, 16)
    return Fees(2 * int(block.get("baseFeePerGas", "0x0"), 16) + tip, tip)


def gas_limit(estimate: int) -> int | None:
    """The estimate with a quarter and a little to spare; None where no block takes so much."""
    if estimate > MOST_GAS:
        return None
    return min(estimate + estimate // 4 + 20_000, MOST_GAS)
