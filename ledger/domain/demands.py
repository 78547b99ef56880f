"""Who has to sign a draft, who has not yet, and the call that a complete draft makes.

What a message does not say itself (whose a trade or a piece is, who a signer acts for) comes from `Facts`, which the service
answers from SQL and a party's own desk from the chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .acts import (
    Accept,
    Acknowledge,
    Act,
    Admission,
    BankPaid,
    Confirm,
    Invoice,
    Issue,
    Order,
    Pay,
    Quote,
    Receipt,
    Revoke,
    Split,
    Terms,
    Transfer,
    to_abi,
)
from .drafts import Draft, Signature
from .errors import BadField, SignaturesMissing
from .ids import NOBODY, Address, PartyId, PersonNumber, PieceId, ReceivableId, TradeId
from .powers import Power, SignerKind
from .slots import Piece
from .units import ALL_OWED, Amount, Currency

NO_CURRENCY = Currency("0x000000")
NOTHING = Amount(0)


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """Whom an enrolled key acts for; powers: its mask."""

    party: PartyId
    person: PersonNumber
    powers: int
    kind: SignerKind


@dataclass(frozen=True, slots=True)
class TradeFacts:
    """Between whom a trade is."""

    buyer: PartyId
    seller: PartyId
    currency: Currency


@dataclass(frozen=True, slots=True)
class ReceivableFacts:
    """Who owes a receivable, and in what."""

    debtor: PartyId
    currency: Currency


class Facts(Protocol):
    """What is so on chain. Each raises NotFound for what is not there, except `signer`."""

    def operator(self) -> PartyId:
        """The party that runs the service."""

    def signer(self, address: Address) -> SignerFacts | None:
        """Whom this address is enrolled for."""

    def trade(self, trade: TradeId) -> TradeFacts:
        """Between whom a trade is."""

    def receivable(self, receivable: ReceivableId) -> ReceivableFacts:
        """Who owes a receivable."""

    def piece(self, piece: PieceId) -> Piece:
        """Who has a piece, and how long it is."""

    def owed(self, receivable: ReceivableId) -> Amount:
        """Principal and interest still owed now."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one party must have signed of one message: `persons` different persons, one of them with `power` (None: any).

    A new signer of an admission stands for itself: party 0, `signer` named. amount: held to limits in `currency`, 0 for none.
    """

    message: str
    party: PartyId
    power: Power | None
    persons: int = 1
    currency: Currency = NO_CURRENCY
    amount: Amount = NOTHING
    signer: Address | None = None

    def __str__(self) -> str:
        return f"{self.message} by {self.signer or f'party {self.party}'}"


@dataclass(frozen=True, slots=True)
class Call:
    """A complete draft's transaction: contract ("ledger" or "parties"), function, arguments as an ABI encoder takes them."""

    contract: str
    function: str
    arguments: tuple[Any, ...]


def demands(draft: Draft, facts: Facts) -> list[Demand]:
    """Who must sign which message, in the order of the door's arguments and of the parties that each act binds.

    Raises NotFound for a trade, receivable or piece that is not there.
    """
    return [
        demand
        for name in draft.door.messages
        if name in draft.messages
        for demand in _demands_of(name, draft.messages[name], draft, facts)
    ]


def signed_by(draft: Draft, demand: Demand, facts: Facts) -> list[Signature]:
    """The draft's signatures that serve a demand: one a person, those with the demanded power first. Checks no proof."""
    found: dict[object, tuple[bool, Signature]] = {}
    for signature in draft.signatures:
        if signature.message != demand.message:
            continue
        if demand.signer is not None:
            if signature.signer == demand.signer:
                return [signature]
            continue
        signer = facts.signer(signature.signer)
        if signer is None or signer.party != demand.party or not _serves(signer, demand):
            continue
        has_power = demand.power is None or demand.power.within(signer.powers)
        if signer.person not in found or (has_power and not found[signer.person][0]):
            found[signer.person] = (has_power, signature)
    ordered = sorted(found.values(), key=lambda each: not each[0])
    return [signature for has_power, signature in ordered] if ordered and ordered[0][0] else []


def missing(draft: Draft, facts: Facts) -> list[Demand]:
    """The demands that too few persons have signed. Limits are left to the contract's dry run."""
    return [each for each in demands(draft, facts) if len(signed_by(draft, each, facts)) < each.persons]


def call(draft: Draft, facts: Facts, issue_known: bool = False) -> Call:
    """The transaction of a complete draft. issue_known: leave out the debtor's signatures over an issue taken before.

    Raises MessageMissing, SignaturesMissing, NotFound.
    """
    for name in draft.door.messages:
        draft.act(name)
    lacking = [each for each in missing(draft, facts) if not (issue_known and each.message == "issue")]
    if lacking:
        raise SignaturesMissing(missing=tuple(map(str, lacking)))
    return Call(draft.door.contract, draft.door.function, _arguments(draft, facts, issue_known))


