"""A creditor's request: the Terms over the invoices that it wants confirmed, and the packet that shows them to the debtor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.desk.packets import Offered
from ledger.desk.undertakings import text_hash
from ledger.domain.acts import Terms
from ledger.domain.commitments import invoices_commitment
from ledger.domain.errors import BadField
from ledger.domain.ids import NO_TRADE, NOBODY, ChainTime, PartyId, TradeId
from ledger.domain.places import due_instant
from ledger.domain.powers import Undertaking
from ledger.domain.units import Amount, Place, currency_of, decimal_text


@dataclass(frozen=True)
class Wanted:
    """What the request says beside its invoices. due: last day of payment at the place."""

    debtor: PartyId
    creditor: PartyId
    due: date
    place: Place
    undertaking: Undertaking
    rules: int
    deadline: ChainTime
    trade: TradeId = NO_TRADE
    agent: PartyId = NOBODY
    guarantor: PartyId = NOBODY


def terms_of(wanted: Wanted, offered: Sequence[Offered], today: date) -> Terms:
    """The Terms over these invoices. Raises BadField where they differ in currency or one owes less than is used of it."""
    if not offered:
        raise BadField("invoices", "none", "at least one")
    read = [each.document.invoice(today) for each in offered]
    currencies = {each.currency for each in read}
    if len(currencies) > 1:
        raise BadField("invoices", ", ".join(sorted(currencies)), "one currency")
    for invoice, each in zip(read, offered, strict=True):
        if each.amount > invoice.payable_minor:
            currency = currency_of(invoice.currency)
            found = f"{decimal_text(each.amount, currency)} {currency}"
            limit = f"at most the {invoice.payable} {currency} that it leaves to be paid"
            raise BadField(f"invoice {invoice.number}: amount used", found, limit)
    return Terms(
        debtor=wanted.debtor,
        creditor=wanted.creditor,
        face=Amount(sum(each.amount for each in offered)),
        currency=currency_of(currencies.pop()),
        due_at=due_instant(wanted.due, wanted.place),
        place=wanted.place,
        undertaking=wanted.undertaking,
        text=text_hash(wanted.undertaking),
        trade=wanted.trade,
        agent=wanted.agent,
        guarantor=wanted.guarantor,
        invoices=invoices_commitment([(each.document.commitment, each.amount) for each in offered]),
        rules=wanted.rules,
        deadline=wanted.deadline,
    )
