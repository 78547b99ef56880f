"""`duebill split`, `transfer`: a holder cuts a piece, or passes it on."""

import click

from api.cli.lookup import level, money, piece_at_head
from api.cli.options import desk_command
from api.cli.proposing import deadline, new_draft, put_up
from api.cli.work import Work
from ledger.domain import acts
from ledger.domain.errors import BadField
from ledger.domain.ids import NO_DIGEST, PartyId, PieceId
from ledger.domain.units import Amount, Currency, grouped_text


@click.command()
@click.argument("piece", metavar="PIECE")
@click.argument("amounts", nargs=-1, required=True, metavar="AMOUNT...")
@desk_command(signs=True, submits=True, proposes=True)
def split(work: Work, piece: str, amounts: tuple[str, ...]) -> None:
    """Cut a piece into parts from left to right; what AMOUNTs leave is the last part.

    Example: duebill split 0x4f…-0 150000.00 --as lin
    """
    at, found = piece_at_head(work, piece)
    length = int(found.length.minor)
    parts = [money(each, found) for each in amounts]
    rest = length - sum(parts)
    if rest < 0:
        raise BadField("parts", f"{sum(parts)} minor units", f"at most the piece's {length}")
    parts += [Amount(rest)] if rest else []
    act = acts.Split(at.receivable, at.start, found.version, tuple(parts), deadline(work))
    put_up(work, new_draft(work, "split", {"split": act}), pieces=_cut(at, parts, found.length.currency))


@click.command()
@click.argument("piece", metavar="PIECE")
@click.option("--to", type=click.IntRange(1), required=True, help="Who is to have it: a party number.")
@click.option("--amount", help="Only the right end of this length. Default: the whole piece.")
@click.option("--price", help="What the receiver pays for it, in tokens. Default: nothing.")
@click.option(
    "--recourse", is_flag=True, help="The receiver may claim from this party when the debtor does not pay."
)
@desk_command(signs=True, submits=True, proposes=True)
def transfer(work: Work, piece: str, to: int, amount: str | None, price: str | None, recourse: bool) -> None:
    """Pass a piece, or a part of it, on. It moves when the receiver has signed too (`duebill sign`).

    Example: duebill transfer 0x4f…-0 --to 5 --amount 100000.00 --as lin
    """
    at, found = piece_at_head(work, piece)
    nominal = Amount(int(found.length.minor)) if amount is None else money(amount, found)
    paid = Amount(0) if price is None else money(price, found)
    most = level(work, at.receivable) if paid else Amount(0)
    act = acts.Transfer(
        at.receivable, at.start, found.version, nominal, work.desk.number, PartyId(to), paid, most, recourse,
        NO_DIGEST, NO_DIGEST, deadline(work),
    )  # fmt: skip
    moved = PieceId(at.receivable, at.start + int(found.length.minor) - nominal)
    put_up(work, new_draft(work, "transfer", {"transfer": act}), piece=str(moved))


def _cut(at: PieceId, parts: list[Amount], currency: str) -> list[dict[str, str]]:
    """The pieces that the cut makes, by id and amount."""
    rows, start = [], at.start
    for each in parts:
        rows.append(
            {"piece": str(PieceId(at.receivable, start)), "amount": grouped_text(each, Currency(currency))}
        )
        start += each
    return rows
