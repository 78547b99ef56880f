"""`duebill holdings`: what a party has."""

from typing import Any

import click

from api.cli.options import desk_command
from api.cli.work import Work
from ledger.domain.units import Currency, grouped_text


@click.command()
@click.option(
    "--as-of", metavar="BLOCK", default="head", show_default=True, help="Block number or hash, head or final."
)
@desk_command()
def holdings(work: Work, as_of: str) -> None:
    """List the pieces that this party holds and what they are owed, and money that could not be paid out.

    Example: duebill holdings
    """
    page = work.service.pieces(holder=work.desk.number, as_of=as_of, limit=500)
    left = work.service.credits(as_of=as_of, limit=500)
    value: dict[str, Any] = {
        "pieces": [each.model_dump(mode="json") for each in page.items],
        "credits": [each.model_dump(mode="json") for each in left.items],
        "as_of": page.as_of.model_dump(mode="json"),
    }
    lines = [
        f"{each.id}  {each.length.text} {each.length.currency}, party {each.debtor} owes it until {each.due_at:%Y-%m-%d}, "
        f"paid {each.paid.text}{_flags(each.flags)}"
        for each in page.items
    ]
    total: dict[str, int] = {}
    for each in page.items:
        total[each.length.currency] = total.get(each.length.currency, 0) + int(each.length.minor)
    lines += [
        f"In all {grouped_text(amount, Currency(currency))} {currency}." for currency, amount in total.items()
    ]
    lines += [f"Credit: {each.credit} units of token {each.token}" for each in left.items]
    work.answer(value, *(lines or ["Nothing is held."]))


def _flags(flags: list[str]) -> str:
    return f" ({', '.join(flags)})" if flags else ""
