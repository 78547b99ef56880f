"""The one signature that a cash account gives: an ERC-2612 permit, by which the ledger may draw what acts name."""

from dataclasses import dataclass
from typing import Annotated

from ledger.domain.acts import Account, Uint256
from ledger.domain.eip712 import hash_struct
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, Digest, address_bytes

WITHOUT_END = 2**256 - 1
_DOMAIN = b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"


@dataclass(frozen=True, slots=True)
class Permit:
    """As the token's EIP-712 type; value: token units."""

    owner: Account
    spender: Account
    value: Uint256
    nonce: Annotated[int, "uint256"]
    deadline: Uint256


@dataclass(frozen=True)
class Token:
    """The token's own EIP-712 domain, version 1."""

    name: str
    chain_id: int
    address: Address


def permit_digest(permit: Permit, token: Token) -> Digest:
    """What the account's key signs."""
    words = (
        keccak(_DOMAIN),
        keccak(token.name.encode()),
        keccak(b"1"),
        token.chain_id.to_bytes(32),
        address_bytes(token.address).rjust(32, b"\0"),
    )
    return Digest(keccak(b"\x19\x01" + keccak(b"".join(words)) + hash_struct(permit)))
