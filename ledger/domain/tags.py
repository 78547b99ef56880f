"""Tags: a debtor's fingerprint of an invoice or a delivery note, which only it can make and anyone shown the paper can check.

    tag = keccak256(RSASSA-PKCS1-v1_5-SHA256(debtor's tag key, canonical text))

The canonical text has no amount, date, currency or format in it, so the same invoice has the same tag however it is spelt and
whoever offers it. What is folded, and what that risks, stands in docs/tags.md.
"""

import re
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from .errors import BadField, NotCanonical, TagInvalid, TagKeyUnfit
from .hashing import keccak
from .ids import Digest, PartyId, Tag, digest_text
from .sellers import ascii_digit, plain

INVOICE, RECEIPT = "duebill.invoice.v1", "duebill.receipt.v1"
KEY_BITS = (3072, 4096)
EXPONENT = 65537
_MAX_NUMBER = 200


@dataclass(frozen=True, slots=True)
class TagProof:
    """A tag with what shows that it belongs to a paper: the canonical text and the debtor's RSA signature over it.

    Whoever has the proof can recognise the paper on chain; it goes, sealed, only to those who are shown the paper.
    """

    canonical: str
    signature: bytes

    @property
    def tag(self) -> Tag:
        """What stands on chain."""
        return Tag(keccak(self.signature))


def canonical_number(text: str) -> str:
    """A document's number without its spelling: case, width, separators and leading zeros folded, runs of digits kept apart.

    "INV-2026-0117", "inv 2026/117" and full-width forms are all "inv2026.117". Raises NotCanonical when nothing is left.
    """
    if len(text) > _MAX_NUMBER:
        raise NotCanonical(field="number", found=text[:80])
    runs = re.findall("[0-9]+|[^0-9 ]+", "".join(map(_kept, plain(text))))
    number = ""
    for run in runs:
        if run.isdigit():
            run = run.lstrip("0") or "0"
            number += "." if number[-1:].isdigit() else ""
        number += run
    if not number:
        raise NotCanonical(field="number", found=text[:80])
    # Letters and marks that a dropped separator held apart may now compose.
    return unicodedata.normalize("NFKC", number)


def canonical_invoice(debtor: PartyId, seller: str, number: str, year: int) -> str:
    """What an invoice's tag is made of. seller: canonical `scheme:value`; number: as printed; year: of issue.

    Raises NotCanonical, BadField.
    """
    return _canonical(INVOICE, debtor, seller, number, year)


def canonical_receipt(buyer: PartyId, seller: str, number: str, year: int) -> str:
    """What the tag of a delivery note is made of; as for an invoice, under a name of its own."""
    return _canonical(RECEIPT, buyer, seller, number, year)


def make_tag(key: rsa.RSAPrivateKey, canonical: str) -> TagProof:
    """The debtor's tag for a canonical text. Raises TagKeyUnfit."""
    _check_key(key.public_key())
    return TagProof(canonical, key.sign(canonical.encode(), padding.PKCS1v15(), SHA256()))


def check_tag(key: rsa.RSAPublicKey, proof: TagProof, canonical: str) -> Tag:
    """The tag of this paper. Raises TagInvalid when the proof is not by `key` over `canonical`, TagKeyUnfit."""
    _check_key(key)
    shown = digest_text(proof.tag)
    if proof.canonical != canonical:
        raise TagInvalid(tag=shown, reason=f"made for {proof.canonical!r}, not {canonical!r}")
    try:
        key.verify(proof.signature, canonical.encode(), padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        raise TagInvalid(tag=shown, reason="not signed by the debtor's tag key") from None
    return proof.tag


def public_key_of_pem(pem: str) -> rsa.RSAPublicKey:
    """A tag key as parties publish it. Raises TagKeyUnfit."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise TagKeyUnfit(reason="not a public key in PEM") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise TagKeyUnfit(reason="not an RSA key")
    _check_key(key)
    return key


def key_hash(key: rsa.RSAPublicKey) -> Digest:
    """`tagKey` in a party's record: keccak256 of the key's SubjectPublicKeyInfo in DER."""
    return Digest(keccak(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)))


def _canonical(kind: str, party: PartyId, seller: str, number: str, year: int) -> str:
    if not re.fullmatch(r"[a-z]+:[^\s:]+", seller):
        raise NotCanonical(field="seller", found=seller[:80])
    if not 1900 <= year <= 9999:
        raise BadField(field="year", found=str(year), limit="1900 to 9999")
    return "\n".join((kind, str(party), seller, canonical_number(number), str(year)))


def _check_key(key: rsa.RSAPublicKey) -> None:
    if not KEY_BITS[0] <= key.key_size <= KEY_BITS[1] or key.public_numbers().e != EXPONENT:
        raise TagKeyUnfit(reason=f"{key.key_size} bits, exponent {key.public_numbers().e}")


def _kept(character: str) -> str:
    """Letters, marks and digits stay, digits in ASCII; all else separates."""
    return ascii_digit(character) if unicodedata.category(character)[0] in "LMN" else " "
