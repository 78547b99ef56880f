"""Every act: a message signed by all whom it binds. Field by field the structs of contracts/acts, where each field is explained.

Amounts are minor units, times UTC seconds, rates basis points; 0 and 32 zero bytes mean none. See eip712.py for the hashing.
"""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from . import eip712
from .eip712 import Domain, digest, hash_struct, to_abi, to_message, type_string, typed_data
from .errors import BadField
from .ids import Address, ChainTime, Digest, PartyId, PersonNumber, ReceivableId, Tag, TradeId
from .units import Amount, Bps, Currency, Place

__all__ = [
    "Act", "Domain", "digest", "from_message", "hash_struct", "to_abi", "to_message", "type_string", "typed_data",
]  # fmt: skip

Party: TypeAlias = Annotated[PartyId, "uint32"]
Person: TypeAlias = Annotated[PersonNumber, "uint16"]
Receivable: TypeAlias = Annotated[ReceivableId, "uint192"]
Trade: TypeAlias = Annotated[TradeId, "bytes32"]
Hash: TypeAlias = Annotated[Digest, "bytes32"]
Fingerprint: TypeAlias = Annotated[Tag, "bytes32"]
Account: TypeAlias = Annotated[Address, "address"]
Money: TypeAlias = Annotated[Amount, "uint64"]
Start: TypeAlias = Annotated[int, "uint64"]
Time: TypeAlias = Annotated[ChainTime, "uint48"]
Letters3: TypeAlias = Annotated[Currency, "bytes3"]
Letters2: TypeAlias = Annotated[Place, "bytes2"]
Rate: TypeAlias = Annotated[Bps, "uint32"]
Flag: TypeAlias = Annotated[bool, "bool"]
Uint8: TypeAlias = Annotated[int, "uint8"]
Uint16: TypeAlias = Annotated[int, "uint16"]
Uint32: TypeAlias = Annotated[int, "uint32"]
Uint256: TypeAlias = Annotated[int, "uint256"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person's key. kind: a SignerKind; powers: mask of Power bits."""

    signer: Account
    kind: Uint8
    person: Person
    powers: Uint16


@dataclass(frozen=True, slots=True)
class Limit:
    """What one signer may do alone with one power in one currency: an act, and a UTC day."""

    signer: Account
    currency: Letters3
    power: Uint8
    per_act: Money
    per_day: Money


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits a party. Signed by the operator, the attestor and every signer named here."""

    record: Hash
    roles: Uint16
    sole: Flag
    account: Account
    sealing_key: Hash
    tag_key: Hash
    group: Uint32
    attestor: Party
    evidence: Hash
    persons: tuple[Hash, ...]
    signers: tuple[Enrolment, ...]
    limits: tuple[Limit, ...]
    guardians: tuple[Account, ...]
    deadline: Time


@dataclass(frozen=True, slots=True)
class Order:
    """Buyer and seller agree an order; its digest is the trade's id."""

    buyer: Party
    seller: Party
    currency: Letters3
    amount: Money
    document: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Receipt:
    """The buyer has received goods worth `amount`."""

    trade: Trade
    tag: Fingerprint
    amount: Money
    document: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Invoice:
    """The seller's invoice, recorded."""

    trade: Trade
    amount: Money
    document: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Terms:
    """The debt. Signed by the creditor as such, by the debtor inside Confirm or Issue."""

    debtor: Party
    creditor: Party
    face: Money
    currency: Letters3
    due_at: Time
    place: Letters2
    undertaking: Uint8
    text: Hash
    trade: Trade
    agent: Party
    guarantor: Party
    invoices: Hash
    rules: Uint32
    deadline: Time


@dataclass(frozen=True, slots=True)
class Use:
    """What a receivable uses of one invoice; total: what the invoice leaves payable."""

    tag: Fingerprint
    amount: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirms one receivable. Signed by two persons of the debtor."""

    terms: Terms
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Confirms many payables of one currency under a Merkle root. Signed by two persons of the debtor."""

    debtor: Party
    currency: Letters3
    root: Hash
    count: Uint32
    total: Money
    last_due_at: Time
    rules: Uint32
    deadline: Time


@dataclass(frozen=True, slots=True)
class Accept:
    """A supplier takes payables of one issue; issue: digest of Issue."""

    issue: Hash
    payables: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Cuts a piece into parts, from left to right."""

    receivable: Receivable
    start: Start
    version: Uint32
    parts: tuple[Money, ...]
    deadline: Time


@dataclass(frozen=True, slots=True)
class Transfer:
    """Moves a piece, or its right end of length `amount`, from one party to another."""

    receivable: Receivable
    start: Start
    version: Uint32
    amount: Money
    from_: Party
    to: Party
    price: Money
    max_level: Money
    recourse: Flag
    undoes: Hash
    quote: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Quote:
    """A financier's signed offer for a piece, or for pieces of a receivable up to max_nominal."""

    financier: Party
    seller: Party
    sellers: Hash
    receivable: Receivable
    start: Start
    version: Uint32
    max_nominal: Money
    price: Money
    rate_bps: Rate
    max_level: Money
    recourse: Flag
    capacity: Money
    per_group: Flag
    series: Uint32
    deadline: Time


@dataclass(frozen=True, slots=True)
class Pay:
    """The debtor pays in tokens; amount: the rise of C, or ALL_OWED."""

    receivable: Receivable
    amount: Money
    max_pull: Money
    nonce: Uint256
    deadline: Time


@dataclass(frozen=True, slots=True)
class BankPaid:
    """The debtor has paid a holder by bank. Signed by two persons of the debtor."""

    receivable: Receivable
    start: Start
    version: Uint32
    amount: Money
    evidence: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The bank's money arrived. Signed by the holder or the agent; bank_paid: digest of the BankPaid."""

    receivable: Receivable
    start: Start
    version: Uint32
    by: Party
    bank_paid: Hash
    deadline: Time


@dataclass(frozen=True, slots=True)
class Revoke:
    """Takes a signature over `digest` back; leaf: one leaf of the root that the digest covers, or none."""

    party: Party
    digest: Hash
    leaf: Hash
    deadline: Time


Act: TypeAlias = (
    Admission | Order | Receipt | Invoice | Terms | Confirm | Issue | Accept
    | Split | Transfer | Quote | Pay | BankPaid | Acknowledge | Revoke
)  # fmt: skip

ACTS: dict[str, type[Act]] = {
    each.__name__: each
    for each in (
        Admission, Order, Receipt, Invoice, Terms, Confirm, Issue, Accept,
        Split, Transfer, Quote, Pay, BankPaid, Acknowledge, Revoke,
    )
}  # fmt: skip
"""Every message that is signed, by its EIP-712 primary type."""


def from_message(kind: str, message: object) -> Act:
    """The act that a JSON message holds. kind: its type's name, as in Solidity.

    Raises BadField, naming the field, what was found and what it has to be.
    """
    struct = ACTS.get(kind)
    if struct is None:
        raise BadField(field="type", found=kind[:80], limit="one of " + ", ".join(ACTS))
    return eip712.from_message(struct, message, kind[0].lower() + kind[1:])


def deadline_of(act: Act) -> ChainTime:
    """The last second at which the act may be included. An Accept ends with the first of its payables' deadlines."""
    if isinstance(act, Confirm):
        return act.terms.deadline
    if isinstance(act, Accept):
        return min((each.deadline for each in act.payables), default=ChainTime(0))
    return act.deadline
