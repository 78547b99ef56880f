"""The executable specification: what the contracts' events mean. `apply(book, event)` is the whole rulebook of state.

A book is what the chain holds, rebuilt from events alone. Events state what holds after, so almost every rule is "put this
there"; where one must fit what the book holds (a cut, a move), a misfit raises EventRefused. The mirror does the same in SQL,
fast; a test feeds both the same events and compares. invariants.py says what must hold of a book between transactions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from .errors import EventRefused
from .events import (
    ActRevoked,
    CapUsed,
    ClosedToNew,
    CurrencyAllowed,
    Event,
    GuardianNamed,
    InvoiceUsed,
    LimitSet,
    PartyAdmitted,
    PartyCredited,
    PayablesIssued,
    PayablesTaken,
    PersonEnrolled,
    PieceAcknowledged,
    PieceBankPaid,
    PieceCut,
    PiecePaid,
    PieceTransferred,
    QuoteFilled,
    ReceivableConfirmed,
    ReceivablePaid,
    ReceivableReturned,
    RulesPublished,
    SignerEnrolled,
    TradeDrawn,
    TradeInvoiced,
    TradeOrdered,
    TradeReceived,
)  # fmt: skip
from .ids import Address, ChainTime, Digest, PartyId, PersonNumber, ReceivableId, Tag, TradeId
from .records import Confirmed, CurrencyRule, PartyRecord, RuleSet
from .slots import Last, Level, Piece, PieceFlag, Returns
from .units import Amount, Currency

# --- what the chain holds


@dataclass(frozen=True, slots=True)
class Trade:
    """What buyer and seller recorded. receivers: persons of the buyer who signed a receipt, and so cannot confirm on it."""

    buyer: PartyId
    seller: PartyId
    currency: Currency
    ordered: Amount
    received: Amount = Amount(0)
    drawn: Amount = Amount(0)
    receivers: frozenset[PersonNumber] = frozenset()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One move of a piece: who passed it on, to whom, at what price, and whether with recourse."""

    act: Digest
    start: int
    from_: PartyId
    to: PartyId
    length: Amount
    price: Amount
    recourse: bool
    undoes: Digest
    quote: Digest


@dataclass(frozen=True, slots=True)
class Receivable:
    """A debt: the line [0, face), its pieces by where they start, what was paid on it and what came back.

    waiting_for: the BankPaid that a piece waits to have acknowledged; uses: what it uses of which invoice.
    """

    terms: Confirmed
    pieces: Mapping[int, Piece]
    level: Level = Level(Amount(0), Amount(0), Amount(0), ChainTime(0))
    returns: Returns = Returns(Amount(0), 0, Amount(0))
    last: Last = Last(Amount(0), Amount(0), Amount(0))
    uses: Mapping[Tag, Amount] = field(default_factory=dict)
    waiting_for: Mapping[int, Digest] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()

    @property
    def settled(self) -> bool:
        """Principal paid, or all of it back with the debtor."""
        return self.terms.face in (self.level.principal, self.returns.nominal)


@dataclass(frozen=True, slots=True)
class InvoiceUse:
    """What all receivables use of an invoice, and what it leaves payable."""

    used: Amount
    total: Amount


@dataclass(frozen=True, slots=True)
class Issue:
    """Payables that a debtor confirmed in bulk, and how many of them were taken."""

    debtor: PartyId
    text: PayablesIssued
    taken: int = 0
    taken_total: Amount = Amount(0)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person's key and what it may do."""

    kind: int
    person: PersonNumber
    powers: int
    active_from: ChainTime


@dataclass(frozen=True, slots=True)
class Party:
    """A legal entity. limits: per act and per day, by signer, currency and power."""

    record: PartyRecord
    persons: Mapping[PersonNumber, Digest] = field(default_factory=dict)
    signers: Mapping[Address, Signer] = field(default_factory=dict)
    limits: Mapping[tuple[Address, Currency, int], tuple[Amount, Amount]] = field(default_factory=dict)
    guardians: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the rules, with its currencies; closed: no new receivables under it."""

    rules: RuleSet
    currencies: Mapping[Currency, CurrencyRule] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All that Ledger, Parties and Rules hold.

    spent: acts that nothing else keeps from being repeated; caps: what a signer bound on its last day, (day, amount).
    """

    parties: Mapping[PartyId, Party] = field(default_factory=dict)
    rules: Mapping[int, Rules] = field(default_factory=dict)
    trades: Mapping[TradeId, Trade] = field(default_factory=dict)
    receipts: frozenset[tuple[PartyId, Tag]] = frozenset()
    receivables: Mapping[ReceivableId, Receivable] = field(default_factory=dict)
    invoices: Mapping[tuple[PartyId, Tag], InvoiceUse] = field(default_factory=dict)
    issues: Mapping[Digest, Issue] = field(default_factory=dict)
    fills: Mapping[Digest, Amount] = field(default_factory=dict)
    credits: Mapping[tuple[PartyId, Address], Amount] = field(default_factory=dict)
    caps: Mapping[tuple[Address, Currency, int], tuple[int, Amount]] = field(default_factory=dict)
    revoked: frozenset[tuple[PartyId, Digest, Digest]] = frozenset()
    spent: frozenset[Digest] = frozenset()


