"""ECDSA signatures as the contracts take them: 65 bytes r ‖ s ‖ v, the lower s, v 27 or 28."""

from coincurve import PublicKey

from .errors import BadField
from .hashing import keccak
from .ids import Address, Digest, address_of_bytes

_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def recover(digest: Digest, proof: bytes) -> Address:
    """Whose key made `proof` over `digest`. Raises BadField where no contract would take such a proof."""
    if len(proof) != 65:
        raise BadField(field="proof", found=f"{len(proof)} bytes", limit="65 bytes")
    if proof[64] not in (27, 28):
        raise BadField(field="proof", found=f"v {proof[64]}", limit="v 27 or 28")
    if int.from_bytes(proof[32:64]) > _HALF_ORDER:
        raise BadField(field="proof", found="upper s", limit="lower s")
    try:
        key = PublicKey.from_signature_and_message(proof[:64] + bytes([proof[64] - 27]), digest, hasher=None)
    except Exception as refusal:  # noqa: BLE001 - coincurve raises bare Exception for a point off the curve
        raise BadField(field="proof", found=str(refusal)[:80], limit="a signature") from None
    return address_of_bytes(keccak(key.format(compressed=False)[1:])[12:])
