"""Packets that only one party can open: HPKE (RFC 9180) to the sealing key in its public record.

Base mode with X25519, HKDF-SHA256 and AES-256-GCM. Chain, sender and receiver are bound in as `info`, so a packet cannot
be passed off as another's. Who wrote it shows only by what is inside: signed acts and the commitments that they name.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ledger.desk.errors import PacketUnreadable
from ledger.desk.keys import load_encrypted, save_encrypted
from ledger.domain.ids import PartyId

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
LARGEST_CONTENT = 64 * 2**20


@dataclass(frozen=True)
class Route:
    """Between whom a packet goes, on which chain."""

    chain_id: int
    sender: PartyId
    receiver: PartyId

    @property
    def info(self) -> bytes:
        """What HPKE binds the packet to."""
        return f"duebill/packet/1 {self.chain_id} {self.sender} {self.receiver}".encode()


def new_sealing_key(path: Path, passphrase: bytes) -> bytes:
    """Makes the desk's X25519 key and keeps it at `path`; answers the public key, as `Admission.sealingKey` has it."""
    key = X25519PrivateKey.generate()
    save_encrypted(path, key, passphrase)
    return key.public_key().public_bytes_raw()


def open_sealing_key(path: Path, passphrase: bytes) -> X25519PrivateKey:
    """The desk's own key. Raises WrongPassword."""
    key = load_encrypted(path, passphrase)
    if not isinstance(key, X25519PrivateKey):
        raise PacketUnreadable(f"{path.name} holds no X25519 key")
    return key


def seal(content: dict[str, Any], to: bytes, route: Route) -> bytes:
    """`content`, JSON, for the holder of the sealing key `to` (32 bytes) alone."""
    plain = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 9)
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(to), route.info)


def open_packet(packet: bytes, key: X25519PrivateKey, route: Route) -> dict[str, Any]:
    """What was sealed. Raises PacketUnreadable."""
    try:
        plain = _SUITE.decrypt(packet, key, route.info)
    except (InvalidTag, ValueError):
        raise PacketUnreadable("it was not sealed for this party by that sender, or was changed") from None
    return _content(plain)


def _content(plain: bytes) -> dict[str, Any]:
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(plain, LARGEST_CONTENT)
        content = json.loads(text)
    except (zlib.error, ValueError):
        raise PacketUnreadable("what is inside is no packet of this kind") from None
    if inflating.unconsumed_tail or not isinstance(content, dict):
        raise PacketUnreadable("what is inside is no packet of this kind, or too large")
    return content
