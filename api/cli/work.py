"""What one command works with: the party's desk, its password, and the service, signed in to on its behalf."""

import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

from api.cli.told import Refused, plain, tell_json
from ledger.desk.desk import Desk
from ledger.desk.errors import NoDesk
from ledger.desk.passwords import Passwords
from ledger.desk.pin import Pin
from ledger.settings import Settings

if TYPE_CHECKING:
    from api.client.service import Service
    from api.schemas.network import Deployment

_PASSWORD_BYTES = 4096


@dataclass
class Work:
    """One command's means. folder: of the desk, if one was named; persons: who is to sign; wait: until final."""

    folder: Path | None
    settings: Settings
    as_json: bool
    lang: str
    password_file: Path | None
    persons: Sequence[str] = ()
    yes: bool = False
    wait: bool = True
    days: int = 14
    _open: list["Service"] = field(default_factory=list)
    _desk: Desk | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._open:
            each.close()

    @property
    def desk(self) -> Desk:
        """The party's desk. Raises NoDesk."""
        if self._desk is None:
            if self.folder is None:
                raise NoDesk("none", "no folder was named")
            self._desk = Desk.load(self.folder)
        return self._desk

    def keep(self, desk: Desk) -> None:
        """The desk as it is from now on."""
        self._desk = desk

    @cached_property
    def passwords(self) -> Passwords:
        """From settings or file, else asked for."""
        fixed = self.settings.desk_password
        path = self.password_file or (Path(p) if (p := self.settings.desk_password_file) else None)
        if path is not None:
            fixed = _first_line(path)
        return Passwords.fixed(fixed) if fixed else Passwords(self._ask)

    def new_passwords(self) -> Passwords:
        """As `passwords`, but typed twice where a key is made."""
        named = self.settings.desk_password or self.settings.desk_password_file or self.password_file
        if named:
            return self.passwords
        return Passwords(lambda name: _prompt(f"New password for {name}", twice=True))

    def _ask(self, name: str) -> str:
        return _prompt(f"Password of {name}", twice=False)

    @cached_property
    def deployment(self) -> "Deployment":
        """What the service says of its deployment, held to the desk's pin. Raises OtherDeployment."""
        from api.cli.signed_in import deployment

        return deployment(self)

    @property
    def pin(self) -> Pin:
        """The deployment that the desk is pinned to; the first service that it meets pins it. Raises OtherDeployment."""
        if self.desk.pin is None or self.deployment is None:
            raise Refused("usage", "This desk is pinned to no deployment yet.")
        return self.desk.pin

    @cached_property
    def service(self) -> "Service":
        """The service, signed in to as the first person that signs, else as anybody of this desk."""
        return self.service_as(self.persons[0] if self.persons else None)

    def service_as(self, person: str | None) -> "Service":
        """The same as a given person."""
        from api.cli.signed_in import signed_in

        return self.opened(signed_in(self, person))

    def opened(self, service: "Service") -> "Service":
        """Closed when the command ends."""
        self._open.append(service)
        return service

    def now(self) -> datetime:
        """The wall clock; for sign-in only, acts go by the chain's time."""
        return datetime.now(UTC)

    def key(self) -> str:
        """An idempotency key for one intention."""
        return secrets.token_hex(16)

    def say(self, text: str) -> None:
        """Something on the way to the answer: to stdout for people, to stderr beside JSON."""
        click.echo(plain(text), err=self.as_json)

    def answer(self, value: dict[str, Any], *lines: str) -> None:
        """The command's answer, in words or as JSON."""
        if self.as_json:
            tell_json(value)
            return
        for each in lines:
            click.echo(plain(each))

    def agree(self, question: str) -> None:
        """Asks before a signature, unless --yes. Raises Abort, Refused where nobody can be asked."""
        if self.yes:
            return
        if not sys.stdin.isatty():
            raise Refused("usage", "Nobody is there to be asked: say --yes to sign what was shown.")
        click.confirm(question, abort=True, err=self.as_json)


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_PASSWORD_BYTES).decode().splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as wrong:
        raise Refused("usage", f"The password file cannot be read: {path}: {wrong}") from None


def _prompt(text: str, *, twice: bool) -> str:
    if not sys.stdin.isatty():
        raise Refused(
            "usage", f"{text}: set DUEBILL_DESK_PASSWORD or --password-file where nobody can type it."
        )
    return str(click.prompt(text, hide_input=True, confirmation_prompt=twice, err=True))


def file_bytes(path: Path, most: int) -> bytes:
    """What a file holds, never more than `most` bytes. Raises Refused."""
    try:
        with path.open("rb") as file:
            found = file.read(most + 1)
    except (OSError, ValueError) as wrong:
        raise Refused(
            "usage", f"{path} cannot be read: {getattr(wrong, 'strerror', None) or wrong}"
        ) from None
    if len(found) > most:
        raise Refused("usage", f"{path} has more than {most} bytes")
    return found
