"""`duebill desk …`: a party makes its desk, enrols its persons, applies for admission and learns its number."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from api.cli.options import desk_command
from api.cli.told import Refused
from api.cli.work import Work
from ledger.desk import tag_key
from ledger.desk.application import Application
from ledger.desk.desk import Desk, NewDesk, PersonLimit, create, role_name, roles_of
from ledger.domain.ids import ChainTime, address_of_text
from ledger.domain.powers import Power
from ledger.domain.units import MAX_AMOUNT, Amount, currency_of, parse_amount

_NO_CAP = MAX_AMOUNT
_LIMITED = (Power.PROPOSE, Power.CONFIRM, Power.RECEIVE, Power.TRANSFER, Power.FINANCE, Power.PAY)


@click.group()
def desk() -> None:
    """Make a party's desk: a folder with its keys, persons and papers, that no service can read.

    Example: duebill desk new ~/huaxin --name "Huaxin Castings" --role supplier --service http://127.0.0.1:8000
    """


@desk.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", required=True, help="The party's name, as others will read it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help="core-enterprise, supplier, financier, service-provider, auditor, operator. Repeatable.",
)
@click.option("--sole", is_flag=True, help="One person acts for it alone; it never confirms debts.")
@click.option("--ids", default="", help="Its ids as its invoices print them: vat=DE…,lei=…,legal=…")
@click.option("--service", default="", metavar="URL", help="The service it works with.")
@click.option(
    "--with-tag-key", is_flag=True, help="Also make a tag key: for parties that confirm what they owe."
)
@desk_command()
def new(
    work: Work,
    folder: Path,
    name: str,
    roles: tuple[str, ...],
    sole: bool,
    ids: str,
    service: str,
    with_tag_key: bool,
) -> None:
    """Make a desk in DIR with its sealing key.

    Example: duebill desk new ~/nordwerk --name "Nordwerk SE" --role core-enterprise --with-tag-key --service http://127.0.0.1:8000
    """
    from ledger.desk.sellers import ids_of_text

    try:
        wanted_roles = roles_of([part for each in roles for part in each.split(",")])
    except ValueError as wrong:
        raise Refused("usage", str(wrong)) from None
    own_ids = tuple(map(str, ids_of_text(ids)))
    cost = work.settings.keystore_cost
    passwords = work.new_passwords()
    made = create(
        folder.expanduser(), NewDesk(name, wanted_roles, sole, own_ids, service.rstrip("/"), cost), passwords
    )
    if with_tag_key:
        made = tag_key.new_tag_key(made, passwords)
    work.answer(
        {"desk": str(made.folder), "name": made.name, "sealing_key": "0x" + made.sealing_key.hex()},
        f"{made.folder}: desk of {made.name}.",
        "Next: `duebill desk person add NAME --powers …`, `duebill desk account new`, `duebill desk application -o FILE`.",
    )


@desk.group()
def person() -> None:
    """The persons of the party who have a key at this desk."""


@person.command("add")
@click.argument("name")
@click.option(
    "--powers", required=True, help="propose, confirm, receive, transfer, finance, pay, attest, administer."
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="CURRENCY:POWER:ACT[:DAY]",
    help="What the person may do alone; POWER `all` stands for each of its powers. Repeatable.",
)
@desk_command()
def add_person(work: Work, name: str, powers: str, limits: tuple[str, ...]) -> None:
    """Make a key for a person.

    Limits are amounts of the currency for one act and, after another colon, for a day. Without a limit a power
    counts for no amount at all.

    Example: duebill desk person add mueller --powers confirm,pay --limit EUR:confirm:500000.00:2000000.00
    """
    wanted = _powers(powers)
    found = tuple(each for text in limits for each in _limits(text, wanted))
    made = work.desk.with_person(name, wanted, found, work.new_passwords())
    added = made.person(name)
    work.answer(
        {"person": name, "number": added.number, "signer": added.address},
        f"{name}: person {added.number}, signs with {added.address}.",
    )


@desk.group()
def account() -> None:
    """The party's cash account: where it is paid, and pays from."""


@account.command("new")
@desk_command()
def new_account(work: Work) -> None:
    """Make a key for the cash account.

    Example: duebill desk account new
    """
    made = work.desk.with_account(work.new_passwords())
    work.answer({"account": made.account}, f"Cash account {made.account}.")


