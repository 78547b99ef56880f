"""A debtor's own look at what it is asked to confirm: it reads the files itself and holds the terms to them.

What cannot be mended by a person's word (another commitment, currency or sum) is refused. What a person may have a reason
for stops until it is released by its code. What is only worth knowing is a caution.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.desk.errors import DocumentChanged
from ledger.desk.packets import Offered
from ledger.desk.sellers import ids_of_party, shares_an_id
from ledger.desk.undertakings import text_hash
from ledger.documents.invoices.model import Invoice
from ledger.domain.acts import Terms
from ledger.domain.commitments import invoices_commitment
from ledger.domain.errors import BadField
from ledger.domain.ids import PartyId, digest_text
from ledger.domain.places import due_date, due_instant
from ledger.domain.powers import Undertaking
from ledger.domain.sellers import Seller, SellerId, SellerRegister
from ledger.domain.tags import canonical_invoice
from ledger.domain.units import Amount, grouped_text


@dataclass(frozen=True)
class Debtor:
    """Who compares: the party, the ids that its invoices carry, and whom it buys from."""

    party: PartyId
    ids: tuple[SellerId, ...]
    register: SellerRegister


@dataclass(frozen=True)
class Compared:
    """One invoice as the debtor read it. canonical: what its tag is made of; amount, payable: minor units."""

    invoice: Invoice
    seller: Seller
    canonical: str
    amount: Amount

    @property
    def payable(self) -> Amount:
        """What the invoice leaves payable: `Use.total`."""
        return Amount(self.invoice.payable_minor)


@dataclass(frozen=True)
class Comparison:
    """stops: by code, what needs a person's word; cautions: by code, what a person should know."""

    invoices: tuple[Compared, ...]
    stops: dict[str, str] = field(default_factory=dict)
    cautions: dict[str, str] = field(default_factory=dict)


def compare(terms: Terms, offered: Sequence[Offered], debtor: Debtor, today: date) -> Comparison:
    """What the files say against what the terms say.

    Raises DocumentChanged, BadField, SellerUnknown, SellerAmbiguous, InvoiceRefused.
    """
    if terms.debtor != debtor.party:
        raise BadField("terms.debtor", str(terms.debtor), f"this party, {debtor.party}")
    found = tuple(_read(each, terms, debtor, today) for each in offered)
    _check_commitment(terms, offered)
    _check_sums(terms, found)
    stops: dict[str, str] = {}
    cautions: dict[str, str] = {}
    for each in found:
        stops |= dict(_stops(each, terms, debtor))
        cautions |= dict(_cautions(each, terms))
    stops |= dict(_promise_stops(terms))
    return Comparison(found, stops, cautions)


def _read(offered: Offered, terms: Terms, debtor: Debtor, today: date) -> Compared:
    invoice = offered.document.invoice(today)
    seller = debtor.register.resolve(ids_of_party(invoice.seller))
    year = invoice.issue_date.year
    canonical = canonical_invoice(debtor.party, seller.canonical, invoice.number, year)
    if invoice.currency != terms.currency:
        raise BadField(f"invoice {invoice.number}: currency", invoice.currency, terms.currency)
    if offered.amount > invoice.payable_minor:
        raise BadField(
            f"invoice {invoice.number}: amount used", str(offered.amount), f"{invoice.payable_minor} payable"
        )
    return Compared(invoice, seller, canonical, offered.amount)


def _check_commitment(terms: Terms, offered: Sequence[Offered]) -> None:
    """The files are those that the creditor signed for: any other byte, secret or amount is another commitment."""
    found = invoices_commitment([(each.document.commitment, each.amount) for each in offered])
    if found != terms.invoices:
        raise DocumentChanged("invoices", digest_text(found), digest_text(terms.invoices))


def _check_sums(terms: Terms, found: Sequence[Compared]) -> None:
    used = sum(each.amount for each in found)
    if used != terms.face:
        raise BadField("terms.face", str(terms.face), f"the sum of what is used of the invoices, {used}")
    if len({each.canonical for each in found}) != len(found):
        raise BadField("invoices", "one invoice twice", "each invoice once, however it is spelt")


def _stops(each: Compared, terms: Terms, debtor: Debtor) -> Iterator[tuple[str, str]]:
    invoice, name = each.invoice, f"invoice {each.invoice.number}"
    for objection in invoice.objections:
        yield str(objection), f"{name}: {_OBJECTIONS.get(str(objection), str(objection))}"
    if each.seller.party != terms.creditor:
        yield (
            "other-seller",
            f"{name} is of {each.seller.name} (party {each.seller.party}), not of party {terms.creditor}",
        )
    if shares_an_id(ids_of_party(invoice.buyer), debtor.ids) is False:
        yield "other-buyer", f"{name} is addressed to {invoice.buyer.name}, by none of this party's ids"
    day = due_date(terms.due_at, terms.place)
    if due_instant(day, terms.place) != terms.due_at:
        yield "due-time", f"the due date is no end of a day in {terms.place}"
    elif invoice.due_date is not None and day < invoice.due_date:
        yield "due-earlier", f"{name} is due on {invoice.due_date}, the receivable already on {day}"


def _cautions(each: Compared, terms: Terms) -> Iterator[tuple[str, str]]:
    day = due_date(terms.due_at, terms.place)
    if each.invoice.due_date and day > each.invoice.due_date:
        yield (
            "due-later",
            f"invoice {each.invoice.number} is due on {each.invoice.due_date}, the receivable on {day}",
        )
    if each.amount < each.payable:
        used = grouped_text(each.amount, terms.currency)
        whole = grouped_text(each.payable, terms.currency)
        yield f"part-of-{each.invoice.number}", f"{used} of {whole} are used of invoice {each.invoice.number}"


def _promise_stops(terms: Terms) -> Iterator[tuple[str, str]]:
    known = terms.undertaking in (Undertaking.UNCONDITIONAL, Undertaking.RESERVED)
    if not known or terms.text != text_hash(Undertaking(terms.undertaking)):
        yield "other-undertaking", "the undertaking is not in the words that this desk knows"


_OBJECTIONS = {
    "collected-otherwise": "it is collected by direct debit, card or the like",
    "correction": "it corrects another invoice",
    "credit-note": "it is a credit note",
    "negative": "its amount due is negative",
    "no-due-date": "it states no due date",
    "nothing-due": "nothing is due on it",
    "other-payee": "it is to be paid to another than its seller",
    "past-due": "it is past due",
    "pro-forma": "it asks for no payment",
    "self-billed": "the buyer wrote it itself",
    "skonto": "it offers a discount for paying early",
}
