"""Blocks as far as the chain of them matters: number, hash, parent, time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NewType

from ledger.chain.rpc import NodeRefused, NodeUnreachable, Rpc
from ledger.domain.ids import BlockNumber, ChainTime

Hex = NewType("Hex", str)
"""Lower-case hex digits without prefix: the form in which bytes go from the node's JSON to SQL unchanged."""


@dataclass(frozen=True, slots=True)
class Header:
    """One block's header. hash, parent: hex without prefix."""

    number: BlockNumber
    hash: Hex
    parent: Hex
    time: ChainTime


def latest(rpc: Rpc) -> Header:
    """The node's head. Raises NodeError."""
    return _header(rpc, rpc.call("eth_getBlockByNumber", "latest", False))


def finalized(rpc: Rpc) -> Header | None:
    """The last block that the network calls final; None where there is none yet. Raises NodeUnreachable."""
    (found,) = rpc.ask([("eth_getBlockByNumber", ["finalized", False])])
    if found is None or isinstance(found, NodeRefused):
        return None
    return _header(rpc, found)


def by_number(rpc: Rpc, numbers: Sequence[int]) -> list[Header | None]:
    """The canonical headers of these numbers, None for those that the node has not. Raises NodeError."""
    found = rpc.batch([("eth_getBlockByNumber", [hex(number), False]) for number in numbers])
    return [None if block is None else _header(rpc, block) for block in found]


def _header(rpc: Rpc, block: Any) -> Header:
    try:
        return Header(
            BlockNumber(int(block["number"], 16)),
            Hex(block["hash"][2:]),
            Hex(block["parentHash"][2:]),
            ChainTime(int(block["timestamp"], 16)),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise NodeUnreachable(rpc.url, f"not a block: {str(block)[:200]}") from wrong
