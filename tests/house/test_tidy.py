"""The checkout keeps the rules of the house, and each rule can be broken."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import tidy
from tests.house.tidy import Breach

Finder = Callable[[str, str], Iterator[Breach]]

CODE = (".py", ".sol", ".mjs", ".js", ".ts", ".sh")
TEXT = (
    *CODE,
    ".md",
    ".toml",
    ".yaml",
    ".json",
    ".in",
    ".ini",
    ".html",
    "scripts/setup",
    "scripts/test",
    "scripts/demo",
)
# Where a transaction ends: the mirror's batch, a request, a command, one step of the relay.
COMMITTING = {"ledger/mirror/write.py"}

RULES: list[tuple[Finder, tuple[str, ...], tuple[str, ...]]] = [
    (tidy.long_files, CODE, ("",)),
    (tidy.long_functions, (".py",), ("ledger/", "api/", "scripts/", "tests/")),
    (tidy.vague_names, CODE, ("ledger/", "api/", "scripts/", "tests/", "contracts/")),
    (tidy.foreign_places, TEXT, ("",)),
    (tidy.unfinished, CODE, ("",)),
    (tidy.unlike_drawer, ("__init__.py",), ("ledger/", "api/")),
    (tidy.reads_environment, (".py",), ("ledger/",)),
    (tidy.commits, (".py",), ("ledger/", "api/")),
]


@pytest.mark.parametrize(("finder", "endings", "folders"), RULES, ids=[rule[0].__name__ for rule in RULES])
def test_the_checkout_keeps(finder: Finder, endings: tuple[str, ...], folders: tuple[str, ...]) -> None:
    breaches: list[str] = []
    for file in tidy.files(*endings):
        name = file.relative_to(tidy.ROOT).as_posix()
        if name.startswith(folders) and not (finder is tidy.commits and name in COMMITTING):
            breaches += map(str, finder(name, file.read_text(encoding="utf-8")))
    assert not breaches, "\n".join(["", *breaches])


def test_scripts_are_short(checkout: Path) -> None:
    scripts = [file for file in (checkout / "scripts").iterdir() if file.is_file() and not file.suffix]
    assert len(scripts) >= 6
    long = {file.name: len(file.read_text().splitlines()) for file in scripts}
    assert not {name: lines for name, lines in long.items() if lines > tidy.LONGEST_SCRIPT}


@pytest.mark.parametrize(
    ("finder", "name", "text"),
    [
        (tidy.long_files, "ledger/a.py", "\n" * 401),
        (tidy.long_functions, "ledger/a.py", "def long():\n" + "    pass\n" * 50),
        (tidy.vague_names, "ledger/utils.py", ""),
        (tidy.vague_names, "contracts/base/Ledger.sol", ""),
        (tidy.vague_names, "ledger/a.py", "class DraftManager: ..."),
        (tidy.foreign_places, "requirements/a.txt", "--index-url https://" + "pypi" + ".org/simple"),
        (tidy.foreign_places, "package-lock.json", '"resolved": "https://registry.' + "npmjs" + '.org/solc"'),
        (tidy.foreign_places, "scripts/a", "cd /" + "root/duebill"),
        (tidy.unfinished, "ledger/a.py", "# TO" + "DO later"),
        (tidy.unlike_drawer, "ledger/chain/__init__.py", ""),
        (
            tidy.unlike_drawer,
            "ledger/chain/__init__.py",
            '"""From: a.\nTo: b.\nMay import: c."""\nimport os\n',
        ),
        (tidy.reads_environment, "ledger/a.py", "import os\nhome = os.environ['HOME']"),
        (tidy.commits, "ledger/queries/a.py", "session.commit()"),
    ],
)
def test_each_rule_can_be_broken(finder: Finder, name: str, text: str) -> None:
    assert list(finder(name, text))
