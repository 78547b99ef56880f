"""A whole local network as `duebill up` runs it, and parties who work on it with their own desks."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_READY_SECONDS = 90.0
_COMMAND_SECONDS = 120


class Network:
    """`duebill up` over a home of its own; ends what it started."""

    def __init__(self, duebill: Path, home: Path) -> None:
        self.duebill = duebill
        self.home = home
        self._log = (home.parent / "up.log").open("wb")
        environment = {**os.environ, "DUEBILL_KEYSTORE_COST": "2", "DUEBILL_HOME": str(home)}
        self.process = subprocess.Popen(
            [duebill, "up", "--home", home], stdout=self._log, stderr=self._log, env=environment
        )
        self.state = self._wait_until_ready()

    def _wait_until_ready(self) -> dict[str, Any]:
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            if (self.home / "up.json").exists():
                found: dict[str, Any] = json.loads((self.home / "up.json").read_text("utf-8"))
                return found
            time.sleep(0.1)
        self.close()
        raise RuntimeError((self.home.parent / "up.log").read_text("utf-8"))

    def close(self) -> None:
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._log.close()


@dataclass
class Told:
    """What a command answered. code: its exit status; said: what it showed on the way."""

    code: int
    answer: dict[str, Any]
    said: str

    @property
    def refusal(self) -> str:
        """The code of the refusal."""
        return str(self.answer["error"]["code"])


@dataclass
class Party:
    """A party at its desk."""

    network: Network
    desk: Path
    password: str = "correct horse"
    number: int = 0

    def __call__(self, *words: object) -> Told:
        environment = {
            **os.environ,
            "DUEBILL_DESK": str(self.desk),
            "DUEBILL_DESK_PASSWORD": self.password,
            "DUEBILL_KEYSTORE_COST": "2",
        }
        done = subprocess.run(
            [self.network.duebill, *map(str, words), "--json"],
            env=environment,
            cwd=self.desk.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Told(done.returncode, json.loads(done.stdout or "{}"), done.stderr)

    def do(self, *words: object) -> dict[str, Any]:
        """A command that has to succeed."""
        told = self(*words)
        assert told.code == 0, (words, told)
        return told.answer


@dataclass
class Founders:
    """Operator and auditor."""

    operator: Party
    auditor: Party


def founders(network: Network) -> Founders:
    """The desks that `duebill up` made."""
    found = []
    for name in ("operator", "auditor"):
        desk = network.home / "desks" / name
        party = Party(network, desk, (desk / "password").read_text("utf-8"))
        party.do("desk", "service", network.state["url"])
        party.number = party.do("desk", "joined")["party"]
        found.append(party)
    return Founders(*found)


def admitted(
    network: Network, by: Founders, folder: Path, kind: tuple[str, ...], persons: dict[str, str], ids: str
) -> Party:
    """A party from an empty folder to its number and permit. persons: name to powers."""
    party = Party(network, folder)
    party.do(
        "desk", "new", folder, "--name", folder.name, "--ids", ids, "--service", network.state["url"], *kind
    )
    for name, powers in persons.items():
        party.do("desk", "person", "add", name, "--powers", powers, "--limit", "EUR:all:1000000.00")
    party.do("desk", "account", "new")
    party.do("desk", "application", "-o", folder / "application.json")
    words = ("admit", folder / "application.json", "--attestor", by.auditor.number, "--as", "first", "--yes")
    draft = by.operator.do(*words)["draft"]
    by.auditor.do("sign", draft, "--as", "first", "--yes")
    party.do("sign", draft, *(word for name in persons for word in ("--as", name)), "--yes")
    party.number = party.do("desk", "joined", draft)["party"]
    return party
