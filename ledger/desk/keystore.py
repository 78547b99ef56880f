"""Signers' keys on disk: Web3 Secret Storage v3, as other Ethereum tools read it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coincurve import PrivateKey

from ledger.desk.errors import NameTaken, UnknownPerson, WrongPassword
from ledger.desk.folder import write_file
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, Digest, address_of_bytes

SMALLEST_COST = 2


@dataclass(frozen=True)
class SigningKey:
    """An unlocked key. Never shown, never written but encrypted."""

    address: Address
    sign_digest: Callable[[Digest], bytes]

    def sign_text(self, text: str) -> bytes:
        """An EIP-191 signature over a text, as wallets make it for sign-in."""
        raw = text.encode()
        return self.sign_digest(Digest(keccak(b"\x19Ethereum Signed Message:\n%d" % len(raw) + raw)))


def signing_key(secret: bytes) -> SigningKey:
    """The key of 32 secret bytes. Proofs are r ‖ s ‖ v with v 27 or 28."""
    key = PrivateKey(secret)

    def sign(digest: Digest) -> bytes:
        proof: bytes = key.sign_recoverable(digest, hasher=None)
        return proof[:64] + bytes([proof[64] + 27])

    return SigningKey(address_of_bytes(keccak(key.public_key.format(compressed=False)[1:])[12:]), sign)


def new_key(path: Path, password: str, cost: int) -> Address:
    """Makes a key and keeps it at `path`. cost: scrypt's N, a power of two. Raises NameTaken."""
    from eth_account import Account

    if path.exists():
        raise NameTaken(path.stem)
    secret = PrivateKey().secret
    kept = Account.encrypt(secret, password, kdf="scrypt", iterations=max(SMALLEST_COST, cost))
    write_file(path, json.dumps(kept).encode())
    return signing_key(secret).address


def open_key(path: Path, password: str) -> SigningKey:
    """The key kept at `path`. Raises UnknownPerson where there is none, WrongPassword."""
    return signing_key(open_secret(path, password))


def open_secret(path: Path, password: str) -> bytes:
    """The 32 secret bytes kept at `path`. Raises as `open_key`."""
    from eth_account import Account

    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise UnknownPerson(
            path.stem, tuple(sorted(each.stem for each in path.parent.glob("*.json")))
        ) from None
    try:
        return bytes(Account.decrypt(kept, password))
    except (ValueError, KeyError, TypeError):
        raise WrongPassword(path.stem) from None
