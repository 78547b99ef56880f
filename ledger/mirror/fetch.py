"""One batch of blocks from the node: their headers, the logs of our contracts in them, the heads after the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.chain import headers
from ledger.chain.abi import functions
from ledger.chain.headers import Header, Hex
from ledger.chain.rpc import Call, NodeRefused, Rpc

_JOURNAL = functions(
    [
        {
            "type": "function",
            "name": "journal",
            "inputs": [{"type": "uint8"}, {"type": "uint256"}],
            "outputs": [{"type": "bytes32"}],
        }
    ]
)["journal"]
_HEAD_CALL = _JOURNAL.data(0, 0)


class BlocksMoved(Exception):
    """The node's chain changed between two questions of a batch; asking anew gives the new one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """headers: of consecutive blocks, each the parent of the next; logs: as the node gave them; heads: by emitter (hex), what
    `journal(0, 0)` answered at the last block: None where the node no longer has the state, "" where there was no contract."""

    headers: Sequence[Header]
    logs: Sequence[Mapping[str, Any]]
    heads: Mapping[Hex, Hex | None]

    @property
    def last(self) -> Header:
        """The batch's last block."""
        return self.headers[-1]


def fetch(rpc: Rpc, emitters: Sequence[Hex], first: int, last: int, known: Header | None = None) -> Batch:
    """Blocks `first` to `last`. known: the header of `last` where the caller has just seen it.

    Raises BlocksMoved, NodeError."""
    if known is not None and first == last == known.number:
        chain = [known]
    else:
        chain = _linked(headers.by_number(rpc, range(first, last + 1)))
    at = chain[-1].hash
    calls: list[Call] = [("eth_getLogs", [_filter(emitters, chain)])]
    calls += [("eth_call", [_head_call(emitter), {"blockHash": f"0x{at}"}]) for emitter in emitters]
    logs, *heads = rpc.ask(calls)
    if isinstance(logs, NodeRefused):
        raise logs
    _require_of(chain, logs)
    return Batch(chain, logs, {e: _head(answer) for e, answer in zip(emitters, heads, strict=True)})


def _linked(found: Sequence[Header | None]) -> list[Header]:
    chain: list[Header] = []
    for header in found:
        if header is None or (chain and header.parent != chain[-1].hash):
            raise BlocksMoved
        chain.append(header)
    return chain


def _filter(emitters: Sequence[Hex], chain: Sequence[Header]) -> dict[str, Any]:
    addresses = [f"0x{emitter}" for emitter in emitters]
    if len(chain) == 1:
        return {"address": addresses, "blockHash": f"0x{chain[0].hash}"}
    return {"address": addresses, "fromBlock": hex(chain[0].number), "toBlock": hex(chain[-1].number)}


def _head_call(emitter: Hex) -> dict[str, str]:
    return {"to": f"0x{emitter}", "data": _HEAD_CALL}


def _head(answer: Any) -> Hex | None:
    if isinstance(answer, NodeRefused) or not isinstance(answer, str):
        return None
    return Hex(answer[2:])


def _require_of(chain: Sequence[Header], logs: Any) -> None:
    """A range is asked by number: a log of another fork shows that the chain moved in between."""
    hashes: dict[int, str] = {header.number: header.hash for header in chain}
    for log in logs:
        if hashes.get(int(log["blockNumber"], 16)) != log["blockHash"][2:]:
            raise BlocksMoved
