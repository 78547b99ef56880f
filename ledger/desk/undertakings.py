"""What a confirmation promises, in words; Terms carry the hash of one of these texts."""

from ledger.domain.hashing import keccak
from ledger.domain.ids import Digest
from ledger.domain.powers import Undertaking

TEXTS = {
    Undertaking.UNCONDITIONAL: (
        "The debtor owes the face amount to whoever holds it at maturity and pays it without set-off, counterclaim "
        "or any defence that it has against the original creditor. The confirmation is irrevocable."
    ),
    Undertaking.RESERVED: (
        "The debtor owes the face amount and confirms it irrevocably, but keeps against every later holder the "
        "defences and set-offs that it has against the original creditor."
    ),
}


def text_hash(undertaking: Undertaking) -> Digest:
    """`Terms.text` for an undertaking in the words above."""
    return Digest(keccak(TEXTS[undertaking].encode()))
