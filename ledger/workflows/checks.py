"""What of an act can never be so, judged by the stored head before anybody's signature is asked for.

Each refusal is the one that the contract would give. What may still come right (goods not yet received, an
invoice used up while another confirmation may yet be revoked) is a caution, in ledger/queries/cautions.py;
in doubt the dry run decides."""

from collections.abc import Iterable

from ledger.domain.acts import (
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
)
from ledger.domain.ids import NO_TRADE, PieceId, digest_text, receivable_text
from ledger.domain.powers import Undertaking
from ledger.domain.slots import Piece
from ledger.domain.units import currency_of
from ledger.queries.facts import StoredFacts
from ledger.workflows.refusals import foreseen
from ledger.workflows.tenor import DAY, latest_due

LONGEST_DAYS = 30
"""An act's deadline is at most so many days away."""


def check_act(act: Act, facts: StoredFacts) -> None:
    """Raises the refusal that the contract would give, UnknownCurrency, or NotFound."""
    match act:
        case Admission():
            _admission(act, facts)
        case Order() | Receipt() | Invoice():
            _check_trade(act, facts)
        case Terms() | Confirm() | Issue() | Accept():
            _check_debt(act, facts)
        case _:
            _check_move(act, facts)


def check_deadline(deadline: int, facts: StoredFacts) -> None:
    """By the chain's time, not passed and not too far."""
    latest = facts.chain_time + LONGEST_DAYS * DAY
    if deadline < facts.chain_time:
        raise foreseen("DeadlinePassed", deadline=deadline, time=facts.chain_time)
    if deadline > latest:
        raise foreseen("DeadlineTooFar", deadline=deadline, latest=latest)


def _check_trade(act: Order | Receipt | Invoice, facts: StoredFacts) -> None:
    _above_zero(act.amount)
    match act:
        case Order():
            currency_of(act.currency)
            _two_parties(act.buyer, act.seller, facts)
        case Receipt():
            buyer = facts.trade(act.trade).buyer
            if facts.receipt_counted(buyer, act.tag):
                raise foreseen("ReceiptCounted", buyer=buyer, tag=digest_text(act.tag))
        case Invoice():
            facts.trade(act.trade)


def _check_debt(act: Terms | Confirm | Issue | Accept, facts: StoredFacts) -> None:
    match act:
        case Terms():
            _terms(act, facts)
        case Confirm():
            _terms(act.terms, facts)
            _uses(act, facts)
        case Issue():
            _issue(act, facts)
        case Accept():
            for each in act.payables:
                _terms(each, facts)


def _check_move(
    act: Split | Transfer | Quote | Pay | BankPaid | Acknowledge | Revoke, facts: StoredFacts
) -> None:
    match act:
        case Split():
            _split(act, facts)
        case Transfer():
            _transfer(act, facts)
        case Quote():
            _quote(act, facts)
        case Pay():
            facts.receivable_row(act.receivable)
            _above_zero(act.amount)
        case BankPaid():
            _piece(act, facts)
            _above_zero(act.amount)
        case Acknowledge():
            _piece(act, facts)
            _known([act.by], facts)
        case Revoke():
            _known([act.party], facts)


def _admission(act: Admission, facts: StoredFacts) -> None:
    _known([act.attestor], facts)
    if not act.persons or not act.signers:
        raise foreseen("NotAdmissible", found=0, limit=1)
    for each in act.signers:
        party = facts.enrolled(each.signer)
        if party is not None:
            raise foreseen("SignerTaken", signer=each.signer, party=party)
        if not 1 <= each.person <= len(act.persons):
            raise foreseen("NotAdmissible", found=each.person, limit=len(act.persons))


def _terms(act: Terms, facts: StoredFacts) -> None:
    _two_parties(act.debtor, act.creditor, facts)
    _known([each for each in (act.agent, act.guarantor) if each], facts)
    currency_of(act.currency)
    _above_zero(act.face)
    _rules(act.rules, act.currency, act.face, facts)
    _due(act, facts)
    if act.undertaking not in (Undertaking.UNCONDITIONAL, Undertaking.RESERVED):
        raise foreseen("BadUndertaking", undertaking=act.undertaking)
    if act.trade != NO_TRADE:
        trade = facts.trade(act.trade)
        if (trade.buyer, trade.seller, trade.currency) != (act.debtor, act.creditor, act.currency):
            raise foreseen(
                "TradeDiffers",
                trade=digest_text(act.trade),
                buyer=trade.buyer,
                seller=trade.seller,
                currency=trade.currency,
            )


