"""Merkle trees as OpenZeppelin's MerkleProof checks them: inner nodes hash their children in ascending order.

Leaves are put in ascending order, so a tree depends on its leaves alone; an odd node goes up unchanged. Leaves are double
hashes, so that no inner node can pass for one.
"""

from collections.abc import Sequence

from .errors import BadField, NotFound
from .hashing import keccak
from .ids import Digest, PartyId, digest_text

MAX_LEAVES = 2**16


def leaf_of(encoded: bytes) -> Digest:
    """The leaf over ABI-encoded values."""
    return Digest(keccak(keccak(encoded)))


def root(leaves: Sequence[Digest]) -> Digest:
    """The root over these leaves. Raises BadField for none, too many, or one twice."""
    return _levels(leaves)[-1][0]


def proof(leaves: Sequence[Digest], leaf: Digest) -> tuple[Digest, ...]:
    """The siblings from `leaf` up to the root. Raises NotFound, and BadField as `root` does."""
    levels = _levels(leaves)
    if leaf not in levels[0]:
        raise NotFound(kind="leaf", id=digest_text(leaf))
    at, path = levels[0].index(leaf), []
    for level in levels[:-1]:
        sibling = at ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        at //= 2
    return tuple(path)


def is_under(leaf: Digest, path: Sequence[Digest], wanted: Digest) -> bool:
    """Whether the path leads from the leaf to the root."""
    node = leaf
    for sibling in path:
        node = _parent(node, sibling)
    return node == wanted


def payables_leaf(supplier: PartyId, payables: Sequence[Digest]) -> Digest:
    """One supplier's leaf of an issue; payables: hashStruct(Confirm) of each. See contracts/acts/Terms.sol."""
    words = (int(supplier).to_bytes(32), (64).to_bytes(32), len(payables).to_bytes(32), *payables)
    return leaf_of(b"".join(words))


def _levels(leaves: Sequence[Digest]) -> list[list[Digest]]:
    level = sorted(set(leaves))
    if not 0 < len(leaves) <= MAX_LEAVES or len(level) != len(leaves):
        limit = f"1 to {MAX_LEAVES}, none twice"
        raise BadField(field="leaves", found=f"{len(leaves)}, {len(level)} different", limit=limit)
    levels = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [_parent(*pair) for pair in pairs] + level[len(level) // 2 * 2 :]
        levels.append(level)
    return levels


def _parent(one: Digest, other: Digest) -> Digest:
    return Digest(keccak(min(one, other) + max(one, other)))
