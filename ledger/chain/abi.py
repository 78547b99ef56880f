"""What the contracts' ABIs say: where each field of an event lies, and how a function is called."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_abi.abi import decode, encode

from ledger.chain.headers import Hex
from ledger.domain.errors import invariant
from ledger.domain.hashing import keccak

ARTEFACTS = Path(__file__).resolve().parent / "artefacts"
CONTRACT, RECEIVABLE, TRADE, PARTY, RULES = range(5)
"""The kinds of journals."""
_SUBJECTS = {"ReceivableId": RECEIVABLE, "TradeId": TRADE, "PartyId": PARTY}

Abi = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class EventField:
    """One 32-byte word of a log. name: snake case; type: of the ABI; words: the Solidity type where the word is a packed state
    (Piece, Level, Returns, Last), else the same as type."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class EventLayout:
    """An event. kind: of the journal into which it folds, None for one that is not journalled (those of token standards);
    indexed: how many of the fields are topics; fields: in the order of the log, topics after the first and then data."""

    name: str
    topic: Hex
    kind: int | None
    indexed: int
    fields: tuple[EventField, ...]


@cache
def artefact(name: str) -> Mapping[str, Any]:
    """The compiled contract: `abi`, `bytecode`, `deployedBytecode`, `linkReferences`. Raises FileNotFoundError."""
    found: Mapping[str, Any] = json.loads((ARTEFACTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def event_layouts(abi: Abi) -> list[EventLayout]:
    """The layouts of all events of a contract."""
    return [_layout(entry) for entry in abi if entry["type"] == "event"]


def _layout(entry: Mapping[str, Any]) -> EventLayout:
    inputs = entry["inputs"]
    indexed = [each for each in inputs if each["indexed"]]
    fields = [field for each in indexed for field in _fields(each)]
    fields += [field for each in inputs if not each["indexed"] for field in _fields(each)]
    kind = _journal_kind(inputs)
    if kind is not None:
        in_order = inputs[: len(indexed)] == indexed
        invariant(in_order, f"{entry['name']}: a journalled event's topics come first")
        for field in fields:
            invariant(_is_static(field.type), f"{entry['name']}.{field.name}: a journalled field is static")
    return EventLayout(
        entry["name"], Hex(keccak(signature_text(entry).encode()).hex()), kind, len(indexed), tuple(fields)
    )


def _journal_kind(inputs: Sequence[Mapping[str, Any]]) -> int | None:
    """Journalled are the events whose first field is the subject, by its type; `version` is that of the rules."""
    if not inputs or not inputs[0]["indexed"]:
        return None
    first = inputs[0]
    if first["name"] == "version" and first["type"] == "uint32":
        return RULES
    return _SUBJECTS.get(first.get("internalType", ""))


def _fields(entry: Mapping[str, Any]) -> list[EventField]:
    if entry["type"] == "tuple":
        return [field for each in entry["components"] for field in _fields(each)]
    words = entry.get("internalType", "")
    is_packed = words in WORDS
    return [EventField(_snake(entry["name"]), entry["type"], words if is_packed else entry["type"])]


# Name, first bit and bits of each part of the packed words (contracts/types).
WORDS: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "Piece": (
        ("holder", 0, 32),
        ("length", 32, 64),
        ("paid", 96, 64),
        ("version", 160, 32),
        ("flags", 192, 16),
        ("until", 208, 48),
    ),
    "Level": (("level", 0, 64), ("principal", 64, 64), ("interest", 128, 64), ("accrued_at", 192, 48)),
    "Returns": (("nominal", 0, 64), ("count", 64, 32), ("netted", 96, 64)),
    "Last": (("nominal", 0, 64), ("money", 64, 64), ("remainder", 128, 64)),
}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


def _is_static(kind: str) -> bool:
    return re.fullmatch(r"u?int\d+|bytes([1-9]|[12]\d|3[0-2])|address|bool", kind) is not None


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a contract, as eth_call takes and gives it."""

    name: str
    selector: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def data(self, *args: Any) -> str:
        """The calldata, 0x hex."""
        return self.selector + encode(self.inputs, args).hex()

    def result(self, returned: str) -> tuple[Any, ...]:
        """What the call returned; structs are tuples. Raises eth_abi's DecodingError."""
        return tuple(decode(self.outputs, bytes.fromhex(returned[2:])))


def functions(abi: Abi) -> dict[str, Function]:
    """The functions of a contract by name; none is overloaded."""
    return {entry["name"]: _function(entry) for entry in abi if entry["type"] == "function"}


def _function(entry: Mapping[str, Any]) -> Function:
    inputs = tuple(type_text(each) for each in entry["inputs"])
    return Function(
        entry["name"], selector(entry), inputs, tuple(type_text(each) for each in entry["outputs"])
    )


def selector(entry: Mapping[str, Any]) -> str:
    """The first four bytes by which a function or an error is known, 0x hex."""
    return "0x" + keccak(signature_text(entry).encode())[:4].hex()


def signature_text(entry: Mapping[str, Any]) -> str:
    """Name and types of a function, event or error, as they are hashed."""
    return f"{entry['name']}({','.join(type_text(each) for each in entry['inputs'])})"


def type_text(entry: Mapping[str, Any]) -> str:
    """The ABI type of an input or output, structs as tuples."""
    kind: str = entry["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(type_text(each) for each in entry['components'])}){kind[5:]}"
