"""The stage: a fresh home with a running `duebill up`, and the parties' folders beside it."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledger.chain.process import ends_with_us
from scripts.story.party import DUEBILL, Party, call

_READY_SECONDS = 90.0
_STOP_SECONDS = 40.0


class StageFailed(Exception):
    """The local network did not come up or went down; says what it said last."""


@dataclass
class Stage:
    """home: the service's own folder; desks: one folder a party, none of them below `home`."""

    home: Path
    desks: Path
    up: subprocess.Popen[bytes]
    state: dict[str, Any]
    parties: dict[str, Party] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the API answers."""
        return str(self.state["url"])

    @property
    def environment(self) -> dict[str, str]:
        """Settings under which `duebill verify` finds chain, database and deployment."""
        return {
            "DUEBILL_HOME": str(self.home),
            "DUEBILL_RPC_URL": self.state["rpc"],
            "DUEBILL_DATABASE_URL": self.state["database"],
            "DUEBILL_DEPLOYMENT": str(self.home / "deployment.json"),
        }

    def local(self, *arguments: object) -> None:
        """What only a local chain allows: `duebill local …` over this home. Raises Refused."""
        words = [str(DUEBILL), "local", "--home", str(self.home), *(str(each) for each in arguments)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise StageFailed(f"{' '.join(words[1:])}: {done.stderr.strip()}")

    def verify(self) -> dict[str, Any]:
        """SQL against the chain. Raises Refused when they differ."""
        return call(("verify",), self.environment)

    @property
    def hides_desks(self) -> bool:
        """Whether the service's processes find the parties' folders empty."""
        seen = Path(f"/proc/{self.up.pid}/root{self.desks}")
        return seen.is_dir() and not any(seen.iterdir())

    def ensure_up(self) -> None:
        """Raises StageFailed when the network has ended."""
        if self.up.poll() is not None:
            raise StageFailed(f"`duebill up` ended by itself:\n{_tail(self.home.parent / 'up.log')}")

    def stop(self) -> None:
        """Ends the network and waits until nothing of it is left."""
        if self.up.poll() is None:
            self.up.send_signal(signal.SIGTERM)
            try:
                self.up.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.up.kill()
                self.up.wait()


@dataclass(frozen=True)
class Site:
    """Where a stage will stand. home: the service's own folder; desks: the parties' folders.

    parties: the address of the register of parties to come.
    """

    folder: Path
    home: Path
    desks: Path
    chain_id: int
    parties: str


def prepare(folder: Path) -> Site:
    """Makes the folders, and learns for which register the founding parties have to sign. Raises Refused."""
    home, desks = folder / "service", folder / "parties"
    desks.mkdir(parents=True, mode=0o700)
    found = call(("deploy",), {"DUEBILL_HOME": str(home)})
    return Site(folder, home, desks, int(found["chain_id"]), str(found["parties"]))


def open_stage(site: Site, founding: Path, *options: str) -> Stage:
    """Starts `duebill up` and waits until the API answers. Raises StageFailed."""
    home, state = site.home, site.home / "up.json"
    command = [str(DUEBILL), "up", "--home", str(home), "--founding", str(founding), *options]
    with (site.folder / "up.log").open("wb") as log:
        up = subprocess.Popen(
            [*_hiding(site.desks), *command],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=dict(os.environ), start_new_session=True,
            preexec_fn=ends_with_us(),  # noqa: PLW1509 - it makes system calls alone
        )  # fmt: skip
    end = time.monotonic() + _READY_SECONDS
    while not state.exists():
        if up.poll() is not None or time.monotonic() > end:
            up.kill()
            raise StageFailed(f"the local network did not start:\n{_tail(site.folder / 'up.log')}")
        time.sleep(0.05)
    return Stage(home, site.desks, up, json.loads(state.read_text(encoding="utf-8")))


def _hiding(desks: Path) -> list[str]:
    """What a command is put behind so that it and its children find an empty folder in place of `desks`.

    Nothing where this system has no namespaces; the keys are then guarded by their passwords alone.
    """
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    hide = 'mount -t tmpfs -o ro,size=4k none "$1" && shift && exec setpriv --pdeathsig TERM "$@"'
    prefix = [*apart, "sh", "-c", hide, "sh", str(desks)]
    try:
        works = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        works = False
    return prefix if works else []


def _tail(path: Path) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-20:]) if path.exists() else "(no log)"
