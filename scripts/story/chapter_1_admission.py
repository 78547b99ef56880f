"""Nine parties are admitted: operator and auditor with the contracts, seven by their own applications."""

from scripts.story.cast import Role, cast
from scripts.story.party import Party
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step

FOUNDERS = (("operator", 1), ("auditor", 2))


def play(stage: Stage) -> None:
    """Admits all; afterwards every desk knows its number and its cash account may be drawn on."""
    chapter(
        "1  Nine parties are admitted, each with persons, powers, limits, a cash account and a sealing key"
    )
    for name, number in FOUNDERS:
        _founder(stage, name, number)
    for role in cast():
        with step(
            f"{role.name}: desk, application, admission signed by operator, auditor and its own persons"
        ):
            _admit(stage, role)
    for role in cast():
        if role.cash:
            account = stage.parties[role.key].do("desk", "show")["account"]
            stage.local("mint", account, role.cash)
            note(f"{role.name} has {role.cash // 100:,}.00 of the local test currency")


def _founder(stage: Stage, name: str, number: int) -> None:
    desk = stage.desks / name
    party = Party(name, desk, number, (desk / "password").read_text(encoding="utf-8"))
    with step(f"{name}: founded with the contracts, joins as party {number}"):
        told = party.do("desk", "joined")
        must(told["party"] == number, f"the {name} is party {number}")
        party.do("permit", "--yes")
    stage.parties[name] = party


def _admit(stage: Stage, role: Role) -> None:
    party = Party(role.name, stage.desks / role.key)
    stage.parties[role.key] = party
    kind = ["--sole"] if role.sole else []
    kind += ["--with-tag-key"] if role.tags else []
    ids = ["--ids", ",".join(role.ids)] if role.ids else []
    party.do(
        "desk",
        "new",
        party.desk,
        "--name",
        role.name,
        "--role",
        role.roles,
        "--service",
        stage.url,
        *ids,
        *kind,
    )
    for person in role.persons:
        limits = [part for each in person.limits for part in ("--limit", each)]
        party.do("desk", "person", "add", person.name, "--powers", person.powers, *limits)
    party.do("desk", "account", "new")
    application = party.desk / "application.json"
    party.do("desk", "application", "-o", application)
    operator, auditor = stage.parties["operator"], stage.parties["auditor"]
    evidence = f"Register extract of {role.name}"
    draft = operator.do(
        "admit", application, "--attestor", auditor.number, "--evidence", evidence, "--as", "first", "--yes"
    )["draft"]
    auditor.do("sign", draft, "--as", "first", "--yes")
    party.do("sign", draft, *(word for each in role.persons for word in ("--as", each.name)), "--yes")
    party.number = int(party.do("desk", "joined", draft)["party"])
    party.do("permit", "--yes")
