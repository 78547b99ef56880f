"""Raw logs to what is written: rows of raw, entries of the journals, acts, and the changes of the book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.chain.decode import Decoders, KnownEvent
from ledger.chain.headers import Header, Hex
from ledger.domain.errors import DuebillError
from ledger.mirror.fold import Entry
from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.handlers import HANDLERS

_NO_ACT = "00" * 32


@dataclass(eq=False)
class LogMalformed(DuebillError):
    """A log that the node cannot have from our contracts: out of order, or of another shape than its event."""

    code = "log-malformed"
    block: int
    found: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One batch, read. raw: rows of raw.events; entries: for the journals; acts: digest to block, log index, transaction."""

    raw: list[tuple[Any, ...]]
    entries: list[Entry]
    acts: dict[str, tuple[int, int, str]]
    changes: Changes


def read_logs(decoders: Decoders, headers: Sequence[Header], logs: Sequence[Mapping[str, Any]]) -> Reading:
    """Reads a batch's logs in their order. Raises UnknownEvent, LogMalformed."""
    times: dict[int, int] = {header.number: header.time for header in headers}
    reading = Reading([], [], {}, Changes())
    before = (-1, -1)
    for log in logs:
        block, log_index = int(log["blockNumber"], 16), int(log["logIndex"], 16)
        if (block, log_index) <= before or log.get("removed"):
            raise LogMalformed(block, f"log {log_index} after {before}")
        before = (block, log_index)
        emitter, topics = log["address"][2:].lower(), log["topics"]
        event = decoders.known(emitter, topics[0][2:].lower() if topics else "", block)
        if event.layout.kind is not None:
            _read(reading, event, Hex(emitter), At(block, log_index, times[block]), log)
    return reading


def _read(reading: Reading, event: KnownEvent, emitter: Hex, at: At, log: Mapping[str, Any]) -> None:
    layout = event.layout
    topics = "".join(topic[2:] for topic in log["topics"]).lower()
    data = log["data"][2:].lower()
    if len(topics) + len(data) != event.length or len(topics) != 64 * (layout.indexed + 1):
        raise LogMalformed(at.block, f"{layout.name} of {len(topics) + len(data)} digits")
    words = topics[64:] + data
    try:
        values = event.decode(words)
    except ValueError as wrong:
        raise LogMalformed(at.block, f"{layout.name}: {wrong}") from wrong
    HANDLERS[layout.name](reading.changes, at, *values)
    subject, tx_hash = Hex(words[:64]), log["transactionHash"][2:]
    kind = layout.kind or 0
    tx_index = int(log["transactionIndex"], 16)
    reading.raw.append((at.block, at.log_index, emitter, kind, subject, tx_hash, tx_index, topics, data))
    reading.entries.append(Entry(emitter, kind, subject, at.block, at.time, Hex(topics + data)))
    if layout.indexed > 1 and (act := words[64:128]) != _NO_ACT:
        reading.acts.setdefault(act, (at.block, at.log_index, tx_hash))
