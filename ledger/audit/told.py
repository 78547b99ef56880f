"""Raw events, as SQL keeps them, to the domain's events: by the classes' own field types, without the mirror's decoder."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import Row, select, tuple_

from ledger.chain.abi import EventLayout
from ledger.domain.errors import EventRefused
from ledger.domain.events import EVENTS, Event
from ledger.domain.ids import address_of_bytes
from ledger.sql.sessions import Read
from ledger.sql.tables import raw

_WORD = 32
Words = Iterator[bytes]


def raw_events(read: Read, until: int, page: int = 10_000) -> Iterator[Row[Any]]:
    """The stored events up to a block with their blocks' times, in the order of the chain."""
    events, blocks = raw.events.c, raw.blocks.c
    statement = (
        select(*events, blocks.time)
        .join(raw.blocks, blocks.number == events.block)
        .where(events.block <= until)
        .order_by(events.block, events.log_index)
        .limit(page)
    )
    after = (-1, -1)
    while rows := read.rows(statement.where(_after(after))):
        yield from rows
        after = (rows[-1].block, rows[-1].log_index)


def _after(place: tuple[int, int]) -> Any:
    return tuple_(raw.events.c.block, raw.events.c.log_index) > place


def event_of(row: Row[Any], layout: EventLayout) -> Event:
    """The event that a raw row tells. Raises EventRefused where its bytes are not of this event."""
    words = row.topics[_WORD:] + row.data
    if len(words) != _WORD * len(layout.fields):
        raise EventRefused(event=layout.name, subject=row.subject.hex(), reason=f"{len(words)} bytes")
    parts = iter([words[at : at + _WORD] for at in range(0, len(words), _WORD)])
    event: Event = _READERS[layout.name](parts)
    return event


def _reader(kind: Any) -> Callable[[Words], Any]:
    """Reads a dataclass from as many words as it has static fields."""
    hints = get_type_hints(kind, include_extras=True)
    readers = [_field_reader(hints[field.name]) for field in fields(kind)]

    def read(words: Words) -> Any:
        return kind(*(each(words) for each in readers))

    return read


def _field_reader(hint: Any) -> Callable[[Words], Any]:
    if get_origin(hint) is None and is_dataclass(hint):
        return _reader(hint)
    kind, solidity = get_args(hint)
    if hasattr(kind, "from_word"):
        return lambda words: kind.from_word(int.from_bytes(next(words)))
    as_value = _value_reader(solidity)
    return lambda words: as_value(next(words))


def _value_reader(solidity: str) -> Callable[[bytes], Any]:
    if solidity == "bool":
        return any
    if solidity == "address":
        return lambda word: address_of_bytes(word[12:])
    if solidity == "bytes32":
        return bytes
    if solidity.startswith("bytes"):
        return lambda word: letters(word[: int(solidity[5:])])
    return int.from_bytes


def letters(code: bytes) -> str:
    """A currency or place: capital letters, else 0x and hex."""
    return code.decode() if code.isalpha() and code.isascii() and code.isupper() else f"0x{code.hex()}"


_READERS = {event.__name__: _reader(event) for event in EVENTS}
