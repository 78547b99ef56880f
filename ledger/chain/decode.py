"""Logs to values, by slices of the node's own hex: one function an event, written from the ABI at start-up.

Bytes stay lower-case hex without prefix, as the node sends them and as SQL takes them. A packed word comes as the
tuple of its parts. Of web3's and eth_abi's decoders the first is a hundred, the second ten times slower."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.chain.abi import WORDS, EventField, EventLayout
from ledger.chain.headers import Hex
from ledger.domain.errors import DuebillError

Values = tuple[Any, ...]
Decoder = Callable[[str], Values]
_WORD = 64


@dataclass(eq=False)
class UnknownEvent(DuebillError):
    """A log of one of our contracts that this version does not know; a later version of the service has to read it."""

    code = "unknown-event"
    emitter: str
    topic: str
    block: int


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One event of one contract. decode: from the words after the first topic, as hex; length: hex digits of all words."""

    layout: EventLayout
    decode: Decoder
    length: int


class Decoders:
    """The known events of the deployed contracts, by emitter (hex) and topic (hex)."""

    def __init__(self, layouts: Mapping[Hex, Iterable[EventLayout]]) -> None:
        self._known = {
            (emitter, layout.topic): KnownEvent(layout, decoder(layout), _WORD * (len(layout.fields) + 1))
            for emitter, each in layouts.items()
            for layout in each
        }

    def known(self, emitter: str, topic: str, block: int) -> KnownEvent:
        """The event behind a first topic. Raises UnknownEvent."""
        found = self._known.get((Hex(emitter), Hex(topic)))
        if found is None:
            raise UnknownEvent(emitter, topic, block)
        return found

    def layouts(self) -> list[tuple[Hex, EventLayout]]:
        """Every known event with its emitter."""
        return [(emitter, event.layout) for (emitter, _), event in self._known.items()]


def decoder(layout: EventLayout) -> Decoder:
    """A function from an event's words (hex, without the first topic) to the tuple of its values."""
    parts = [_expression(field, at * _WORD) for at, field in enumerate(layout.fields)]
    return eval(f"lambda w: ({''.join(part + ', ' for part in parts)})")  # type: ignore[no-any-return]


def _expression(field: EventField, first: int) -> str:
    if field.words in WORDS:
        return f"({''.join(_part(first, *bits) + ', ' for _, *bits in WORDS[field.words])})"
    if field.type == "bool":
        return f"w[{first + _WORD - 1}] == '1'"
    if field.type == "address":
        return f"w[{first + 24}:{first + _WORD}]"
    if field.type.startswith("bytes"):
        return f"w[{first}:{first + 2 * int(field.type[5:])}]"
    if field.type == "uint192":  # a receivable's id is a name, not a number
        return f"w[{first + 16}:{first + _WORD}]"
    return _part(first, 0, int(field.type[4:]))


def _part(first: int, bit: int, bits: int) -> str:
    end = first + _WORD - bit // 4
    return f"int(w[{end - bits // 4}:{end}], 16)"