# --- what events do to it


def replay(events: Iterable[Event], book: Book | None = None) -> Book:
    """The book after these events, in the order of the chain. Raises EventRefused."""
    book = book or Book()
    for event in events:
        book = apply(book, event)
    return book


def apply(book: Book, event: Event) -> Book:
    """The book after one event. Raises EventRefused for an event that cannot follow."""
    match event:
        case PartyAdmitted() | PersonEnrolled() | SignerEnrolled() | LimitSet() | GuardianNamed():
            return replace(book, parties=_put(book.parties, event.party, _party_after(book, event)))
        case RulesPublished() | CurrencyAllowed() | ClosedToNew():
            return replace(book, rules=_put(book.rules, event.version, _rules_after(book, event)))
        case TradeOrdered() | TradeReceived() | TradeInvoiced() | TradeDrawn():
            return _trade_told(book, event)
        case ReceivableConfirmed() | InvoiceUsed() | ReceivablePaid() | ReceivableReturned():
            return _receivable_told(book, event)
        case PieceCut() | PieceTransferred() | PiecePaid() | PieceBankPaid() | PieceAcknowledged():
            return _piece_told(book, event)
        case PayablesIssued() | PayablesTaken() | QuoteFilled() | CapUsed() | PartyCredited() | ActRevoked():
            return _party_bound(book, event)
        case _:
            assert_never(event)


def _party_after(
    book: Book, event: PartyAdmitted | PersonEnrolled | SignerEnrolled | LimitSet | GuardianNamed
) -> Party:
    if isinstance(event, PartyAdmitted):
        if event.party in book.parties:
            raise _refused(event, "admitted before")
        return Party(event.record)
    party = _get(book.parties, event.party, event)
    match event:
        case PersonEnrolled():
            return replace(party, persons=_put(party.persons, event.person, event.commitment))
        case SignerEnrolled():
            signer = Signer(event.kind, event.person, event.powers, event.active_from)
            return replace(party, signers=_put(party.signers, event.signer, signer))
        case LimitSet():
            what = (event.signer, event.currency, event.power)
            return replace(party, limits=_put(party.limits, what, (event.per_act, event.per_day)))
        case GuardianNamed():
            return replace(party, guardians=party.guardians | {event.guardian})
        case _:
            assert_never(event)


def _party_bound(
    book: Book, event: PayablesIssued | PayablesTaken | QuoteFilled | CapUsed | PartyCredited | ActRevoked
) -> Book:
    match event:
        case PayablesIssued():
            return replace(book, issues=_put(book.issues, event.act, Issue(event.party, event)))
        case PayablesTaken():
            issue = _get(book.issues, event.issue, event)
            issue = replace(issue, taken=event.taken, taken_total=event.taken_total)
            return replace(book, issues=_put(book.issues, event.issue, issue))
        case QuoteFilled():
            return replace(book, fills=_put(book.fills, event.quote, event.filled))
        case CapUsed():
            whose = (event.signer, event.currency, event.power)
            return replace(book, caps=_put(book.caps, whose, (event.day, event.amount)))
        case PartyCredited():
            return replace(book, credits=_put(book.credits, (event.party, event.token), event.credit))
        case ActRevoked():
            revoked = book.revoked | {(event.party, event.digest, event.leaf)}
            return replace(book, revoked=revoked, spent=book.spent | {event.act})
        case _:
            assert_never(event)


def _rules_after(book: Book, event: RulesPublished | CurrencyAllowed | ClosedToNew) -> Rules:
    if isinstance(event, RulesPublished):
        return Rules(event.rules)
    rules = _get(book.rules, event.version, event)
    if isinstance(event, CurrencyAllowed):
        return replace(rules, currencies=_put(rules.currencies, event.currency, event.rule))
    return replace(rules, closed=event.closed)


