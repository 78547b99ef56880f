"""The chain's hash."""

from sha3 import keccak_256


def keccak(data: bytes) -> bytes:
    """32 bytes of Keccak-256."""
    digest: bytes = keccak_256(data).digest()
    return digest
