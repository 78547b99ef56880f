"""Salted commitments: what the chain holds of a document, so that any field can be shown later and none can be guessed before.

A document is named fields with text values. Each has its salt, HKDF-SHA256 from the document's secret and the field's name; its
leaf is keccak256(keccak256(abi.encode(string name, string value, bytes32 salt))); the commitment is the Merkle root over them.
"""

from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from eth_abi.abi import encode

from . import merkle
from .errors import BadField
from .ids import Digest
from .units import Amount

Fields = Sequence[tuple[str, str]]
"""A document's fields in their order, no name twice."""

SECRET_BYTES = 32
_SALT_NAME = b"duebill.salt.v1\0"


def commitment(fields: Fields, secret: bytes) -> Digest:
    """The document's commitment. Raises BadField for no field, a name twice, or a secret that is not 32 bytes."""
    return merkle.root(list(_leaves(fields, secret).values()))


def salt_of(secret: bytes, name: str) -> bytes:
    """A field's salt, 32 bytes. Raises BadField for a secret that is not 32 bytes."""
    if len(secret) != SECRET_BYTES:
        raise BadField(field="secret", found=f"{len(secret)} bytes", limit=f"{SECRET_BYTES} bytes")
    return HKDF(SHA256(), 32, None, _SALT_NAME + name.encode()).derive(secret)


def invoices_commitment(used: Sequence[tuple[Digest, Amount]]) -> Digest:
    """`Terms.invoices`: over each invoice's commitment and the amount used of it. Raises BadField for none or one twice."""
    if len({document for document, _ in used}) != len(used):
        raise BadField(field="invoices", found="an invoice twice", limit="each invoice once")
    leaves = [merkle.leaf_of(document + int(amount).to_bytes(32)) for document, amount in used]
    return merkle.root(leaves)


def _leaves(fields: Fields, secret: bytes) -> Mapping[str, Digest]:
    leaves = {name: _leaf(name, value, salt_of(secret, name)) for name, value in fields}
    if len(leaves) != len(fields):
        raise BadField(field="fields", found="a name twice", limit="each name once")
    return leaves


def _leaf(name: str, value: str, salt: bytes) -> Digest:
    return merkle.leaf_of(encode(("string", "string", "bytes32"), (name, value, salt)))