@desk.command()
@click.argument("address", metavar="ADDRESS")
@desk_command()
def guardian(work: Work, address: str) -> None:
    """Name a guardian, who may start the party's recovery when its keys are lost.

    Example: duebill desk guardian 0x52908400098527886E0F7030069857D2E4169EE7
    """
    made = replace(work.desk, guardians=(*work.desk.guardians, address_of_text(address))).save()
    work.answer({"guardians": list(made.guardians)}, f"Guardians: {', '.join(made.guardians)}")


@desk.command()
@click.argument("url", metavar="URL")
@desk_command()
def service(work: Work, url: str) -> None:
    """Say with which service the desk works. Contracts and chain stay those that it is pinned to.

    Example: duebill desk service http://127.0.0.1:8000
    """
    made = replace(work.desk, service=url.rstrip("/")).save()
    work.answer({"service": made.service}, f"Service {made.service}.")


@desk.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; stdout without it.",
)
@desk_command()
def application(work: Work, output: Path | None) -> None:
    """Write the party's application for admission: public values only, for the operator.

    Example: duebill desk application -o huaxin.json
    """
    found = Application.of_desk(work.desk).to_json()
    if output is None:
        work.answer(found, json.dumps(found, ensure_ascii=False, indent=1))
        return
    output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    work.answer({"application": str(output)}, f"{output}: send it to the operator.")


@desk.command()
@click.option("--chain-id", type=click.IntRange(1), required=True, help="Of the chain to come.")
@click.option("--parties", required=True, metavar="ADDRESS", help="Where the register of parties will lie.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="Last day (UTC) on which it may be founded; at most 30 days off.",
)
@desk_command()
def founder(work: Work, chain_id: int, parties: str, until: datetime) -> None:
    """Sign as a founding party of a deployment, with every person of this desk.

    Example: duebill desk founder --chain-id 31337 --parties 0x52908400098527886E0F7030069857D2E4169EE7 --until 2026-03-10 --json
    """
    from ledger.desk.founder import founder_of
    from ledger.domain.acts import Domain

    deadline = ChainTime(int(until.replace(tzinfo=UTC).timestamp()))
    domain = Domain(chain_id, address_of_text(parties))
    found = founder_of(work.desk, work.passwords, domain, deadline)
    work.answer(found, json.dumps(found, indent=1))


@desk.command()
@click.argument("draft", required=False)
@desk_command(signs=True)
def joined(work: Work, draft: str | None) -> None:
    """Learn the party's number once its admission (DRAFT) is final, and put up its card.

    Example: duebill desk joined 01KB3QZ…
    """
    from api.cli.joining import join

    number = join(work, draft)
    work.answer({"party": number}, f"{work.desk.name} is party {number}.")


@desk.command("show")
@desk_command()
def show_desk(work: Work) -> None:
    """What this desk is: party, persons, powers, deployment.

    Example: duebill desk show
    """
    found = work.desk
    people = [
        {
            "name": each.name,
            "number": each.number,
            "signer": each.address,
            "powers": [p.name.lower() for p in each.powers],
        }
        for each in found.persons
    ]
    roles = [role_name(each) for each in found.roles]
    value = {
        "name": found.name, "party": found.party, "roles": roles, "ids": list(found.ids), "service": found.service,
        "account": found.account, "persons": people, "deployment": found.pin.to_json() if found.pin else None,
    }  # fmt: skip
    lines = [
        f"{each.name}: person {each.number}, {each.address}: {', '.join(p.name.lower() for p in each.powers)}"
        for each in found.persons
    ]
    work.answer(value, f"{found.name}, {_number(found)}, {', '.join(roles)}", *lines)


def _number(found: Desk) -> str:
    return f"party {found.party}" if found.party else "not admitted yet"


def _powers(text: str) -> tuple[Power, ...]:
    known = {each.name.lower(): each for each in Power}
    names = [each.strip().lower() for each in text.split(",") if each.strip()]
    unknown = [each for each in names if each not in known]
    if unknown or not names:
        raise Refused("usage", f"no power {', '.join(unknown) or 'named'}; there are {', '.join(known)}")
    return tuple(known[each] for each in names)


def _limits(text: str, powers: tuple[Power, ...]) -> list[PersonLimit]:
    parts = text.split(":")
    if len(parts) not in (3, 4):
        raise Refused("usage", f"{text}: a limit is CURRENCY:POWER:ACT or CURRENCY:POWER:ACT:DAY")
    currency = currency_of(parts[0])
    named = tuple(each for each in powers if each in _LIMITED) if parts[1] == "all" else _powers(parts[1])
    act = parse_amount(parts[2], currency)
    day = parse_amount(parts[3], currency) if len(parts) == 4 else Amount(_NO_CAP)
    return [PersonLimit(currency, each, act, day) for each in named]
