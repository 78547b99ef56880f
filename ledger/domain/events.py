"""What the contracts tell: one frozen class an event, fields as in the ABI. They state what holds after, as absolute values.

The subject comes first; the event folds into that subject's journal and into its contract's head. `act` is the digest of the
act that did it, 32 zero bytes for `distribute` and `payOut`.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias

from .acts import (
    Account,
    Fingerprint,
    Flag,
    Hash,
    Letters3,
    Money,
    Party,
    Person,
    Receivable,
    Start,
    Time,
    Trade,
    Uint8,
    Uint16,
    Uint32,
)
from .journal import Kind, Subject
from .records import Confirmed, CurrencyRule, PartyRecord, RuleSet
from .slots import Last, Level, Piece, Returns

PieceWord: TypeAlias = Annotated[Piece, "uint256"]
LevelWord: TypeAlias = Annotated[Level, "uint256"]
ReturnsWord: TypeAlias = Annotated[Returns, "uint256"]
LastWord: TypeAlias = Annotated[Last, "uint256"]


@dataclass(frozen=True, slots=True)
class TradeOrdered:
    """A trade begins."""

    KIND: ClassVar[Kind] = Kind.TRADE
    trade: Trade
    act: Hash
    buyer: Party
    seller: Party
    currency: Letters3
    amount: Money
    document: Hash


@dataclass(frozen=True, slots=True)
class TradeReceived:
    """Goods were received; person: of the buyer, who signed; received: all so far."""

    KIND: ClassVar[Kind] = Kind.TRADE
    trade: Trade
    act: Hash
    tag: Fingerprint
    amount: Money
    document: Hash
    person: Person
    received: Money


@dataclass(frozen=True, slots=True)
class TradeInvoiced:
    """The seller's invoice was recorded."""

    KIND: ClassVar[Kind] = Kind.TRADE
    trade: Trade
    act: Hash
    amount: Money
    document: Hash


@dataclass(frozen=True, slots=True)
class TradeDrawn:
    """A receivable drew on the trade; drawn: all so far."""

    KIND: ClassVar[Kind] = Kind.TRADE
    trade: Trade
    act: Hash
    receivable: Receivable
    drawn: Money


@dataclass(frozen=True, slots=True)
class ReceivableConfirmed:
    """The debt begins, and with it its first piece: start 0, the whole face, held by the creditor, version 1."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    terms: Confirmed


@dataclass(frozen=True, slots=True)
class InvoiceUsed:
    """The receivable uses an invoice; used: by all receivables so far."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    debtor: Party
    tag: Fingerprint
    amount: Money
    total: Money
    used: Money


@dataclass(frozen=True, slots=True)
class PieceCut:
    """A piece became two."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    left_start: Start
    left: PieceWord
    right_start: Start
    right: PieceWord


@dataclass(frozen=True, slots=True)
class PieceTransferred:
    """A piece has another holder; with the debtor as holder it has ended."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    start: Start
    piece: PieceWord
    from_: Party
    price: Money
    recourse: Flag
    undoes: Hash
    quote: Hash


@dataclass(frozen=True, slots=True)
class PiecePaid:
    """What was due to a piece was paid out, or (credited) put to its holder's credit."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    start: Start
    piece: PieceWord
    amount: Money
    credited: Flag
    last: LastWord


@dataclass(frozen=True, slots=True)
class PieceBankPaid:
    """The debtor says that it paid the holder by bank; the piece waits."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    start: Start
    piece: PieceWord
    amount: Money
    evidence: Hash


@dataclass(frozen=True, slots=True)
class PieceAcknowledged:
    """The bank's money arrived; the piece has ended."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    start: Start
    piece: PieceWord
    by: Party
    bank_paid: Hash


@dataclass(frozen=True, slots=True)
class ReceivablePaid:
    """The debtor paid in tokens; rise: of C; pulled: from its account, less by what was netted."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    rise: Money
    pulled: Money
    level: LevelWord
    returns: ReturnsWord


@dataclass(frozen=True, slots=True)
class ReceivableReturned:
    """A piece came back to the debtor, or what was left of interest was netted for one that had."""

    KIND: ClassVar[Kind] = Kind.RECEIVABLE
    receivable: Receivable
    act: Hash
    start: Start
    returns: ReturnsWord


