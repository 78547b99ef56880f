"""SQL against its own raw events: the book that they make, and the journals that they fold into.

The second way is the domain's, event by event; it shares no code with the mirror's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ledger.audit.differences import Difference, Key, Row, differences
from ledger.audit.expected import names_of_tables
from ledger.audit.facts import fact_of
from ledger.audit.rows import FACT_KEYS, PLACE, rows_at, table_of
from ledger.audit.told import event_of, raw_events
from ledger.audit.versions import History, history_differences
from ledger.chain.decode import Decoders
from ledger.domain.book import Book, apply
from ledger.domain.events import subject_of
from ledger.domain.ids import NO_DIGEST, BlockNumber, ChainTime, Digest, address_of_bytes
from ledger.domain.invariants import violations
from ledger.domain.journal import WHOLE_CONTRACT, Moment, Subject, entry, fold, seed
from ledger.sql.sessions import Read
from ledger.sql.tables import book, raw

_WORD = 32
JournalKey = tuple[bytes, int, bytes]


@dataclass(slots=True)
class Replay:
    """What the raw events come to. journals: by emitter, kind and id (32 bytes), as in book.journal; facts: rows by table,
    then block and log index; subjects: of each event, by block and log index; acts: where each was told first;
    history: every version of every row; moved: journals that the current block has moved."""

    chain_id: int
    book: Book = field(default_factory=Book)
    journals: dict[JournalKey, Digest] = field(default_factory=dict)
    facts: dict[str, dict[Key, Row]] = field(default_factory=dict)
    subjects: dict[Key, Row] = field(default_factory=dict)
    acts: dict[Key, Row] = field(default_factory=dict)
    history: History = field(default_factory=History)
    moved: set[JournalKey] = field(default_factory=set)
    events: int = 0


def replayed(read: Read, decoders: Decoders, chain_id: int, block: int) -> Replay:
    """Reads all raw events up to a block. Raises EventRefused where one cannot follow from those before."""
    replay = Replay(chain_id)
    at = 0
    for row in raw_events(read, block):
        if row.block != at:
            _end_block(replay, at)
            at = row.block
        known = decoders.known(row.emitter.hex(), row.topics[:_WORD].hex(), row.block)
        event = event_of(row, known.layout)
        replay.book = apply(replay.book, event)
        replay.history.tell(event)
        if fact := fact_of(event, row.time):
            replay.facts.setdefault(fact[0], {})[row.block, row.log_index] = fact[1]
        replay.events += 1
        subject = subject_of(event)
        if (act := getattr(event, "act", NO_DIGEST)) != NO_DIGEST:
            first = {"block": row.block, "log_index": row.log_index, "tx_hash": row.tx_hash}
            replay.acts.setdefault((act,), first)
        place = (row.block, row.log_index)
        replay.subjects[place] = {"kind": int(subject.kind), "subject": subject.id.to_bytes(_WORD)}
        moment = Moment(ChainTime(row.time), BlockNumber(row.block), address_of_bytes(row.emitter))
        log_entry = entry([row.topics], row.data)
        for each in (subject, WHOLE_CONTRACT):
            _fold(replay, row.emitter, moment, each, log_entry)
    _end_block(replay, at)
    return replay


def _fold(replay: Replay, emitter: bytes, moment: Moment, subject: Subject, log_entry: Digest) -> None:
    key = (emitter, int(subject.kind), subject.id.to_bytes(_WORD))
    before = replay.journals.get(key) or seed(replay.chain_id, moment.emitter, subject)
    replay.journals[key] = fold(before, moment, log_entry)
    replay.moved.add(key)


def _end_block(replay: Replay, block: int) -> None:
    replay.history.end_block(block, replay.book)
    for key in replay.moved:
        replay.history.add("journal", key, block, {"head": replay.journals[key]})
    replay.moved.clear()


def compared(read: Read, replay: Replay, block: int) -> Iterator[Difference]:
    """Where the tables at a block are not what the events make them."""
    yield from history_differences(read, replay.history, (*names_of_tables(), "journal"), block)
    for name in FACT_KEYS:
        yield from _compared(name, rows_at(read, table_of(name), block, PLACE), replay.facts.get(name, {}))
    yield from _compared("raw.events", rows_at(read, raw.events, block, PLACE), replay.subjects)
    yield from _compared("act", rows_at(read, book.act, block, ("act",)), replay.acts)
    for broken in violations(replay.book):
        key = (broken.subject,)
        yield Difference("events", f"invariant {broken.invariant}", key, "state", "kept", broken.found)


def _compared(name: str, stored: Mapping[Key, Row], wanted: Mapping[Key, Row]) -> Iterator[Difference]:
    for key in stored.keys() | wanted.keys():
        yield from differences("events", name, key, stored.get(key), wanted.get(key))
