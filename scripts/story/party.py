"""A party of the story: its own folder, its own password, its own `duebill`."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DUEBILL = Path(sys.executable).with_name("duebill")
_SECONDS = 180


@dataclass(eq=False)
class Refused(Exception):
    """A command ended with another exit code than 0. code: the exit code; said: what it printed."""

    command: str
    code: int
    said: str

    def __str__(self) -> str:
        return f"`duebill {self.command}` ended with {self.code}:\n{self.said}"


@dataclass
class Party:
    """One party. number: its place on the chain, known once it is admitted.

    Its password stands in a file beside its folder, so that whoever watched the story can go on as this party.
    """

    name: str
    desk: Path
    number: int = 0

    def __post_init__(self) -> None:
        self.password_file.touch(0o600)
        self.password_file.write_text(secrets.token_urlsafe(18) + "\n", encoding="ascii")

    @property
    def password_file(self) -> Path:
        """Where its password stands."""
        return self.desk.with_name(f"{self.desk.name}.password")

    def do(self, *arguments: object) -> dict[str, Any]:
        """Calls the party's own `duebill` and gives its JSON answer. Raises Refused."""
        return call(
            arguments, {"DUEBILL_DESK": str(self.desk), "DUEBILL_DESK_PASSWORD_FILE": str(self.password_file)}
        )

    def is_refused(self, *arguments: object) -> str:
        """What the command says when it refuses. Raises AssertionError when it does not."""
        try:
            self.do(*arguments)
        except Refused as refused:
            return refused.said
        raise AssertionError(
            f"{self.name}: `duebill {' '.join(map(str, arguments))}` should have been refused"
        )


def call(arguments: tuple[object, ...], environment: Mapping[str, str]) -> dict[str, Any]:
    """One call of `duebill`, from another folder than the checkout's, as a user would. Raises Refused."""
    words = [str(each) for each in arguments]
    done = subprocess.run(
        [str(DUEBILL), *words, "--json"],
        cwd=Path.home() if Path.home().is_dir() else "/",
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise Refused(" ".join(words), done.returncode, (done.stderr + done.stdout).strip())
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