@dataclass(frozen=True, slots=True)
class PayablesIssued:
    """The first acceptance under a root brought its text. party: the debtor."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    root: Hash
    currency: Letters3
    count: Uint32
    total: Money
    last_due_at: Time
    rules: Uint32
    deadline: Time


@dataclass(frozen=True, slots=True)
class PayablesTaken:
    """Suppliers took payables of an issue; taken, taken_total: all so far."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    issue: Hash
    taken: Uint32
    taken_total: Money


@dataclass(frozen=True, slots=True)
class QuoteFilled:
    """A financier's quote was filled; filled: nominal so far. party: the financier."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    quote: Hash
    filled: Money


@dataclass(frozen=True, slots=True)
class CapUsed:
    """A signer bound an amount on a UTC day; amount: all of that day."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    signer: Account
    currency: Letters3
    power: Uint8
    day: Uint32
    amount: Money


@dataclass(frozen=True, slots=True)
class PartyCredited:
    """A party's credit in a token is now this."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    token: Account
    credit: Money


@dataclass(frozen=True, slots=True)
class ActRevoked:
    """A party took its signature over a digest, or over one leaf of it, back."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    digest: Hash
    leaf: Hash


@dataclass(frozen=True, slots=True)
class PartyAdmitted:
    """A legal entity takes part."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    record: PartyRecord


@dataclass(frozen=True, slots=True)
class PersonEnrolled:
    """A human of a party, by salted commitment."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    person: Person
    commitment: Hash


@dataclass(frozen=True, slots=True)
class SignerEnrolled:
    """A key acts for a person from active_from on."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    signer: Account
    kind: Uint8
    person: Person
    powers: Uint16
    active_from: Time


@dataclass(frozen=True, slots=True)
class LimitSet:
    """What a signer may do alone."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    signer: Account
    currency: Letters3
    power: Uint8
    per_act: Money
    per_day: Money


@dataclass(frozen=True, slots=True)
class GuardianNamed:
    """An address that may start a party's recovery."""

    KIND: ClassVar[Kind] = Kind.PARTY
    party: Party
    act: Hash
    guardian: Account


@dataclass(frozen=True, slots=True)
class RulesPublished:
    """A version of the rules."""

    KIND: ClassVar[Kind] = Kind.RULES
    version: Uint32
    rules: RuleSet


@dataclass(frozen=True, slots=True)
class CurrencyAllowed:
    """A currency under a version of the rules."""

    KIND: ClassVar[Kind] = Kind.RULES
    version: Uint32
    currency: Letters3
    rule: CurrencyRule


@dataclass(frozen=True, slots=True)
class ClosedToNew:
    """Whether receivables may still be confirmed under a version."""

    KIND: ClassVar[Kind] = Kind.RULES
    version: Uint32
    closed: Flag


LedgerEvent: TypeAlias = (
    TradeOrdered | TradeReceived | TradeInvoiced | TradeDrawn | ReceivableConfirmed | InvoiceUsed | PieceCut
    | PieceTransferred | PiecePaid | PieceBankPaid | PieceAcknowledged | ReceivablePaid | ReceivableReturned
    | PayablesIssued | PayablesTaken | QuoteFilled | CapUsed | PartyCredited | ActRevoked
)  # fmt: skip
PartiesEvent: TypeAlias = PartyAdmitted | PersonEnrolled | SignerEnrolled | LimitSet | GuardianNamed
RulesEvent: TypeAlias = RulesPublished | CurrencyAllowed | ClosedToNew
Event: TypeAlias = LedgerEvent | PartiesEvent | RulesEvent

EVENTS: tuple[type[Event], ...] = (
    TradeOrdered, TradeReceived, TradeInvoiced, TradeDrawn, ReceivableConfirmed, InvoiceUsed, PieceCut,
    PieceTransferred, PiecePaid, PieceBankPaid, PieceAcknowledged, ReceivablePaid, ReceivableReturned,
    PayablesIssued, PayablesTaken, QuoteFilled, CapUsed, PartyCredited, ActRevoked,
    PartyAdmitted, PersonEnrolled, SignerEnrolled, LimitSet, GuardianNamed,
    RulesPublished, CurrencyAllowed, ClosedToNew,
)  # fmt: skip
"""Every event of Ledger, Parties and Rules that is journalled."""


def subject_of(event: Event) -> Subject:
    """The journal into which the event folds beside its contract's head."""
    first = getattr(event, event.__match_args__[0])
    return Subject(event.KIND, int.from_bytes(first) if isinstance(first, bytes) else first)
