"""Packets as they travel: base64 of ciphertext."""

import base64
import binascii

from ledger.domain.errors import BadField


def packet_bytes(text: str) -> bytes:
    """The ciphertext. Raises BadField."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise BadField(field="packet", found=str(wrong), limit="base64") from None