def _rules(version: int, currency: str, face: int, facts: StoredFacts) -> None:
    rules = facts.rules_in_force()
    current = 0 if rules is None else rules.version
    if version != current:
        raise foreseen("RulesNotInForce", version=version, current=current)
    rule = facts.currency_rule(version, currency)
    if rule is None or not any(rule.token):
        raise foreseen("CurrencyNotAllowed", currency=currency)
    if face > rule.largest_face:
        raise foreseen("AboveFace", face=face, limit=rule.largest_face)


def _due(act: Terms, facts: StoredFacts) -> None:
    if act.due_at <= facts.chain_time:
        raise foreseen("DueTooEarly", dueAt=act.due_at, time=facts.chain_time)
    rules = facts.rules_in_force()
    # The tenor counts from the confirmation, which may come as late as the deadline.
    confirmed = min(act.deadline, facts.chain_time + LONGEST_DAYS * DAY)
    latest = latest_due(confirmed, months=rules.tenor_months, days=rules.tenor_days)
    if act.due_at > latest:
        raise foreseen("DueTooLate", dueAt=act.due_at, latest=latest)


def _uses(act: Confirm, facts: StoredFacts) -> None:
    total = sum(each.amount for each in act.uses)
    if total != act.terms.face:
        raise foreseen("UsesDiffer", sum=total, face=act.terms.face)
    for each in act.uses:
        _above_zero(each.amount)
        known = facts.invoice_use(act.terms.debtor, each.tag)
        if known is not None and known.total != each.total:
            raise foreseen(
                "InvoiceTotalDiffers",
                debtor=act.terms.debtor,
                tag=digest_text(each.tag),
                found=each.total,
                fixed=known.total,
            )


def _issue(act: Issue, facts: StoredFacts) -> None:
    _known([act.debtor], facts)
    currency_of(act.currency)
    _above_zero(act.total)
    _above_zero(act.count)
    _rules(act.rules, act.currency, 0, facts)


def _split(act: Split, facts: StoredFacts) -> None:
    piece = _piece(act, facts)
    for part in act.parts:
        _above_zero(part)
    if len(act.parts) < 2 or sum(act.parts) != piece.length:
        raise foreseen("PartsDiffer", sum=sum(act.parts), length=piece.length)


def _transfer(act: Transfer, facts: StoredFacts) -> None:
    piece = _piece(act, facts)
    _two_parties(act.from_, act.to, facts)
    _above_zero(act.amount)
    if piece.holder != act.from_:
        raise foreseen(
            "NotHolder",
            receivable=receivable_text(act.receivable),
            start=act.start,
            party=act.from_,
            holder=piece.holder,
        )
    if act.amount > piece.length:
        raise foreseen(
            "AboveLength",
            receivable=receivable_text(act.receivable),
            start=act.start,
            amount=act.amount,
            length=piece.length,
        )


def _quote(act: Quote, facts: StoredFacts) -> None:
    _known([each for each in (act.financier, act.seller) if each], facts)
    _above_zero(act.max_nominal)
    facts.receivable_row(act.receivable)
    if act.version:
        _piece(act, facts)


def _piece(act: Split | Transfer | Quote | BankPaid | Acknowledge, facts: StoredFacts) -> Piece:
    """The piece that an act names, at the act's version; an older one is gone for good, a newer one may
    still come."""
    piece = facts.piece(PieceId(act.receivable, act.start))
    if piece.version > act.version:
        raise foreseen(
            "PieceChanged",
            receivable=receivable_text(act.receivable),
            start=act.start,
            version=act.version,
            found=piece.version,
        )
    return piece


def _two_parties(one: int, other: int, facts: StoredFacts) -> None:
    if one == other:
        raise foreseen("SameParty", party=one)
    _known([one, other], facts)


def _known(parties: Iterable[int], facts: StoredFacts) -> None:
    for each in parties:
        if not facts.knows_party(each):
            raise foreseen("UnknownParty", party=each)


def _above_zero(amount: int) -> None:
    if amount == 0:
        raise foreseen("ZeroAmount")
