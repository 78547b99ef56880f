"""A supplier holds what it is issued to its own invoices, where it keeps them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.desk.documents import INVOICE, DocumentStore
from ledger.desk.packets import Offered, Payable
from ledger.documents.invoices.model import Invoice
from ledger.domain.places import due_date
from ledger.domain.tags import canonical_number

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class OwnView:
    """numbers: of the invoices; agrees: None where none of them is kept here; told: the same in words."""

    numbers: tuple[str, ...]
    due: date
    agrees: bool | None
    told: str


def own_view(folder: Path, payable: Payable) -> OwnView:
    """What the supplier's own desk says of a payable."""
    due = due_date(payable.terms.due_at, payable.terms.place)
    shown = [each.document.invoice(_ANY_DAY) for each in payable.invoices]
    kept = _kept(folder)
    verdicts = [
        _differs(each, invoice, kept, due) for each, invoice in zip(payable.invoices, shown, strict=True)
    ]
    numbers = tuple(each.number for each in shown)
    known = [each for each in verdicts if each is not None]
    if not known:
        return OwnView(numbers, due, None, "no own invoice is kept here to compare with")
    wrong = [each for each in known if each]
    if wrong:
        return OwnView(numbers, due, False, "DIFFERS from the own invoice: " + "; ".join(wrong))
    return OwnView(numbers, due, True, "agrees with the own invoice")


def _kept(folder: Path) -> dict[str, Invoice]:
    documents = (each for each in DocumentStore(folder / "documents").all() if each.kind == INVOICE)
    read = (each.invoice(_ANY_DAY) for each in documents)
    return {canonical_number(each.number): each for each in read}


def _differs(offered: Offered, shown: Invoice, kept: dict[str, Invoice], due: date) -> str | None:
    """How it differs, empty where it agrees, None where the invoice is not kept here."""
    own = kept.get(canonical_number(shown.number))
    if own is None:
        return None
    differences = []
    if (own.payable_minor, own.currency) != (shown.payable_minor, shown.currency):
        differences.append(
            f"{own.number} leaves {own.payable} {own.currency} payable, not {shown.payable} {shown.currency}"
        )
    if offered.amount < own.payable_minor:
        differences.append(f"only a part of {own.number} is confirmed")
    if own.due_date is not None and due > own.due_date:
        differences.append(f"{own.number} is due on {own.due_date}, not on {due}")
    return "; ".join(differences)
