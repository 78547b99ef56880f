"""Keys that are not signers' keys (sealing, tags): PKCS #8 files under a stretched password."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.desk.errors import WrongPassword
from ledger.desk.folder import write_file

_BLOCK = 8
_SLACK = 2**20


def stretched(password: str, salt: bytes, cost: int) -> bytes:
    """The passphrase of a desk's key files: scrypt with N = cost, so guessing is slow whatever the file's format does."""
    memory = 128 * _BLOCK * cost + _SLACK
    raw = hashlib.scrypt(password.encode(), salt=salt, n=cost, r=_BLOCK, p=1, maxmem=2 * memory, dklen=32)
    return raw.hex().encode()


def save_encrypted(path: Path, key: X25519PrivateKey | RSAPrivateKey, passphrase: bytes) -> None:
    """Keeps the key at `path`, encrypted."""
    write_file(
        path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    )


def load_encrypted(path: Path, passphrase: bytes) -> object:
    """The key kept at `path`. Raises WrongPassword, also where the file was damaged."""
    try:
        return load_pem_private_key(path.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError):
        raise WrongPassword(path.stem) from None
