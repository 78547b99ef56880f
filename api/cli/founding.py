"""The founding parties of a deployment: a file with the signed Admissions of operator and first attestor.

    {"operator": {"admission": message, "signatures": [{"signer", "proof"}]}, "attestor": {…}}

For a local chain the two desks are made beside it, by the same commands that everybody uses.
"""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from ledger.chain.creations import CurrencyRule, Founder, Founding, RuleSet
from ledger.domain.acts import Admission, from_message, to_abi
from ledger.domain.errors import BadField
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address

PASSWORD_FILE = "password"
_RULES_TEXT = "Duebill local rules, version 1: six calendar months, two clearing days, thirty days of grace."
_LOCAL_DESKS = (
    ("operator", "Duebill local operator", "operator", "administer"),
    ("auditor", "Duebill local auditor", "auditor", "attest"),
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


def make_local_founding(home: Path, parties: Address, chain_id: int) -> Path:
    """Makes the desks of operator and auditor under home/desks and has them sign; returns the founding file."""
    founders = {
        name: _local_founder(home / "desks" / name, name, title, parties, chain_id)
        for name, title, *_ in _LOCAL_DESKS
    }
    path = home / "founding.json"
    path.write_text(json.dumps(founders, indent=1), encoding="utf-8")
    return path


def _founder(found: dict[str, Any]) -> Founder:
    admission = from_message("Admission", found["admission"])
    if not isinstance(admission, Admission):
        raise BadField("admission", str(type(admission)), "an Admission")
    signatures = tuple((each["signer"], bytes.fromhex(each["proof"][2:])) for each in found["signatures"])
    return Founder(admission=to_abi(admission), signatures=signatures)


def _local_founder(desk: Path, role: str, title: str, parties: Address, chain_id: int) -> dict[str, Any]:
    power = next(each[3] for each in _LOCAL_DESKS if each[0] == role)
    if not desk.exists():
        password = secrets.token_urlsafe(24)
        _duebill(password, "desk", "new", str(desk), "--name", title, "--role", role)
        (desk / PASSWORD_FILE).touch(0o600)
        (desk / PASSWORD_FILE).write_text(password, encoding="utf-8")
        for person in ("first", "second"):
            _duebill(password, "desk", "person", "add", person, "--powers", power, desk=desk)
        _duebill(password, "desk", "account", "new", desk=desk)
    password = (desk / PASSWORD_FILE).read_text(encoding="utf-8")
    told = _duebill(
        password, "desk", "founder", "--chain-id", str(chain_id), "--parties", parties, "--json", desk=desk
    )
    found: dict[str, Any] = json.loads(told)
    return found


def _duebill(password: str, *arguments: str, desk: Path | None = None) -> str:
    environment = {**os.environ, "DUEBILL_DESK_PASSWORD": password}
    if desk is not None:
        environment["DUEBILL_DESK"] = str(desk)
    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", *arguments],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise BadField("founding desk", " ".join(arguments), done.stderr.strip() or done.stdout.strip())
    return done.stdout
