"""Nine parties are admitted: operator and auditor with the contracts, seven by their own applications."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scripts.story.cast import Role, cast
from scripts.story.party import Party
from scripts.story.stage import Site, Stage
from scripts.story.tell import chapter, must, note, step

FOUNDERS = (("operator", "administer", 1), ("auditor", "attest", 2))
_UNTIL = "2026-03-30"


def found(site: Site) -> tuple[dict[str, Party], Path]:
    """Operator and auditor make their desks and sign as founding parties; they, and the file with what they signed."""
    chapter(
        "1  Nine parties are admitted, each with persons, powers, limits, a cash account and a sealing key"
    )
    with (
        step("operator and auditor make their desks and sign as founding parties"),
        ThreadPoolExecutor() as both,
    ):
        made = dict(both.map(lambda each: _founder(site, *each), FOUNDERS))
    signed = {"operator": made["operator"][1], "attestor": made["auditor"][1]}
    path = site.folder / "founding.json"
    path.write_text(json.dumps(signed), encoding="utf-8")
    return {name: party for name, (party, _) in made.items()}, path


def _founder(site: Site, name: str, power: str, number: int) -> tuple[str, tuple[Party, dict[str, Any]]]:
    party = Party(name, site.desks / name, number)
    party.do("desk", "new", party.desk, "--name", f"Duebill {name}", "--role", name)
    for person in ("first", "second"):
        party.do("desk", "person", "add", person, "--powers", power)
    party.do("desk", "account", "new")
    signed = party.do(
        "desk", "founder", "--chain-id", site.chain_id, "--parties", site.parties, "--until", _UNTIL
    )
    return name, (party, signed)


def play(stage: Stage) -> None:
    """Admits all; afterwards every desk knows its number and its cash account may be drawn on."""
    for name, _, number in FOUNDERS:
        with step(f"{name}: founded with the contracts, joins as party {number}"):
            _join(stage, stage.parties[name])
    note(_who_sees_desks(stage))
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


def _join(stage: Stage, party: Party) -> None:
    party.do("desk", "service", stage.url)
    must(party.do("desk", "joined")["party"] == party.number, f"{party.name} is party {party.number}")
    party.do("permit", "--yes")


def _who_sees_desks(stage: Stage) -> str:
    if stage.hides_desks:
        return "the service's processes find the parties' folders empty: they are hidden from them"
    return "this system cannot hide folders from a process; the parties' keys are guarded by their passwords alone"


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