def _arguments(draft: Draft, facts: Facts, issue_known: bool) -> tuple[Any, ...]:
    def signatures(name: str) -> list[tuple[Address, bytes]]:
        wanted = [each for each in demands(draft, facts) if each.message == name]
        return [(each.signer, each.proof) for each in _in_order(draft, wanted, facts)]

    def act(name: str) -> tuple[Any, ...]:
        return to_abi(draft.act(name))

    match draft.kind:
        case "confirm":
            return act("confirm"), signatures("confirm"), signatures("terms")
        case "accept":
            leaf = _wanted(draft.extra.leaf, "draft.extra.leaf")
            issue_signatures = [] if issue_known else signatures("issue")
            return act("issue"), issue_signatures, act("accept"), to_abi(leaf), signatures("accept")
        case "fill":
            path = list(draft.extra.seller_proof)
            return act("quote"), signatures("quote"), act("transfer"), path, signatures("transfer")
        case "revoke":
            proof = _wanted(draft.extra.proof_of_signing, "draft.extra.proofOfSigning")
            return act("revoke"), to_abi(proof), signatures("revoke")
        case kind:
            return act(draft.door.subject), signatures(draft.door.subject) if kind in _PLAIN else []


_PLAIN = ("admit", "order", "receipt", "invoice", "split", "transfer", "pay", "bank_paid", "acknowledge")
_EXACT = ("receipt", "issue", "revoke")
"""Messages of which the ledger takes no signature beyond those demanded, since it keeps or counts who signed."""


def _in_order(draft: Draft, wanted: Iterable[Demand], facts: Facts) -> list[Signature]:
    """Signatures party by party. More persons than demanded may sign, since the limits of a party's persons add up."""
    ordered = []
    for demand in wanted:
        serving = signed_by(draft, demand, facts)
        ordered += serving[: demand.persons] if demand.message in _EXACT else serving
    return ordered


def _serves(signer: SignerFacts, demand: Demand) -> bool:
    """Where two persons sign, one may only propose."""
    if demand.power is None or demand.power.within(signer.powers):
        return True
    return demand.persons > 1 and Power.PROPOSE.within(signer.powers)


def _wanted(value: object, path: str) -> object:
    if value is None:
        raise BadField(field=path, found="absent", limit="present in a complete draft")
    return value


def _demands_of(name: str, act: Act, draft: Draft, facts: Facts) -> list[Demand]:
    """The demands of one message, as the contracts state them."""
    match act:
        case Admission():
            new = [Demand(name, NOBODY, None, signer=each.signer) for each in act.signers]
            operator = Demand(name, facts.operator(), Power.ADMINISTER)
            return [operator, Demand(name, act.attestor, Power.ATTEST), *new]
        case Order():
            both = (act.buyer, act.seller)
            return [Demand(name, each, Power.PROPOSE, 1, act.currency, act.amount) for each in both]
        case Receipt():
            trade = facts.trade(act.trade)
            return [Demand(name, trade.buyer, Power.RECEIVE, 1, trade.currency, act.amount)]
        case Invoice():
            trade = facts.trade(act.trade)
            return [Demand(name, trade.seller, Power.PROPOSE, 1, trade.currency, act.amount)]
        case Confirm():
            return [Demand(name, act.terms.debtor, Power.CONFIRM, 2, act.terms.currency, act.terms.face)]
        case Terms():
            return [Demand(name, act.creditor, Power.RECEIVE, 1, act.currency, act.face)]
        case Issue():
            return [Demand(name, act.debtor, Power.CONFIRM, 2, act.currency, act.total)]
        case Accept():
            return _accept_demands(name, act)
        case Revoke():
            return [Demand(name, act.party, None)]
        case _:
            return _piece_demands(name, act, draft, facts)


def _accept_demands(name: str, act: Accept) -> list[Demand]:
    if not act.payables:
        raise BadField(field="accept.payables", found="none", limit="at least one payable")
    first, taken = act.payables[0], Amount(sum(each.face for each in act.payables))
    return [Demand(name, first.creditor, Power.RECEIVE, 1, first.currency, taken)]


def _piece_demands(
    name: str, act: Split | Transfer | Quote | Pay | BankPaid | Acknowledge, draft: Draft, facts: Facts
) -> list[Demand]:
    owed = facts.receivable(act.receivable)
    match act:
        case Split():
            return [Demand(name, facts.piece(PieceId(act.receivable, act.start)).holder, Power.TRANSFER)]
        case Transfer():
            return _transfer_demands(name, act, owed.currency, fills="quote" in draft.messages)
        case Quote():
            most = act.price or act.max_nominal
            return [Demand(name, act.financier, Power.FINANCE, 1, owed.currency, most)]
        case Pay():
            amount = facts.owed(act.receivable) if act.amount == ALL_OWED else act.amount
            return [Demand(name, owed.debtor, Power.PAY, 1, owed.currency, amount)]
        case BankPaid():
            return [Demand(name, owed.debtor, Power.PAY, 2, owed.currency, act.amount)]
        case Acknowledge():
            length = facts.piece(PieceId(act.receivable, act.start)).length
            return [Demand(name, act.by, Power.RECEIVE, 1, owed.currency, length)]


def _transfer_demands(name: str, act: Transfer, currency: Currency, fills: bool) -> list[Demand]:
    """The receiver signs too, unless it has signed the quote that this fills."""
    from_ = Demand(name, act.from_, Power.TRANSFER, 1, currency, act.amount)
    if fills:
        return [from_]
    power, amount = (Power.FINANCE, act.price) if act.price else (Power.RECEIVE, act.amount)
    return [from_, Demand(name, act.to, power, 1, currency, amount)]
