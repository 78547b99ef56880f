"""What a reader is refused, with the values found.

NotFound (domain) AsOfUnknown no such block in the mirror yet AsOfGone the pinned block is no longer part of
the chain; fork_block: the last block that surely still is CursorInvalid text that no page gave
NothingMirrored the mirror has not stored a block yet"""

from dataclasses import dataclass

from ledger.domain.errors import DuebillError, InputRefused


@dataclass(eq=False)
class AsOfUnknown(DuebillError):
    """No such block in the mirror. head: the last one that it has."""

    code = "as-of-unknown"
    asked: str
    head: int


@dataclass(eq=False)
class AsOfGone(DuebillError):
    """A reorganisation removed the pinned block; whoever read from it begins again."""

    code = "as-of-gone"
    block: int
    hash: str
    fork_block: int


@dataclass(eq=False)
class CursorInvalid(InputRefused):
    """Text that no page of this list gave."""

    code = "cursor-invalid"
    cursor: str


@dataclass(eq=False)
class NothingMirrored(DuebillError):
    """The mirror has not stored a block yet; ask again."""

    code = "nothing-mirrored"
    what: str
