"""EIP-712 over frozen dataclasses whose fields carry their Solidity type: type strings, hashes, and the JSON of wallets.

A struct is a dataclass with `Annotated[python type, "solidity type"]` fields in the order of Solidity; `due_at` is `dueAt`, and a
trailing underscore (`from_`) is not part of the name. Encoders are made once a class, so that hashing costs little but Keccak.
"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from .errors import BadField, BadId
from .hashing import keccak
from .ids import Address, Digest, address_bytes, address_of_text, digest_text
from .units import bytes_letters, letters_bytes

NAME, VERSION = "Duebill", "1"
DOMAIN_TYPE = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
MAX_ITEMS = 1000
"""The most elements that a list in a message may have."""
MAX_BYTES = 4096
"""The most bytes that a signature's proof may have."""
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}", re.ASCII)

Struct = TypeVar("Struct")
Made = TypeVar("Made")


def once_a_class(make: Callable[[type[Any]], Made]) -> Callable[[type[Any]], Made]:
    """functools.cache for a function of a class; mypy does not believe that a class is hashable."""
    return cast(Callable[[type[Any]], Made], cache(make))


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a signature counts: this chain, this contract (Ledger, or Parties for Admission)."""

    chain_id: int
    verifying_contract: Address

    def separator(self) -> bytes:
        """hashStruct(EIP712Domain)."""
        return _separator(self)

    def to_json(self) -> dict[str, Any]:
        """The `domain` member of eth_signTypedData_v4."""
        return {
            "name": NAME,
            "version": VERSION,
            "chainId": self.chain_id,
            "verifyingContract": self.verifying_contract,
        }


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one Solidity type become a 32-byte word, JSON, an ABI value, and come back from JSON."""

    solidity: str
    word: Callable[[Any], bytes]
    to_json: Callable[[Any], Any]
    from_json: Callable[[Any, str], Any]
    to_abi: Callable[[Any], Any]
    structs: tuple[type[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a struct: its name in Python and in Solidity, and its codec."""

    attribute: str
    name: str
    codec: Codec


def type_string(struct: type[Any]) -> str:
    """encodeType: the struct, then the structs that it uses by name."""
    return _own_type(struct) + "".join(_own_type(each) for each in _used(struct))


def hash_struct(value: Any) -> Digest:
    """hashStruct of one act or nested struct."""
    return Digest(_hash(value))


def digest(value: Any, domain: Domain) -> Digest:
    """What is signed: keccak256(0x1901 ‖ domain separator ‖ hashStruct)."""
    return Digest(keccak(b"\x19\x01" + domain.separator() + _hash(value)))


def to_message(value: Any) -> dict[str, Any]:
    """The JSON message: integers as decimal strings, bytes as 0x hex, names as in Solidity."""
    return {each.name: each.codec.to_json(getattr(value, each.attribute)) for each in members(type(value))}


def from_message(struct: type[Struct], message: object, path: str) -> Struct:
    """The struct that a JSON message holds. Raises BadField, naming the field, what was found and what it has to be."""
    if not isinstance(message, dict):
        raise BadField(field=path, found=_shown(message), limit=f"an object of type {struct.__name__}")
    plan = members(struct)
    unknown = sorted(map(str, message.keys() - {each.name for each in plan}))
    if unknown:
        limit = f"no field of {struct.__name__}"
        raise BadField(field=f"{path}.{unknown[0][:64]}", found="present", limit=limit)
    values = {}
    for each in plan:
        if each.name not in message:
            raise BadField(field=f"{path}.{each.name}", found="absent", limit=each.codec.solidity)
        values[each.attribute] = each.codec.from_json(message[each.name], f"{path}.{each.name}")
    return struct(**values)


def to_abi(value: Any) -> tuple[Any, ...]:
    """The struct as a tuple for an ABI encoder."""
    return tuple(each.codec.to_abi(getattr(value, each.attribute)) for each in members(type(value)))


def typed_data(value: Any, domain: Domain) -> dict[str, Any]:
    """The JSON that a wallet signs by eth_signTypedData_v4."""
    structs = (type(value), *_used(type(value)))
    types = {
        each.__name__: [{"name": member.name, "type": member.codec.solidity} for member in members(each)]
        for each in structs
    }
    listed = [part.split(" ") for part in DOMAIN_TYPE[len("EIP712Domain(") : -1].split(",")]
    types["EIP712Domain"] = [{"name": name, "type": kind} for kind, name in listed]
    return {
        "types": types,
        "primaryType": type(value).__name__,
        "domain": domain.to_json(),
        "message": to_message(value),
    }


@once_a_class
def members(struct: type[Any]) -> tuple[Member, ...]:
    """The fields of a struct in the order of Solidity."""
    hints = get_type_hints(struct, include_extras=True)
    return tuple(
        Member(each.name, _camel(each.name), _codec(hints[each.name])) for each in dataclasses.fields(struct)
    )


@cache
def _separator(domain: Domain) -> bytes:
    words = (
        keccak(DOMAIN_TYPE.encode()),
        keccak(NAME.encode()),
        keccak(VERSION.encode()),
        domain.chain_id.to_bytes(32),
        address_bytes(domain.verifying_contract).rjust(32, b"\0"),
    )
    return keccak(b"".join(words))


@once_a_class
def _type_hash(struct: type[Any]) -> bytes:
    return keccak(type_string(struct).encode())


def _hash(value: Any) -> bytes:
    struct = type(value)
    words = [each.codec.word(getattr(value, each.attribute)) for each in members(struct)]
    return keccak(_type_hash(struct) + b"".join(words))


def _own_type(struct: type[Any]) -> str:
    listed = ",".join(f"{each.codec.solidity} {each.name}" for each in members(struct))
    return f"{struct.__name__}({listed})"


@once_a_class
def _used(struct: type[Any]) -> tuple[type[Any], ...]:
    found: dict[str, type[Any]] = {}
    for member in members(struct):
        for each in member.codec.structs:
            found[each.__name__] = each
            found.update({deeper.__name__: deeper for deeper in _used(each)})
    return tuple(found[name] for name in sorted(found))


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _codec(hint: Any) -> Codec:
    """The codec of one annotated field: a Solidity word type, a struct, or a list of either."""
    if get_origin(hint) is tuple:
        return _list_codec(_codec(get_args(hint)[0]))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _struct_codec(hint)
    _, solidity = get_args(hint)
    if solidity.startswith("uint"):
        return _uint_codec(solidity)
    return _word_codecs()[solidity]


def _struct_codec(struct: type[Any]) -> Codec:
    def read(value: Any, path: str) -> Any:
        return from_message(struct, value, path)

    return Codec(struct.__name__, _hash, to_message, read, to_abi, (struct,))


def _list_codec(item: Codec) -> Codec:
    def read(value: Any, path: str) -> Any:
        if not isinstance(value, list) or len(value) > MAX_ITEMS:
            limit = f"a list of at most {MAX_ITEMS} {item.solidity}"
            raise BadField(field=path, found=_shown(value), limit=limit)
        return tuple(item.from_json(each, f"{path}[{at}]") for at, each in enumerate(value))

    return Codec(
        item.solidity + "[]",
        lambda values: keccak(b"".join(map(item.word, values))),
        lambda values: [item.to_json(each) for each in values],
        read,
        lambda values: [item.to_abi(each) for each in values],
        item.structs,
    )


def _uint_codec(solidity: str) -> Codec:
    ceiling = 1 << int(solidity[4:])

    def word(value: int) -> bytes:
        if not 0 <= value < ceiling:
            raise BadField(field=solidity, found=str(value), limit=f"0 to {ceiling - 1}")
        return value.to_bytes(32)

    def read(value: Any, path: str) -> int:
        is_number = isinstance(value, str) and _DECIMAL.fullmatch(value)
        if not is_number or int(value) >= ceiling:
            limit = f"a decimal string from 0 to {ceiling - 1}"
            raise BadField(field=path, found=_shown(value), limit=limit)
        return int(value)

    return Codec(solidity, word, str, read, int)


@cache
def _word_codecs() -> dict[str, Codec]:
    return {
        "bool": Codec("bool", lambda value: int(value).to_bytes(32), bool, _read_bool, bool),
        "bytes": Codec("bytes", keccak, lambda value: "0x" + value.hex(), _read_bytes, bytes),
        "bytes32": Codec("bytes32", _full_word, digest_text, _read_bytes32, bytes),
        "bytes3": _letters_codec(3),
        "bytes2": _letters_codec(2),
        "address": Codec(
            "address", lambda value: address_bytes(value).rjust(32, b"\0"), str, _read_address, str
        ),
    }


def _letters_codec(size: int) -> Codec:
    def raw(code: str) -> bytes:
        return letters_bytes(code, size)

    def read(value: Any, path: str) -> str:
        if not isinstance(value, str) or not re.fullmatch(rf"0x[0-9a-fA-F]{{{2 * size}}}", value):
            raise BadField(field=path, found=_shown(value), limit=f"0x and {2 * size} hex digits")
        letters = bytes_letters(bytes.fromhex(value[2:]))
        if len(letters) != size:
            raise BadField(field=path, found=value, limit=f"{size} capital letters in hex")
        return letters

    return Codec(
        f"bytes{size}",
        lambda code: raw(code).ljust(32, b"\0"),
        lambda code: "0x" + raw(code).hex(),
        read,
        raw,
    )


def _full_word(value: bytes) -> bytes:
    if len(value) != 32:
        raise BadField(field="bytes32", found=f"{len(value)} bytes", limit="32 bytes")
    return value


def _read_bool(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise BadField(field=path, found=_shown(value), limit="true or false")
    return value


def _read_bytes32(value: Any, path: str) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(r"0x[0-9a-fA-F]{64}", value):
        raise BadField(field=path, found=_shown(value), limit="0x and 64 hex digits")
    return bytes.fromhex(value[2:])


def _read_bytes(value: Any, path: str) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(rf"0x(?:[0-9a-fA-F]{{2}}){{0,{MAX_BYTES}}}", value):
        raise BadField(field=path, found=_shown(value), limit=f"0x and at most {MAX_BYTES} bytes in hex")
    return bytes.fromhex(value[2:])


def _read_address(value: Any, path: str) -> Address:
    try:
        return address_of_text(value)
    except (BadId, TypeError):
        raise BadField(field=path, found=_shown(value), limit="an address, EIP-55") from None


def _shown(value: object) -> str:
    """What was found, short enough for an error."""
    text = value if isinstance(value, str) else f"{type(value).__name__} {value!r:.60}"
    return text[:80]
