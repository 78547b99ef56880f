"""The founding parties of a deployment: a file with the signed Admissions of operator and first attestor.

    {"operator": {"admission": message, "signatures": [{"signer", "proof"}]}, "attestor": {…}}

For a local chain the two desks are made beside it, with a password that lies in the desk's folder.
"""

import json
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from ledger.chain.creations import CurrencyRule, Founder, Founding, RuleSet
from ledger.desk.desk import Desk, NewDesk, create
from ledger.desk.founder import founder_of
from ledger.desk.passwords import Passwords
from ledger.domain.acts import Admission, Domain, from_message, to_abi
from ledger.domain.errors import BadField
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, ChainTime
from ledger.domain.powers import Power, Role

PASSWORD_FILE = "password"
_RULES_TEXT = "Duebill local rules, version 1: six calendar months, two clearing days, thirty days of grace."
_LOCAL_DESKS = (
    ("operator", "operator", Role.OPERATOR, Power.ADMINISTER),
    ("attestor", "auditor", Role.AUDITOR, Power.ATTEST),
)


def read_founding(
    path: Path, deployer: Address, *, minter: Address | None, token: Address | None = None
) -> Founding:
    """What a founding file says. Raises BadField, FileNotFoundError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Founding(
            operator=_founder(found["operator"]),
            attestor=_founder(found["attestor"]),
            rules=RuleSet(source=keccak(_RULES_TEXT.encode())),
            currencies=(CurrencyRule(token=token),),
            proposers=(deployer,),
            minter=minter,
        )
    except (KeyError, TypeError, json.JSONDecodeError) as wrong:
        raise BadField("founding", str(path), f"a founding file: {wrong!r}") from wrong


def make_local_founding(desks: Path, domain: Domain, deadline: ChainTime, cost: int) -> Path:
    """Makes the desks of operator and auditor under `desks` and has them sign; returns the founding file.

    cost: scrypt's N for their keys.
    """
    desks.mkdir(parents=True, exist_ok=True)
    founders = {
        part: founder_of(*_local_desk(desks / name, name, role, power, cost), domain, deadline)
        for part, name, role, power in _LOCAL_DESKS
    }
    path = desks / "founding.json"
    path.write_text(json.dumps(founders, indent=1), encoding="utf-8")
    return path


def point_local_desks(desks: Path, url: str) -> None:
    """Tells the local founders' desks where the service answers now."""
    for _, name, _, _ in _LOCAL_DESKS:
        if (desks / name / "desk.json").exists():
            replace(Desk.load(desks / name), service=url).save()


def _founder(found: dict[str, Any]) -> Founder:
    admission = from_message("Admission", found["admission"])
    if not isinstance(admission, Admission):
        raise BadField("admission", str(type(admission)), "an Admission")
    signatures = tuple((each["signer"], bytes.fromhex(each["proof"][2:])) for each in found["signatures"])
    return Founder(admission=to_abi(admission), signatures=signatures)


def _local_desk(folder: Path, name: str, role: Role, power: Power, cost: int) -> tuple[Desk, Passwords]:
    if (folder / "desk.json").exists():
        return Desk.load(folder), Passwords.fixed((folder / PASSWORD_FILE).read_text(encoding="utf-8"))
    password = secrets.token_urlsafe(24)
    passwords = Passwords.fixed(password)
    desk = create(folder, NewDesk(f"Duebill local {name}", role, False, (), "", cost), passwords)
    (folder / PASSWORD_FILE).touch(0o600)
    (folder / PASSWORD_FILE).write_text(password, encoding="utf-8")
    for person in ("first", "second"):
        desk = desk.with_person(person, (power,), (), passwords)
    return desk.with_account(passwords), passwords
