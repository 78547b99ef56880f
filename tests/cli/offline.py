"""`duebill` in this process, without a service: what it answers, and how it ends."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from api.cli.main import cli

PASSWORD = "correct horse"


@dataclass(frozen=True)
class Ended:
    """How a command ended. code: its exit status; out, err: what it printed."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def refusal(self) -> str:
        """The code of the refusal that was told as JSON."""
        return str(self.answer["error"]["code"])


@dataclass
class Caller:
    """Somebody at a desk."""

    folder: Path
    environment: dict[str, str | None] = field(default_factory=dict)

    def __call__(self, *words: object, password: str | None = PASSWORD, typed: str | None = None) -> Ended:
        found = CliRunner().invoke(
            cli,
            [str(each) for each in words],
            env={
                "DUEBILL_DESK": str(self.folder),
                "DUEBILL_DESK_PASSWORD": password,
                "DUEBILL_KEYSTORE_COST": "2",
                "DUEBILL_LOG_LEVEL": None,
                **self.environment,
            },
            input=typed,
        )
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Ended(found.exit_code, found.stdout, found.stderr)
