"""`duebill order`, `receipt`, `invoice`: the trade that a debt stands on, each one act signed by those whom it binds."""

import os
from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.proposing import chain_time, deadline, new_draft, put_up
from api.cli.work import Work, file_bytes
from ledger.desk.documents import PAPER, Document, DocumentStore
from ledger.desk.folder import LARGEST_FILE
from ledger.desk.tag_key import open_tag_key
from ledger.domain import acts
from ledger.domain.ids import PartyId, TradeId, digest_of_text
from ledger.domain.sellers import SellerId
from ledger.domain.tags import canonical_receipt, make_tag
from ledger.domain.units import Amount, Currency, currency_of, parse_amount


@click.command()
@click.option("--seller", type=click.IntRange(1), required=True, help="The seller's party number.")
@click.option("--currency", default="EUR", show_default=True)
@click.option("--amount", required=True, help="What is ordered, as 400000.00")
@click.option(
    "--document",
    required=True,
    metavar="FILE|TEXT",
    help="The order itself; only its commitment leaves this desk.",
)
@desk_command(signs=True, submits=True, proposes=True)
def order(work: Work, seller: int, currency: str, amount: str, document: str) -> None:
    """Agree an order with a seller; both sides sign, and it opens a trade.

    Example: duebill order --seller 4 --amount 400000.00 --document order-77310.pdf --as mueller
    """
    money = currency_of(currency)
    act = acts.Order(
        work.desk.number,
        PartyId(seller),
        money,
        parse_amount(amount, money),
        keep_paper(work, document).commitment,
        deadline(work),
    )
    put_up(work, new_draft(work, "order", {"order": act}))


@click.command()
@click.argument("trade", metavar="TRADE")
@click.option("--amount", required=True, help="What the received goods are worth.")
@click.option(
    "--note", required=True, metavar="NUMBER", help="Number of the delivery note, which is counted once."
)
@click.option(
    "--year", type=click.IntRange(1900, 9999), help="Year of the delivery note. Default: this year."
)
@click.option("--document", metavar="FILE|TEXT", help="The delivery note itself. Default: its number.")
@desk_command(signs=True, submits=True, proposes=True)
def receipt(work: Work, trade: str, amount: str, note: str, year: int | None, document: str | None) -> None:
    """Say that goods of a trade were received: so much more of it can be confirmed as debt.

    Example: duebill receipt 0x9c…e1 --amount 350000.00 --note LS-2026-0031 --as lager
    """
    found = work.service.trade(trade)
    money = Currency(found.currency)
    canonical = canonical_receipt(
        work.desk.number, _seller(work, found.seller), note, year or chain_time(work).year
    )
    tag = make_tag(open_tag_key(work.desk, work.passwords), canonical).tag
    paper = keep_paper(work, document or note)
    act = acts.Receipt(
        TradeId(digest_of_text(trade)), tag, parse_amount(amount, money), paper.commitment, deadline(work)
    )
    put_up(work, new_draft(work, "receipt", {"receipt": act}))


@click.command()
@click.argument("trade", metavar="TRADE")
@click.argument("document", metavar="DOCUMENT")
@desk_command(signs=True, submits=True, proposes=True)
def invoice(work: Work, trade: str, document: str) -> None:
    """Record an invoice that this desk keeps (see `duebill import`) on a trade.

    Example: duebill invoice 0x9c…e1 huaxin-0117.xml --as lin
    """
    found = DocumentStore(work.desk.folder / "documents").find(document)
    payable = Amount(found.invoice(chain_time(work).date()).payable_minor)
    act = acts.Invoice(TradeId(digest_of_text(trade)), payable, found.commitment, deadline(work))
    put_up(work, new_draft(work, "invoice", {"invoice": act}))


def keep_paper(work: Work, given: str) -> Document:
    """A file, or text where there is no such file, kept in the desk with a secret of its own."""
    path = Path(given)
    is_file = len(given) < 4096 and os.path.lexists(path)
    content = file_bytes(path, LARGEST_FILE) if is_file else given.encode()
    name = path.name if is_file else "text"
    return DocumentStore(work.desk.folder / "documents").keep(Document.new(name, PAPER, content))


def _seller(work: Work, party: int) -> str:
    """The seller as this desk's register knows it; where it does not, by its number on chain."""
    from ledger.desk.sellers import load_register

    for each in load_register(work.desk.folder).sellers:
        if each.party == party:
            return each.canonical
    return str(SellerId.of("legal", f"party{party}"))
