"""`duebill parties`: who takes part."""

from typing import Any

import click

from api.cli.options import desk_command
from api.cli.work import Work
from api.schemas.parties import Party


@click.command()
@desk_command()
def parties(work: Work) -> None:
    """List the parties by number, with the names of their cards.

    Example: duebill parties
    """
    page = work.service.parties(limit=500)
    rows = [_row(each) for each in page.items]
    work.answer({"parties": rows}, *map(_line, page.items))


def _row(party: Party) -> dict[str, Any]:
    name = party.card.name if party.card else None
    return {
        "party": party.id,
        "name": name,
        "roles": party.roles,
        "sole": party.sole,
        "account": party.account,
    }


def _line(party: Party) -> str:
    return f"{party.id:>4}  {party.card.name if party.card else '(no card)'}: {', '.join(party.roles)}"
