"""The tags of a confirmation: made by the maker's desk, held to the papers again by the checker's, with the public key alone."""

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import rsa

from ledger.desk.comparing import Compared
from ledger.desk.errors import OtherMessage
from ledger.domain.acts import Confirm, Use
from ledger.domain.errors import TagInvalid
from ledger.domain.ids import digest_text
from ledger.domain.tags import TagProof, check_tag, make_tag


def make_uses(
    found: Sequence[Compared], key: rsa.RSAPrivateKey
) -> tuple[tuple[Use, ...], tuple[TagProof, ...]]:
    """What the receivable uses of each invoice, with the proof of each tag. Raises TagKeyUnfit."""
    proofs = tuple(make_tag(key, each.canonical) for each in found)
    uses = tuple(Use(proof.tag, each.amount, each.payable) for proof, each in zip(proofs, found, strict=True))
    return uses, proofs


def check_uses(
    confirm: Confirm, found: Sequence[Compared], proofs: Sequence[TagProof], key: rsa.RSAPublicKey
) -> None:
    """Holds what is to be signed to what this desk read: tag, amount and total of every invoice.

    Raises TagInvalid, TagKeyUnfit, OtherMessage.
    """
    if not len(confirm.uses) == len(found) == len(proofs):
        raise OtherMessage(
            "uses", f"{len(confirm.uses)} uses, {len(proofs)} proofs", f"{len(found)} invoices"
        )
    for use, each, proof in zip(confirm.uses, found, proofs, strict=True):
        tag = check_tag(key, proof, each.canonical)
        if use.tag != tag:
            raise TagInvalid(
                digest_text(use.tag), f"invoice {each.invoice.number} has another: {digest_text(tag)}"
            )
        if (use.amount, use.total) != (each.amount, each.payable):
            wanted = f"{each.amount} of {each.payable}"
            raise OtherMessage(f"use of {each.invoice.number}", f"{use.amount} of {use.total}", wanted)
