"""`duebill receivable`, `history`: one debt, as of any block."""

from collections.abc import Mapping
from datetime import UTC, datetime

import click

from api.cli.lookup import events_of, pieces_of
from api.cli.options import desk_command
from api.cli.work import Work
from api.schemas.receivables import Piece
from ledger.domain.units import Currency, grouped_text

_MONEY = frozenset(
    ("amount", "face", "interest", "length", "money", "netted", "nominal", "paid", "paid_in", "price", "principal", "pulled",
     "remainder", "rise", "total", "used")
)  # fmt: skip
_INSTANTS = frozenset(("accrued_at", "due_at", "until"))
_AS_OF = click.option(
    "--as-of", metavar="BLOCK", default="head", show_default=True, help="Block number or hash, head or final."
)


@click.command()
@click.argument("receivable", metavar="RECEIVABLE")
@_AS_OF
@desk_command()
def receivable(work: Work, receivable: str, as_of: str) -> None:
    """Show a receivable and its pieces, as of any block.

    Example: duebill receivable 0x4f… --as-of 1200
    """
    found = work.service.receivable(receivable, as_of=as_of)
    pieces = list(pieces_of(work, receivable, as_of, ended=True))
    value = {**found.model_dump(mode="json"), "pieces": [each.model_dump(mode="json") for each in pieces]}
    standing, face = found.standing, f"{found.face.text} {found.face.currency}"
    work.answer(
        value,
        f"{found.id}: party {found.debtor} owes {face}, due {found.due_at:%Y-%m-%d}, {found.status}.",
        f"  paid {standing.paid.text}, still owed {standing.owed.text}, returned {standing.returned_nominal.text}",
        *map(_piece_line, pieces),
    )


@click.command()
@click.argument("receivable", metavar="RECEIVABLE")
@_AS_OF
@desk_command()
def history(work: Work, receivable: str, as_of: str) -> None:
    """List every event of a receivable, in its order.

    Example: duebill history 0x4f…
    """
    events = list(events_of(work, receivable, as_of))
    rows = [each.model_dump(mode="json") for each in events]
    currency = Currency(str(events[0].fields["currency"])) if events else Currency("")
    work.answer(
        {"receivable": receivable, "events": rows},
        *(
            f"{each.time:%Y-%m-%d %H:%M:%S}  block {each.block}  {each.name}  {_fields(each.fields, currency)}"
            for each in events
        ),
    )


def _fields(fields: Mapping[str, object], currency: Currency) -> str:
    """What an event says, without what is nothing."""
    told = {name: value for name, value in fields.items() if name not in ("receivable", "act")}
    return ", ".join(
        f"{name} {_value(name, value, currency)}" for name, value in told.items() if not _is_nothing(value)
    )


def _value(name: str, value: object, currency: Currency) -> str:
    if isinstance(value, Mapping):
        return f"({_fields(value, currency)})"
    if isinstance(value, list):
        return " ".join(map(str, value))
    if name in _MONEY:
        return grouped_text(int(str(value)), currency)
    if name in _INSTANTS:
        return f"{datetime.fromtimestamp(int(str(value)), UTC):%Y-%m-%d %H:%M:%S}"
    return str(value)


def _is_nothing(value: object) -> bool:
    return value in (None, False, [], 0) or (isinstance(value, str) and not value.strip("0x"))


def _piece_line(piece: Piece) -> str:
    rest = f"paid {piece.paid.text}, due {piece.due.text} {' '.join(piece.flags)}"
    return f"  {piece.id}: party {piece.holder} has {piece.length.text}, {rest}".rstrip()
