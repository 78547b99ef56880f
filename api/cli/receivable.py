"""`duebill receivable`, `history`: one debt, as of any block."""

import click

from api.cli.lookup import events_of, pieces_of
from api.cli.options import desk_command
from api.cli.work import Work
from api.schemas.receivables import Piece

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
    work.answer(
        {"receivable": receivable, "events": rows},
        *(
            f"{each.time:%Y-%m-%d %H:%M:%S}  block {each.block}  {each.name}  {_fields(each.fields)}"
            for each in events
        ),
    )


def _fields(fields: dict[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fields.items() if name not in ("receivable", "act"))


def _piece_line(piece: Piece) -> str:
    rest = f"paid {piece.paid.text}, due {piece.due.text} {' '.join(piece.flags)}"
    return f"  {piece.id}: party {piece.holder} has {piece.length.text}, {rest}".rstrip()
