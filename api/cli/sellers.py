"""`duebill sellers`: whom a debtor buys from, and by which ids their invoices can be known."""

import click

from api.cli.options import desk_command
from api.cli.work import Work
from ledger.desk.sellers import ids_of_text, load_register, save_register
from ledger.domain.ids import PartyId
from ledger.domain.sellers import Seller


@click.group()
def sellers() -> None:
    """The debtor's register of its sellers: a tag is made of the seller's canonical id, the first one entered.

    Example: duebill sellers add "Huaxin Castings" --party 4 --ids lei=894500HXCASTINGS0202,vat=DE951200002
    """


@sellers.command()
@click.argument("name")
@click.option("--party", type=click.IntRange(1), required=True, help="The seller's party number.")
@click.option(
    "--ids", required=True, help="vat=…,lei=…,legal=…,uscc=…,electronic=…; the first is the canonical one."
)
@desk_command()
def add(work: Work, name: str, party: int, ids: str) -> None:
    """Enter a seller with all ids that its invoices may print.

    Example: duebill sellers add "Lindqvist Lager AB" --party 6 --ids legal=9999120000,vat=SE999912000001
    """
    register = load_register(work.desk.folder).with_seller(Seller(name, PartyId(party), ids_of_text(ids)))
    save_register(work.desk.folder, register)
    added = register.sellers[-1]
    work.answer(
        {
            "seller": name,
            "party": party,
            "canonical": added.canonical,
            "ids": [str(each) for each in added.ids],
        },
        f"{name} is party {party}, known by {', '.join(map(str, added.ids))}.",
    )


@sellers.command("list")
@desk_command()
def list_sellers(work: Work) -> None:
    """Show the register.

    Example: duebill sellers list
    """
    found = load_register(work.desk.folder).sellers
    rows = [
        {"seller": each.name, "party": each.party, "ids": [str(own) for own in each.ids]} for each in found
    ]
    work.answer(
        {"sellers": rows},
        *(f"party {each.party}  {each.name}: {', '.join(map(str, each.ids))}" for each in found),
    )
