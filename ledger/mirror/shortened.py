"""A local chain that lost its last blocks: it saves its state at intervals, and was ended in between.

To the mirror that is a reorganisation past finality, at which it stops for good. Of a chain that this machine alone runs
nobody else has seen those blocks, so SQL goes back to where the chain goes on."""

from collections.abc import Sequence
from dataclasses import replace

from ledger.chain import headers
from ledger.chain.headers import Header, Hex
from ledger.chain.rpc import Rpc
from ledger.mirror.stored import Checkpoint, Connection, block_hashes, checkpoint
from ledger.mirror.write import undo_to

_AT_ONCE = 256


def follow_shortened_chain(rpc: Rpc, connection: Connection, emitters: Sequence[Hex]) -> int:
    """Takes back every stored block that the node does not have, final or not; how many. Raises NodeError."""
    stored = checkpoint(connection)
    if stored is None:
        return 0
    fork = _last_shared(rpc, connection, stored)
    if fork is None or fork.number == stored.number:
        return 0
    undo_to(connection, replace(stored, final_number=min(stored.final_number, fork.number)), fork, emitters)
    return stored.number - fork.number


def _last_shared(rpc: Rpc, connection: Connection, stored: Checkpoint) -> Header | None:
    last = min(stored.number, headers.latest(rpc).number)
    while last >= stored.first_number:
        first = max(stored.first_number, last - _AT_ONCE + 1)
        ours = block_hashes(connection, first, last)
        for header in reversed(headers.by_number(rpc, range(first, last + 1))):
            if header is not None and ours.get(header.number) == header.hash:
                return header
        last = first - 1
    return None
