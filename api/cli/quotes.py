"""`duebill ask-quote`, `quote`, `fill`: a holder sells a piece to a financier, money and piece in one transaction."""

from datetime import UTC

import click

from api.cli.lookup import level, money, piece_at_head
from api.cli.options import desk_command
from api.cli.proposing import chain_time, deadline, known, new_draft, opened, report, signed_by_persons
from api.cli.sign import hand_over
from api.cli.told import Refused
from api.cli.work import Work
from ledger.domain import acts, drafts
from ledger.domain.acts import Quote, to_message
from ledger.domain.drafts import Draft
from ledger.domain.ids import NO_DIGEST, PartyId, PieceId, receivable_text
from ledger.domain.pricing import annual_cost, days_to
from ledger.domain.pricing import price as price_at
from ledger.domain.summaries import summary_of, summary_of_draft
from ledger.domain.units import NO_LIMIT, Amount, Bps, Currency, grouped_text


@click.command("ask-quote")
@click.argument("piece", metavar="PIECE")
@click.option("--financier", type=click.IntRange(1), required=True, help="Whom to ask: a party number.")
@click.option("--note", default="", help="A word to the financier.")
@desk_command(signs=True)
def ask_quote(work: Work, piece: str, financier: int, note: str) -> None:
    """Show a financier the receivable behind a piece, and ask it for a quote.

    Example: duebill ask-quote 0x4f…-20000000 --financier 9
    """
    at = PieceId.from_text(piece)
    given = {
        "receivable": receivable_text(at.receivable),
        "start": str(at.start),
        "financier": financier,
        "note": note,
    }
    made = work.service.ask_quote(given, work.key())
    work.answer({"request": made.id, "piece": piece, "financier": financier}, f"Party {financier} was asked.")


@click.command()
@click.argument("piece", metavar="PIECE")
@click.option("--rate", metavar="PERCENT", help="Discount a year, ACT/360, as 4.80")
@click.option("--price", help="Or a fixed price for all of it.")
@click.option("--seller", type=click.IntRange(1), help="Who may fill it. Default: the piece's holder.")
@click.option("--recourse", is_flag=True, help="With recourse to the seller.")
@desk_command(signs=True, proposes=True)
def quote(
    work: Work, piece: str, rate: str | None, price: str | None, seller: int | None, recourse: bool
) -> None:
    """Offer to buy a piece; the holder fills the quote with `duebill fill`.

    Example: duebill quote 0x4f…-20000000 --rate 4.80 --as keller
    """
    if (rate is None) == (price is None):
        raise Refused("usage", "Say either --rate or --price.")
    if not work.persons:
        raise Refused("usage", "A quote is signed: --as PERSON.")
    at, found = piece_at_head(work, piece)
    act = Quote(
        financier=work.desk.number,
        seller=PartyId(seller or found.holder),
        sellers=NO_DIGEST,
        receivable=at.receivable,
        start=at.start,
        version=found.version,
        max_nominal=Amount(int(found.length.minor)),
        price=Amount(0) if price is None else money(price, found),
        rate_bps=Bps(0) if rate is None else _bps(rate),
        max_level=level(work, at.receivable),
        recourse=recourse,
        capacity=NO_LIMIT,
        per_group=False,
        series=0,
        deadline=deadline(work),
    )
    draft = new_draft(work, "fill", {"quote": act})
    summary = summary_of_draft(draft, known(work, draft))
    signed = signed_by_persons(work, draft, summary.zh if work.lang == "zh" else summary.en)
    told = {"en": summary.en, "zh": summary.zh}
    made = work.service.publish_quote(
        {"document": drafts.to_json(signed), "summary": told, "to": [act.seller]}, work.key()
    )
    opened(work, made, wanted=draft)
    report(work, made, quote=made.id)


@click.command()
@click.argument("quote", metavar="QUOTE")
@click.option(
    "--at-least", metavar="AMOUNT", help="The least that is taken. Default: what the quote pays now."
)
@desk_command(signs=True, submits=True)
def fill(work: Work, quote: str, at_least: str | None) -> None:
    """Sell a piece to a financier's quote. What it brings and costs a year is shown before it is signed.

    Example: duebill fill 01KB3S8… --as reuter
    """
    answer = work.service.draft(quote)
    offered = opened(work, answer)
    act = offered.act("quote")
    if not isinstance(act, Quote) or offered.kind != "fill":
        raise Refused("usage", f"{quote} is no quote.")
    at, found = piece_at_head(work, str(PieceId(act.receivable, act.start)))
    nominal = Amount(int(found.length.minor))
    due = int(found.due_at.astimezone(UTC).timestamp())
    now = int(chain_time(work).timestamp())
    pays = act.price or price_at(nominal, act.rate_bps, due, now)
    cost = annual_cost(nominal, pays, days_to(due, now))
    currency = Currency(found.length.currency)
    days = days_to(due, now)
    work.say(
        f"Brings {grouped_text(pays, currency)} {currency} now for {grouped_text(nominal, currency)} in {days} days: "
        f"costs {grouped_text(nominal - pays, currency)}, {cost // 100}.{cost % 100:02d} % a year."
    )
    sold = acts.Transfer(
        receivable=at.receivable, start=at.start, version=found.version, amount=nominal, from_=work.desk.number,
        to=act.financier, price=pays if at_least is None else money(at_least, found), max_level=act.max_level,
        recourse=act.recourse, undoes=NO_DIGEST, quote=offered.digest("quote"), deadline=act.deadline,
    )  # fmt: skip
    _sell(
        work,
        quote,
        offered.with_message("transfer", sold),
        {"price": grouped_text(pays, currency), "annual_cost_bps": cost},
    )


def _sell(work: Work, quote: str, draft: Draft, told: dict[str, object]) -> None:
    summary = summary_of(draft.act("transfer"), known(work, draft))
    signed = signed_by_persons(work, draft, summary.zh if work.lang == "zh" else summary.en)
    made = work.service.add_message(quote, "transfer", to_message(draft.act("transfer")), {}, work.key())
    opened(work, made, wanted=draft)
    added = [each for each in signed.signatures if each.message == "transfer"]
    report(work, hand_over(work, made, added), **told)


def _bps(rate: str) -> Bps:
    """Hundredths of a percent of "4.80". Raises Refused."""
    whole, _, fraction = rate.partition(".")
    if (
        not (whole.isdecimal() and len(fraction) <= 2 and (fraction.isdecimal() or not fraction))
        or len(whole) > 3
    ):
        raise Refused("usage", f"{rate}: a rate is a percentage with at most two decimals, as 4.80")
    return Bps(int(whole) * 100 + int(fraction.ljust(2, "0") or "0"))
