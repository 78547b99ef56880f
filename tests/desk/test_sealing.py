"""Sealed packets: opened by their receiver alone, from that sender, on that chain, and only unchanged."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ledger.desk.errors import PacketUnreadable
from ledger.desk.sealing import LARGEST_CONTENT, Route, open_packet, seal
from ledger.domain.ids import PartyId

ROUTE = Route(31337, PartyId(4), PartyId(3))
KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
CONTENT = {"duebill": "request/1", "text": "发票 № 117"}


def packet() -> bytes:
    return seal(CONTENT, KEY.public_key().public_bytes_raw(), ROUTE)


def test_the_receiver_reads_what_was_sealed() -> None:
    assert open_packet(packet(), KEY, ROUTE) == CONTENT


def test_the_same_content_is_never_sealed_alike() -> None:
    assert packet() != packet()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(PacketUnreadable):
        open_packet(packet(), X25519PrivateKey.generate(), ROUTE)


@pytest.mark.parametrize(
    "route",
    [
        replace(ROUTE, chain_id=1),
        replace(ROUTE, sender=PartyId(5)),
        replace(ROUTE, receiver=PartyId(9)),
        Route(31337, PartyId(3), PartyId(4)),
    ],
)
def test_a_packet_cannot_be_passed_off_as_anothers(route: Route) -> None:
    with pytest.raises(PacketUnreadable):
        open_packet(packet(), KEY, route)


def test_no_byte_can_be_changed() -> None:
    good = packet()
    for at in range(len(good)):
        changed = bytearray(good)
        changed[at] ^= 1
        with pytest.raises(PacketUnreadable):
            open_packet(bytes(changed), KEY, ROUTE)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 47, 60])
def test_a_packet_cut_short_is_refused(length: int) -> None:
    with pytest.raises(PacketUnreadable):
        open_packet(packet()[:length], KEY, ROUTE)


@pytest.mark.parametrize(
    "plain",
    [b"", b"not compressed", zlib.compress(b"not json"), zlib.compress(b"[1]"), zlib.compress(b"\xff")],
)
def test_what_is_inside_has_to_be_a_packet(plain: bytes) -> None:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    sealed = suite.encrypt(plain, KEY.public_key(), ROUTE.info)
    with pytest.raises(PacketUnreadable):
        open_packet(sealed, KEY, ROUTE)


def test_a_packet_that_would_fill_the_memory_is_refused() -> None:
    bomb = zlib.compress(b'{"a":"' + bytes(LARGEST_CONTENT) + b'"}', 9)
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    with pytest.raises(PacketUnreadable):
        open_packet(suite.encrypt(bomb, KEY.public_key(), ROUTE.info), KEY, ROUTE)


def test_the_desk_opens_with_the_key_that_its_record_shows(tmp_path: Path) -> None:
    from ledger.desk.sealing import new_sealing_key, open_sealing_key

    public = new_sealing_key(tmp_path / "sealing_key.pem", b"passphrase")
    key = open_sealing_key(tmp_path / "sealing_key.pem", b"passphrase")
    assert open_packet(seal(CONTENT, public, ROUTE), key, ROUTE) == CONTENT
