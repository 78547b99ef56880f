"""Nothing lies about that nobody calls: what only tests use counts as unused."""

import tomllib
from pathlib import Path

from vulture.core import Vulture

# Fields and variables are left out: schemas, tables and messages are read by name from outside.
KINDS = {"function", "method", "class", "import", "property", "unreachable_code"}


def unused(*paths: Path) -> dict[str, str]:
    """What is unused below the paths: name, and where it stands."""
    decorators = [
        "@*.command*",
        "@*.group*",
        "@*.get",
        "@*.post",
        "@*.put",
        "@*.delete",
        "@*.exception_handler",
    ]
    # Called by the libraries whose classes we extend.
    overridden = ["format", "process_bind_param", "process_result_value"]
    vulture = Vulture(
        ignore_names=overridden,
        ignore_decorators=[*decorators, "@*.middleware", "@*.validator*", "@field_validator*"],
    )
    vulture.scavenge([str(path) for path in paths], exclude=["*/sql/migrations/*"])
    found = vulture.get_unused_code(min_confidence=60)
    return {item.name: f"{item.filename}:{item.first_lineno}" for item in found if item.typ in KINDS}


def test_everything_is_used_or_listed_with_a_reason(checkout: Path) -> None:
    found = unused(checkout / "ledger", checkout / "api", checkout / "scripts")
    allowed = tomllib.loads((checkout / "tests" / "house" / "called_from_outside.toml").read_text())
    dead = [f"{where}: {name} is not used" for name, where in found.items() if name not in allowed]
    assert not dead, "\n".join(["", *dead])
    stale = [name for name in allowed if name not in found]
    assert not stale, f"called_from_outside.toml lists what is used or gone: {stale}"


def test_an_unused_function_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def used(): ...\ndef forgotten(): ...\nused()\n")
    assert set(unused(tmp_path)) == {"forgotten"}
