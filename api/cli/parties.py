"""`duebill parties`: who takes part."""

import click

from api.cli.options import desk_command
from api.cli.work import Work


@click.command()
@desk_command()
def parties(work: Work) -> None:
    """List the parties by number, with the names of their cards.

    Example: duebill parties
    """
    page = work.service.parties(limit=500)
    rows = [
        {"party": each.id, "name": each.card.name if each.card else None, "roles": each.roles, "sole": each.sole, "account": each.account}
        for each in page.items
    ]  # fmt: skip
    work.answer({"parties": rows}, *(f"{row['party']:>4}  {row['name'] or '(no card)'}: {', '.join(row['roles'])}" for row in rows))  # type: ignore[arg-type]
