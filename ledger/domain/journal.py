"""Running hashes: one of each subject's events, one of all events of a contract. What they leave out cannot be hidden.

entry = keccak256(topics ‖ data)          of the raw log
head' = keccak256(head ‖ time48·block48·emitter160 ‖ entry)
seed  = keccak256(abi.encode("duebill.journal.v1", chain id, emitter, kind, id))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from .hashing import keccak
from .ids import Address, BlockNumber, ChainTime, Digest, address_bytes

_NAME = b"duebill.journal.v1"


class Kind(IntEnum):
    """What a journal is about. Ids: of a contract 0, of a trade its digest as a number, else the id itself."""

    CONTRACT = 0
    RECEIVABLE = 1
    TRADE = 2
    PARTY = 3
    RULES = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """The one thing that an event is about."""

    kind: Kind
    id: int


WHOLE_CONTRACT = Subject(Kind.CONTRACT, 0)


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when a log was written."""

    time: ChainTime
    block: BlockNumber
    emitter: Address


def seed(chain_id: int, emitter: Address, subject: Subject) -> Digest:
    """Where a journal begins; a slot that was never written counts as this."""
    words = (
        (5 * 32).to_bytes(32),
        chain_id.to_bytes(32),
        address_bytes(emitter).rjust(32, b"\0"),
        int(subject.kind).to_bytes(32),
        subject.id.to_bytes(32),
        len(_NAME).to_bytes(32),
        _NAME.ljust(32, b"\0"),
    )
    return Digest(keccak(b"".join(words)))


def entry(topics: Iterable[bytes], data: bytes) -> Digest:
    """The hash of one raw log."""
    return Digest(keccak(b"".join(topics) + data))


def fold(head: Digest, moment: Moment, log_entry: Digest) -> Digest:
    """The journal after one more log."""
    where = moment.time.to_bytes(6) + moment.block.to_bytes(6) + address_bytes(moment.emitter)
    return Digest(keccak(head + where + log_entry))
