"""The history of a subject: its raw events, decoded by the layouts that the mirror keeps beside them."""

import dataclasses
from typing import Any

from sqlalchemy import and_, func, select

from ledger.domain.slots import Last, Level, Piece, Returns
from ledger.queries.access import Viewer
from ledger.queries.cursor import Paging
from ledger.queries.pins import Pin
from ledger.queries.receivables import read_receivable
from ledger.queries.written import FLAGS, Answer, address, hex_or_none, hex_text, moment, names_of
from ledger.sql.sessions import Read
from ledger.sql.tables import raw

RECEIVABLE = 1
_WORD = 32
_SLOTS: dict[str, type[Piece] | type[Level] | type[Returns] | type[Last]] = {
    "piece": Piece,
    "left": Piece,
    "right": Piece,
    "level": Level,
    "returns": Returns,
    "last": Last,
}
"""Words that stand for a one-slot state, by the field's name."""


def history_of_receivable(read: Read, paging: Paging, viewer: Viewer, receivable: bytes) -> Answer:
    """All events whose subject is the receivable, oldest first. Raises NotFound."""
    read_receivable(read, receivable, paging.pin, viewer)
    events, blocks, layouts = raw.events, raw.blocks, raw.event_layouts
    topic = and_(
        layouts.c.emitter == events.c.emitter,
        layouts.c.topic == _first_word(),
    )
    statement = (
        select(events, blocks.c.hash, blocks.c.time, layouts.c.name, layouts.c.fields)
        .join(blocks, blocks.c.number == events.c.block)
        .join(layouts, topic)
        .where(
            events.c.kind == RECEIVABLE,
            events.c.subject == receivable.rjust(_WORD, b"\0"),
            events.c.block <= paging.pin.number,
        )
    )
    return paging.page(
        statement,
        [events.c.block, events.c.log_index],
        lambda row: [row.block, row.log_index],
        lambda row: _answer(row, paging.pin),
    )


def _first_word() -> Any:
    return func.substring(raw.events.c.topics, 1, _WORD)


def _answer(row: Any, at: Pin) -> Answer:
    fields = _decoded(row)
    return {
        "name": row.name,
        "act": hex_or_none(bytes.fromhex(str(fields.pop("act", "0x"))[2:])),
        "fields": fields,
        "block": row.block,
        "block_hash": hex_text(row.hash),
        "time": moment(row.time),
        "tx": hex_text(row.tx_hash),
        "log_index": row.log_index,
        "final": at.is_final(row.block),
    }


def _decoded(row: Any) -> dict[str, object]:
    words = row.topics[_WORD:] + row.data
    found: dict[str, object] = {}
    for position, field in enumerate(row.fields):
        name, kind = field.rsplit(":", 1)
        word = words[position * _WORD : (position + 1) * _WORD]
        slot = _SLOTS.get(name) if kind == "uint256" else None
        found[name] = _value(kind, word) if slot is None else _parts(slot.from_word(int.from_bytes(word)))
    return found


def _parts(slot: Any) -> Answer:
    """A one-slot state as its parts, numbers as decimal text; a piece's flags by name."""
    parts: Answer = {each.name: str(int(getattr(slot, each.name))) for each in dataclasses.fields(slot)}
    return parts | ({"flags": names_of(slot.flags, FLAGS)} if isinstance(slot, Piece) else {})


def _value(kind: str, word: bytes) -> object:
    """One 32-byte word by its Solidity type; numbers as decimal text, since JSON loses digits above 2^53."""
    if kind == "bool":
        return any(word)
    if kind == "address":
        return address(word[12:])
    if kind.startswith("bytes"):
        size = int(kind[5:])
        return _letters(word[:size]) if size < 4 else hex_text(word[:size])
    return str(int.from_bytes(word))


def _letters(code: bytes) -> str:
    return code.decode("ascii") if code.isalpha() else hex_text(code)
