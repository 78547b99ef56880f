"""When a block counts as final: what a network says (`tag`), a depth (`depth:2`), or at once (`instant`)."""

from dataclasses import dataclass
from typing import Literal

from ledger.chain import headers
from ledger.chain.rpc import Rpc
from ledger.domain.errors import BadField
from ledger.domain.ids import BlockNumber


@dataclass(frozen=True, slots=True)
class Finality:
    """depth: blocks on top that make a block final, for the kind `depth`."""

    kind: Literal["tag", "depth", "instant"]
    depth: int = 0

    @classmethod
    def of_text(cls, text: str) -> "Finality":
        """Reads `tag`, `depth:N` or `instant`. Raises BadField."""
        kind, _, depth = text.partition(":")
        if kind == "depth" and depth.isdecimal() and 1 <= int(depth) <= 100_000:
            return cls("depth", int(depth))
        if text == "tag":
            return cls("tag")
        if text == "instant":
            return cls("instant")
        raise BadField("finality", text[:50], "tag, depth:N or instant")

    def final_number(self, rpc: Rpc, head: BlockNumber) -> BlockNumber:
        """The last final block when `head` is the last stored one; -1 where none is. Raises NodeError."""
        if self.kind == "instant":
            return head
        if self.kind == "depth":
            return BlockNumber(max(head - self.depth, -1))
        found = headers.finalized(rpc)
        return BlockNumber(-1 if found is None else min(found.number, head))
