"""The running hashes of a batch, from the raw logs; the rule of ledger/domain/journal.py, over hex and many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.chain.headers import Hex
from ledger.domain.hashing import keccak
from ledger.domain.ids import address_of_bytes
from ledger.domain.journal import Kind, Subject, seed

JournalKey = tuple[Hex, int, Hex]
"""Emitter, kind, id (32 bytes)."""
NO_ID = Hex("00" * 32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One log, as it is folded. raw: topics ‖ data."""

    emitter: Hex
    kind: int
    subject: Hex
    block: int
    time: int
    raw: Hex


def head_key(emitter: Hex) -> JournalKey:
    """The journal of all events of a contract."""
    return (emitter, int(Kind.CONTRACT), NO_ID)


def keys_of(entries: Iterable[Entry], emitters: Iterable[Hex]) -> list[JournalKey]:
    """The journals that a batch touches, the three heads always."""
    touched = {(entry.emitter, entry.kind, entry.subject): None for entry in entries}
    return [*(head_key(emitter) for emitter in emitters), *touched]


def seed_of(chain_id: int, key: JournalKey) -> bytes:
    """Where the journal begins."""
    emitter, kind, subject = key
    return seed(chain_id, address_of_bytes(bytes.fromhex(emitter)), Subject(Kind(kind), int(subject, 16)))


def folded(
    chain_id: int, entries: Iterable[Entry], stored: Mapping[JournalKey, bytes]
) -> list[tuple[JournalKey, int, bytes]]:
    """The journals after each log: key, block, new value, in the order of the logs. stored: values before the batch."""
    now = dict(stored)
    steps: list[tuple[JournalKey, int, bytes]] = []
    for entry in entries:
        where = bytes.fromhex(f"{entry.time:012x}{entry.block:012x}{entry.emitter}")
        tail = where + keccak(bytes.fromhex(entry.raw))
        for key in ((entry.emitter, entry.kind, entry.subject), head_key(entry.emitter)):
            before = now.get(key) or seed_of(chain_id, key)
            after = now[key] = keccak(before + tail)
            steps.append((key, entry.block, after))
    return steps
