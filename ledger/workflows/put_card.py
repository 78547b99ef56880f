"""A party's card in the directory."""

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from sqlalchemy.dialects.postgresql import insert

from ledger.domain.errors import BadField, NotAllowed
from ledger.domain.hashing import keccak
from ledger.queries.access import party_of
from ledger.queries.parties import tag_key_of
from ledger.queries.pins import pin
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting


@dataclass(frozen=True)
class Card:
    """name: of the party; ids: scheme to value; tag_public_key: PEM, or None."""

    name: str
    ids: dict[str, str]
    tag_public_key: str | None


def put_card(acting: Acting, party: int, card: Card) -> None:
    """Only the party itself, and only the tag key whose hash stands on chain. Raises NotAllowed, BadField."""
    if party_of(acting.viewer, "card") != party:
        raise NotAllowed(what="card", reason=f"only party {party} writes its own card")
    if card.tag_public_key is not None:
        _check_tag_key(acting, party, card.tag_public_key)
    values = {
        "name": card.name,
        "ids": card.ids,
        "tag_public_key": card.tag_public_key,
        "updated_at": acting.now,
    }
    statement = insert(offchain.card).values(party=party, **values)
    acting.app.run(statement.on_conflict_do_update(index_elements=["party"], set_=values))


def _check_tag_key(acting: Acting, party: int, pem: str) -> None:
    try:
        key = load_pem_public_key(pem.encode("ascii"))
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPublicKey):
        raise BadField(field="tag_public_key", found=pem[:40], limit="PEM of an RSA public key")
    found = keccak(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    wanted = tag_key_of(acting.app, party, pin(acting.app, None, "head"))
    if found != wanted:
        limit = f"the key whose hash stands on chain: 0x{(wanted or b'').hex()}"
        raise BadField(field="tag_public_key", found="0x" + found.hex(), limit=limit)
