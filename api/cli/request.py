"""`duebill request`: a creditor shows its debtor invoices, sealed, and signs the terms on which it wants them confirmed."""

from datetime import date, datetime

import click

from api.cli.options import desk_command
from api.cli.packets import send_sealed
from api.cli.proposing import chain_time, deadline, new_draft, put_up
from api.cli.work import Work
from ledger.desk.documents import DocumentStore
from ledger.desk.packets import Offered, request_packet
from ledger.desk.request import Wanted, terms_of
from ledger.domain.ids import NO_TRADE, PartyId, TradeId, digest_of_text
from ledger.domain.powers import Undertaking
from ledger.domain.units import Amount, Currency, Place, parse_amount

_UNDERTAKINGS = {"unconditional": Undertaking.UNCONDITIONAL, "reserved": Undertaking.RESERVED}


@click.command()
@click.option("--debtor", type=click.IntRange(1), required=True, help="The debtor's party number.")
@click.option("--trade", help="The trade that it is drawn on. Default: none, `unmatched`.")
@click.option(
    "--use",
    "uses",
    multiple=True,
    required=True,
    metavar="DOC[:AMOUNT]",
    help="An invoice that this desk keeps, and how much of it; all of it without AMOUNT. Repeatable.",
)
@click.option(
    "--due",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="Last day of payment.",
)
@click.option("--place", default="DE", show_default=True, help="Country of payment, whose clock counts.")
@click.option(
    "--undertaking", type=click.Choice(list(_UNDERTAKINGS)), default="unconditional", show_default=True
)
@click.option(
    "--agent", type=click.IntRange(1), help="A party that may acknowledge bank payments for holders."
)
@click.option(
    "--rules", type=click.IntRange(1), default=1, show_default=True, help="Version of the rules in force."
)
@desk_command(signs=True, submits=True, proposes=True)
def request(
    work: Work, debtor: int, trade: str | None, uses: tuple[str, ...], due: datetime, place: str, undertaking: str,
    agent: int | None, rules: int,
) -> None:  # fmt: skip
    """Ask a debtor to confirm what it owes on invoices.

    The files go sealed to the debtor, whose own desk reads and compares them. The receivable comes into being when
    the debtor has signed too.

    Example: duebill request --debtor 3 --use huaxin-0117.xml --use huaxin-0126.xml:130000.00 --due 2026-05-31 --as lin
    """
    today = chain_time(work).date()
    offered = tuple(_offered(work, each, today) for each in uses)
    wanted = Wanted(
        debtor=PartyId(debtor),
        creditor=work.desk.number,
        due=due.date(),
        place=Place(place),
        undertaking=_UNDERTAKINGS[undertaking],
        rules=rules,
        deadline=deadline(work),
        trade=NO_TRADE if trade is None else TradeId(digest_of_text(trade)),
        agent=PartyId(agent or 0),
    )
    terms = terms_of(wanted, offered, today)
    packet = send_sealed(
        work, wanted.debtor, request_packet(terms, offered), label="invoices for a confirmation"
    )
    put_up(work, new_draft(work, "confirm", {"terms": terms}), sealed=[packet])


def _offered(work: Work, use: str, today: date) -> Offered:
    store = DocumentStore(work.desk.folder / "documents")
    name, separator, amount = use.rpartition(":")
    document = store.find(name if separator else use)
    read = document.invoice(today)
    if not separator:
        return Offered(document, Amount(max(0, read.payable_minor)))
    return Offered(document, parse_amount(amount, Currency(read.currency)))
