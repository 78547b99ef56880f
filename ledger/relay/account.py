"""The relayer's account: what it signs costs ether and binds nobody else."""

from dataclasses import dataclass
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from ledger.domain.errors import BadField
from ledger.domain.ids import Address, address_bytes
from ledger.outbox.sendings import Signed
from ledger.relay.fees import Fees


@dataclass(frozen=True)
class Order:
    """A transaction to be signed for an operation."""

    operation: str
    to: Address
    calldata: bytes
    nonce: int
    gas: int


class Relayer:
    """One key. Raises BadField where the file holds none."""

    def __init__(self, key: bytes, chain_id: int) -> None:
        self._account: LocalAccount = Account.from_key(key)
        self._chain_id = chain_id
        self.address = Address(self._account.address)
        self.address_bytes = address_bytes(self.address)

    @classmethod
    def of_file(cls, path: Path, chain_id: int) -> "Relayer":
        """Reads 0x and 64 hex digits from a file. Raises BadField, FileNotFoundError."""
        text = path.read_text(encoding="ascii").strip()
        try:
            return cls(bytes.fromhex(text.removeprefix("0x")), chain_id)
        except ValueError:
            raise BadField(
                field="relayer key file", found=str(path), limit="a private key, 0x and 64 hex digits"
            ) from None

    def sign(self, order: Order, fees: Fees) -> Signed:
        """The signed transaction, EIP-1559."""
        signed = self._account.sign_transaction(
            {
                "type": 2,
                "chainId": self._chain_id,
                "nonce": order.nonce,
                "to": address_bytes(order.to),
                "value": 0,
                "data": order.calldata,
                "gas": order.gas,
                "maxFeePerGas": fees.max_fee,
                "maxPriorityFeePerGas": fees.priority_fee,
            }
        )
        return Signed(
            operation=order.operation,
            sender=self.address_bytes,
            nonce=order.nonce,
            tx_hash=bytes(signed.hash),
            raw=bytes(signed.raw_transaction),
            gas=order.gas,
            max_fee=fees.max_fee,
            priority_fee=fees.priority_fee,
        )
