"""Every setting of the running service: its name, meaning and default; docs/settings.md is made from here.

Settings are read once, at the edge (`api`), and handed on as arguments.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PREFIX = "DUEBILL_"
_CHECKOUT = Path(__file__).resolve().parent.parent
_LEVELS = ("debug", "info", "warning", "error")


class SettingInvalid(ValueError):
    """A setting in the environment cannot be read; keeps its name, what was found, what was expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        self.name, self.found, self.expected = name, found, expected
        super().__init__(f"{name} is {found!r}; expected {expected}")


def _setting(default: object, meaning: str, shown: str | None = None) -> Any:
    return dataclasses.field(default=default, metadata={"meaning": meaning, "shown": shown})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says; each field is read from `DUEBILL_` and its name in capitals."""

    home: Path = _setting(
        Path("~/.duebill"),
        "Folder for everything that the local chain, database and service keep.",
        "`~/.duebill`",
    )
    rpc_url: str = _setting("", "JSON-RPC address of the node.", "none: `duebill up` starts a local chain")
    database_url: str = _setting(
        "",
        "PostgreSQL 15 or newer, as `postgresql://user@host/database`.",
        "none: `duebill up` starts the embedded PostgreSQL",
    )
    deployment: str = _setting(
        "", "Deployment file: which contracts on which chain.", "`deployment.json` in the home"
    )
    relayer_key_file: str = _setting(
        "",
        "File with the key of the account that pays for the relay's transactions.",
        "`relayer.key` in the home",
    )
    public_url: str = _setting(
        "",
        "Where users reach the API; sign-in messages must name it.",
        "the address that `duebill serve` listens on",
    )
    tools: Path = _setting(
        _CHECKOUT / ".tools" / "bin",
        "Folder with `anvil`, for the local chain.",
        "`.tools/bin` of the checkout",
    )
    desk: str = _setting("", "Folder of the party's own desk.", "none: given by `--desk`")
    desk_password: str = _setting("", "Password of the desk's keys.", "none: asked for")
    desk_password_file: str = _setting("", "File that holds this password.", "none: asked for")
    keystore_cost: int = _setting(
        2**17, "Cost of guessing a desk's password (scrypt's N, a power of two), for keys made from now on."
    )
    log_level: str = _setting("info", "Least level that is logged: `debug`, `info`, `warning` or `error`.")

    def __post_init__(self) -> None:
        if self.keystore_cost < 2 or self.keystore_cost.bit_count() != 1:
            raise SettingInvalid("DUEBILL_KEYSTORE_COST", str(self.keystore_cost), "a power of two")
        if self.log_level not in _LEVELS:
            raise SettingInvalid("DUEBILL_LOG_LEVEL", self.log_level, f"one of {', '.join(_LEVELS)}")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment; what is absent or empty has its default. Raises SettingInvalid."""
        given: dict[str, Any] = {
            field.name: _parse(name, field.type, found)
            for field in dataclasses.fields(cls)
            if (found := environment.get(name := _PREFIX + field.name.upper(), ""))
        }
        settings = cls(**given)
        return dataclasses.replace(settings, home=settings.home.expanduser().absolute())


def _parse(name: str, kind: object, text: str) -> object:
    if kind is Path:
        return Path(text)
    if kind is int:
        if not text.isdecimal():
            raise SettingInvalid(name, text, "a whole number")
        return int(text)
    return text


def as_markdown() -> str:
    """The page docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Read from the environment when a command starts. Made from ledger/settings.py by `scripts/fix`.",
        "",
        "| name | meaning | default |",
        "|---|---|---|",
    ]
    for field in dataclasses.fields(Settings):
        shown = field.metadata["shown"] or f"`{field.default}`"
        lines.append(f"| `{_PREFIX}{field.name.upper()}` | {field.metadata['meaning']} | {shown} |")
    return "\n".join(lines) + "\n"
