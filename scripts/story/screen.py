"""The last screen: what a clerk wants to know of the story."""

from dataclasses import dataclass

from scripts.story.chapter_6_financing import Sale
from scripts.story.chapter_8_settlement import Settled


@dataclass(frozen=True)
class Outcome:
    """Everything that the last screen tells."""

    receivable: str
    sale: Sale
    settled: Settled
    rows: int
    events: int
    seconds: float


def show(found: Outcome) -> None:
    """Prints the screen."""
    sale, settled = found.sale, found.settled
    cost = _minor(sale.nominal) - _minor(sale.price)
    lines = [
        ("confirmed", "300,000.00 EUR over three invoices (one in part), signed by maker and checker and by the supplier"),
        ("", "and 8 of 10 payables that the buyer issued to four suppliers under one root"),
        ("split", "150,000.00 tier 1 | 100,000.00 tier 2 | 50,000.00 supplier A"),
        ("cash on day 0", f"{sale.price} EUR for tier 2, instead of {sale.nominal} on day 90"),
        ("what that cost", f"{_text(cost)} EUR, {sale.annual_cost_bps / 100:.2f} % a year (ACT/360)"),
        ("paid", f"{_grouped(settled.first)} and {_grouped(settled.second)} in tokens, {_grouped(settled.by_bank)} by bank; "
                 f"receivable {settled.status}"),
        ("differences", f"0 between SQL ({found.rows} rows, {found.events} events) and the chain"),
        ("history", "verified: three heads and every journal recomputed from the raw logs"),
    ]  # fmt: skip
    width = max(len(name) for name, _ in lines)
    print("\n" + "─" * 100)
    print(f"  Receivable {found.receivable}, the story of {found.seconds:.0f} seconds")
    print("─" * 100)
    for name, text in lines:
        print(f"  {name:<{width}}  {text}")
    print("─" * 100, flush=True)


def _minor(text: str) -> int:
    whole, _, cents = text.replace(",", "").partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0"))


def _text(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"


def _grouped(text: str) -> str:
    return _text(_minor(text))
