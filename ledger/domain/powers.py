"""What parties are and what their signers may do; the numbers are those of contracts/types/Power.sol."""

from enum import IntEnum, IntFlag


class Role(IntFlag):
    """What a party is; a party may be several."""

    CORE_ENTERPRISE = 1
    SUPPLIER = 2
    FINANCIER = 4
    SERVICE_PROVIDER = 8
    AUDITOR = 16
    OPERATOR = 32


class Power(IntEnum):
    """What a signer may do; the value is the bit's position in the `powers` mask."""

    PROPOSE = 0
    CONFIRM = 1
    RECEIVE = 2
    TRANSFER = 3
    FINANCE = 4
    PAY = 5
    ATTEST = 6
    ADMINISTER = 7

    def within(self, mask: int) -> bool:
        """Whether a `powers` mask holds this power."""
        return bool(mask >> self & 1)


class SignerKind(IntEnum):
    """How a signer proves a signature: plain ECDSA, or ERC-1271."""

    NONE = 0
    KEY = 1
    CONTRACT = 2


class Undertaking(IntEnum):
    """What a confirmation promises; UNCONDITIONAL has no set-off or defence against a later holder."""

    NONE = 0
    UNCONDITIONAL = 1
    RESERVED = 2
