"""What the tests of the desk write with: parties, a pin, invoices shown for terms."""

from datetime import date
from pathlib import Path

from ledger.desk.documents import INVOICE, Document
from ledger.desk.packets import Offered
from ledger.desk.pin import Pin
from ledger.desk.request import Wanted, terms_of
from ledger.domain.acts import Terms
from ledger.domain.ids import Address, ChainTime, PartyId
from ledger.domain.powers import Undertaking
from ledger.domain.units import Amount, Place

COST = 2
DEBTOR, CREDITOR, OTHER = PartyId(3), PartyId(4), PartyId(6)
TODAY = date(2026, 3, 16)
PIN = Pin("test", 31337, Address("0x" + "11" * 20), Address("0x" + "22" * 20), "", "0x" + "33" * 32)


def offered(path: Path, amount: int | None = None) -> Offered:
    """An invoice as its creditor shows it, with a secret of its own."""
    document = Document.new(path.name, INVOICE, path.read_bytes())
    payable = document.invoice(TODAY).payable_minor
    return Offered(document, Amount(payable if amount is None else amount))


def terms_over(*shown: Offered, creditor: PartyId = CREDITOR, due: date = date(2026, 5, 31)) -> Terms:
    """What the creditor signs over these invoices."""
    wanted = Wanted(
        debtor=DEBTOR,
        creditor=creditor,
        due=due,
        place=Place("DE"),
        undertaking=Undertaking.UNCONDITIONAL,
        rules=1,
        deadline=ChainTime(1_774_000_000),
    )
    return terms_of(wanted, shown, TODAY)
