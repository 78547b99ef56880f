"""Names of things, each with its own type and one JSON form.

Parties and persons are numbers; a receivable is 0x and 48 hex digits; a piece is `<receivable>-<start>`; digests, trades, tags
and block hashes are 0x and 64 hex digits; an address is written with its EIP-55 checksum.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NewType, Self

from .errors import BadId
from .hashing import keccak

PartyId = NewType("PartyId", int)
"""A legal entity, from 1; 0 is nobody."""
PersonNumber = NewType("PersonNumber", int)
"""1-based position in a party's list of persons."""
ReceivableId = NewType("ReceivableId", int)
"""The first 192 bits of the digest of its Terms."""
Digest = NewType("Digest", bytes)
"""32 bytes: the EIP-712 digest of an act, or a commitment; 32 zero bytes are none."""
TradeId = NewType("TradeId", bytes)
"""The digest of a trade's Order; 32 zero bytes are no trade (`unmatched`)."""
Tag = NewType("Tag", bytes)
"""The debtor's fingerprint of an invoice or receipt, 32 bytes."""
Address = NewType("Address", str)
"""An account, EIP-55."""
BlockNumber = NewType("BlockNumber", int)
BlockHash = NewType("BlockHash", bytes)
ChainTime = NewType("ChainTime", int)
"""UTC seconds by the chain's clock, below 2**48."""

NO_DIGEST = Digest(bytes(32))
NO_TRADE = TradeId(bytes(32))
NOBODY = PartyId(0)
NO_ADDRESS = Address("0x0000000000000000000000000000000000000000")

_PIECE = re.compile(r"(0x[0-9a-f]{48})-(0|[1-9][0-9]{0,19})")


@dataclass(frozen=True, slots=True, order=True)
class PieceId:
    """A holder's interval of a receivable, by where it starts; never used twice."""

    receivable: ReceivableId
    start: int

    @property
    def token_id(self) -> int:
        """The ERC-721 token id: receivable ‖ start."""
        return self.receivable << 64 | self.start

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Reads `<receivable>-<start>`. Raises BadId."""
        match = _PIECE.fullmatch(text)
        if match is None or int(match.group(2)) >= 2**64:
            raise BadId(kind="piece", found=text[:100])
        return cls(ReceivableId(int(match.group(1), 16)), int(match.group(2)))

    def __str__(self) -> str:
        return f"{receivable_text(self.receivable)}-{self.start}"


def receivable_text(receivable: ReceivableId) -> str:
    """0x and 48 hex digits."""
    return f"0x{receivable:048x}"


def receivable_of_text(text: str) -> ReceivableId:
    """Reads 0x and 48 hex digits. Raises BadId."""
    if not re.fullmatch(r"0x[0-9a-f]{48}", text):
        raise BadId(kind="receivable", found=text[:100])
    return ReceivableId(int(text, 16))


def receivable_of_terms(digest: Digest) -> ReceivableId:
    """A receivable's id, from the digest of its Terms."""
    return ReceivableId(int.from_bytes(digest[:24]))


def digest_text(digest: bytes) -> str:
    """0x and 64 hex digits."""
    return "0x" + digest.hex()


def digest_of_text(text: str) -> Digest:
    """Reads 0x and 64 hex digits. Raises BadId."""
    if not re.fullmatch(r"0x[0-9a-fA-F]{64}", text):
        raise BadId(kind="digest", found=text[:100])
    return Digest(bytes.fromhex(text[2:]))


def address_of_text(text: str) -> Address:
    """Reads an address. Raises BadId, also where mixed case does not fit the checksum."""
    if not re.fullmatch(r"0x[0-9a-fA-F]{40}", text):
        raise BadId(kind="address", found=text[:100])
    address = address_of_bytes(bytes.fromhex(text[2:]))
    if text[2:] not in (text[2:].lower(), text[2:].upper()) and text != address:
        raise BadId(kind="address", found=text)
    return address


@lru_cache(maxsize=4096)
def address_of_bytes(raw: bytes) -> Address:
    """The EIP-55 form of 20 bytes. Raises BadId for another length."""
    if len(raw) != 20:
        raise BadId(kind="address", found=raw[:64].hex())
    letters = raw.hex()
    shade = keccak(letters.encode("ascii")).hex()
    return Address(
        "0x" + "".join(c.upper() if int(s, 16) >= 8 else c for c, s in zip(letters, shade, strict=False))
    )


def address_bytes(address: Address) -> bytes:
    """The 20 bytes of an address."""
    return bytes.fromhex(address[2:])
