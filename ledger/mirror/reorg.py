"""Where the node's chain and the stored one part, and the way back to there."""

from collections.abc import Sequence

from ledger.chain import headers
from ledger.chain.headers import Header, Hex
from ledger.chain.rpc import Rpc
from ledger.mirror.alarms import ReorgPastFinality
from ledger.mirror.stored import Checkpoint, Connection, block_hashes
from ledger.mirror.write import undo_to

_LONGEST_LOOK = 256


def stands(rpc: Rpc, connection: Connection, stored: Checkpoint, head: Header) -> bool:
    """Whether the stored head is on the node's chain, as far as the node has come: one that lags behind on the same chain
    undoes nothing. Raises NodeError."""
    if head.parent == stored.hash:
        return True
    if head.number < stored.number:
        return block_hashes(connection, head.number, head.number).get(head.number) == head.hash
    (same_number,) = headers.by_number(rpc, [stored.number])
    return same_number is not None and same_number.hash == stored.hash


def undo(
    rpc: Rpc, connection: Connection, stored: Checkpoint, head: Header, emitters: Sequence[Hex]
) -> Checkpoint:
    """Takes back what is not on the node's chain. Raises ReorgPastFinality, NodeError; then nothing is changed."""
    fork = _fork(rpc, connection, stored, head)
    if fork is None:
        raise ReorgPastFinality(min(head.number, stored.number), stored.final_number, stored.number)
    return undo_to(connection, stored, fork, emitters)


def _fork(rpc: Rpc, connection: Connection, stored: Checkpoint, head: Header) -> Header | None:
    """The last block of both chains, if it is not before the last final one."""
    lowest = max(stored.first_number, stored.final_number)
    last, look = min(stored.number, head.number), 8
    while last >= lowest:
        first = max(lowest, last - look + 1)
        ours = block_hashes(connection, first, last)
        for header in reversed(headers.by_number(rpc, range(first, last + 1))):
            if header is not None and ours.get(header.number) == header.hash:
                return header
        last, look = first - 1, min(2 * look, _LONGEST_LOOK)
    return None
