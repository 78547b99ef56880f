"""The debtor's tag key: made once for the party's life, kept encrypted, its public half beside it."""

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.desk.desk import Desk
from ledger.desk.errors import DeskExists, OtherMessage
from ledger.desk.folder import write_file
from ledger.desk.keys import load_encrypted, save_encrypted
from ledger.desk.passwords import Passwords
from ledger.domain.errors import TagKeyUnfit
from ledger.domain.ids import NO_DIGEST, Digest, digest_text
from ledger.domain.tags import EXPONENT, KEY_BITS, key_hash, public_key_of_pem


def new_tag_key(desk: Desk, passwords: Passwords) -> Desk:
    """Makes the party's tag key. Raises DeskExists where there is one: tags of another key would be other tags."""
    if _private_file(desk.folder).exists():
        raise DeskExists(str(_private_file(desk.folder)))
    key = rsa.generate_private_key(EXPONENT, KEY_BITS[0])
    save_encrypted(_private_file(desk.folder), key, desk.passphrase(passwords))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_file(_public_file(desk.folder), public)
    return replace(desk, tag_key=key_hash(key.public_key())).save()


def open_tag_key(desk: Desk, passwords: Passwords) -> rsa.RSAPrivateKey:
    """The key that makes tags. Raises TagKeyUnfit where the desk has none, WrongPassword."""
    if desk.tag_key == NO_DIGEST:
        raise TagKeyUnfit(reason="this desk has none; a debtor's desk is made with --with-tag-key")
    key = load_encrypted(_private_file(desk.folder), desk.passphrase(passwords))
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TagKeyUnfit(reason="not an RSA key")
    return key


def public_pem(desk: Desk) -> str | None:
    """The public key as the party's card shows it, None where the desk has none."""
    path = _public_file(desk.folder)
    return path.read_text("ascii") if path.exists() else None


def believed_key(pem: str | None, on_record: Digest) -> rsa.RSAPublicKey:
    """The tag key that a party shows, held to the hash in its record on chain. Raises TagKeyUnfit, OtherMessage."""
    if pem is None:
        raise TagKeyUnfit(reason="the party shows no tag key")
    key = public_key_of_pem(pem)
    if key_hash(key) != on_record:
        raise OtherMessage("tag key", digest_text(key_hash(key)), digest_text(on_record))
    return key


def _private_file(folder: Path) -> Path:
    return folder / "tag_key.pem"


def _public_file(folder: Path) -> Path:
    return folder / "tag_key.pub.pem"