def _trade_told(book: Book, event: TradeOrdered | TradeReceived | TradeInvoiced | TradeDrawn) -> Book:
    if isinstance(event, TradeOrdered):
        if event.trade in book.trades:
            raise _refused(event, "ordered before")
        trade = Trade(event.buyer, event.seller, event.currency, event.amount)
        return replace(book, trades=_put(book.trades, event.trade, trade))
    trade = _get(book.trades, event.trade, event)
    match event:
        case TradeReceived():
            trade = replace(trade, received=event.received, receivers=trade.receivers | {event.person})
            book = replace(book, receipts=book.receipts | {(trade.buyer, event.tag)})
        case TradeInvoiced():
            book = replace(book, spent=book.spent | {event.act})
        case TradeDrawn():
            trade = replace(trade, drawn=event.drawn)
        case _:
            assert_never(event)
    return replace(book, trades=_put(book.trades, event.trade, trade))


def _receivable_told(
    book: Book, event: ReceivableConfirmed | InvoiceUsed | ReceivablePaid | ReceivableReturned
) -> Book:
    if isinstance(event, ReceivableConfirmed):
        if event.receivable in book.receivables:
            raise _refused(event, "confirmed before")
        return _keep(book, event.receivable, Receivable(event.terms, {0: _first_piece(event.terms)}))
    receivable = _get(book.receivables, event.receivable, event)
    match event:
        case InvoiceUsed():
            used = InvoiceUse(event.used, event.total)
            book = replace(book, invoices=_put(book.invoices, (event.debtor, event.tag), used))
            receivable = replace(receivable, uses=_put(receivable.uses, event.tag, event.amount))
        case ReceivablePaid():
            receivable = replace(receivable, level=event.level, returns=event.returns)
            book = replace(book, spent=book.spent | {event.act})
        case ReceivableReturned():
            receivable = replace(receivable, returns=event.returns)
        case _:
            assert_never(event)
    return _keep(book, event.receivable, receivable)


def _piece_told(
    book: Book, event: PieceCut | PieceTransferred | PiecePaid | PieceBankPaid | PieceAcknowledged
) -> Book:
    receivable = _get(book.receivables, event.receivable, event)
    if isinstance(event, PieceCut):
        return _keep(book, event.receivable, replace(receivable, pieces=_pieces_cut(receivable, event)))
    before = _get(receivable.pieces, event.start, event)
    if before.length != event.piece.length:
        raise _refused(event, f"length {event.piece.length}, where {before.length} stood")
    waiting = dict(receivable.waiting_for)
    match event:
        case PieceTransferred():
            receivable = replace(receivable, assignments=(*receivable.assignments, _assignment(event)))
        case PiecePaid():
            receivable = replace(receivable, last=event.last)
        case PieceBankPaid():
            waiting[event.start] = event.act
            book = replace(book, spent=book.spent | {event.act})
        case PieceAcknowledged():
            waiting.pop(event.start, None)
        case _:
            assert_never(event)
    pieces = _put(receivable.pieces, event.start, event.piece)
    return _keep(book, event.receivable, replace(receivable, pieces=pieces, waiting_for=waiting))


def _first_piece(terms: Confirmed) -> Piece:
    """The whole line, held by the creditor."""
    return Piece(terms.creditor, terms.face, Amount(0), 1, PieceFlag(0), ChainTime(0))


def _pieces_cut(receivable: Receivable, event: PieceCut) -> Mapping[int, Piece]:
    """The left part stays where the piece was; both parts together are the piece, in length and in what it was paid."""
    before = _get(receivable.pieces, event.left_start, event)
    left, right = event.left, event.right
    if event.right_start != event.left_start + left.length or event.right_start in receivable.pieces:
        raise _refused(event, "parts that do not touch")
    if left.length + right.length != before.length or left.paid + right.paid != before.paid:
        raise _refused(event, "parts that are not the whole")
    return {**receivable.pieces, event.left_start: left, event.right_start: right}


def _assignment(event: PieceTransferred) -> Assignment:
    return Assignment(
        act=event.act,
        start=event.start,
        from_=event.from_,
        to=event.piece.holder,
        length=event.piece.length,
        price=event.price,
        recourse=event.recourse,
        undoes=event.undoes,
        quote=event.quote,
    )


# --- how state is kept

Key = TypeVar("Key")
Value = TypeVar("Value")


def _put(table: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    return {**table, key: value}


def _get(table: Mapping[Key, Value], key: Key, event: Event) -> Value:
    if key not in table:
        raise _refused(event, f"nothing stands at {key.hex() if isinstance(key, bytes) else key}")
    return table[key]


def _keep(book: Book, id_: ReceivableId, receivable: Receivable) -> Book:
    return replace(book, receivables=_put(book.receivables, id_, receivable))


def _refused(event: Event, reason: str) -> EventRefused:
    return EventRefused(
        event=type(event).__name__, subject=str(getattr(event, event.__match_args__[0])), reason=reason
    )
