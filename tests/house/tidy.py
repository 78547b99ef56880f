"""The rules of the house that no ready-made tool checks; each finder says where a rule is broken and why it stands."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_SCRIPT = 40
# Files that a program writes; nobody reads them by line.
GENERATED = (
    "requirements/",
    "package-lock.json",
    "ledger/chain/artefacts/",
    "docs/openapi",
    "api/client/generated",
)
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "base", "misc"}

# Written so that this file does not break its own rule.
_REGISTRY_HOST = re.compile(r"\b(?:pypi|npmjs|pythonhosted|yarnpkg|debian)\.(?:org|com|net)\b", re.IGNORECASE)
_MACHINE_PATH = re.compile(r"(?<![\w.)}*])/(?:root|work|home/\w+)/")
_UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")


@dataclass(frozen=True)
class Breach:
    """A rule that a file breaks, with the line."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


def files(*endings: str) -> list[Path]:
    """The files of this checkout that are, or could be, committed; generated ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = sorted(set(listed.stdout.split("\0")) - {""})
    wanted = (name for name in names if not endings or name.endswith(endings))
    return [ROOT / name for name in wanted if not name.startswith(GENERATED) and (ROOT / name).is_file()]


def long_files(name: str, text: str) -> Iterator[Breach]:
    """A file holds one idea; a reader should not need a map of it."""
    lines = len(text.splitlines())
    if lines > LONGEST_FILE:
        yield Breach(
            name, LONGEST_FILE + 1, f"{lines} lines; {LONGEST_FILE} is the most: give a part its own file"
        )


def long_functions(name: str, text: str) -> Iterator[Breach]:
    """A function fits on a screen."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield Breach(
                    name, node.lineno, f"{node.name} has {lines} lines; {LONGEST_FUNCTION} is the most"
                )


def vague_names(name: str, text: str) -> Iterator[Breach]:
    """A name says what is inside, in the words of docs/words.md."""
    for part in Path(name).parts:
        if Path(part).stem.lower() in VAGUE_NAMES:
            yield Breach(name, 1, f"{part} names nothing: call it after what it holds")
    if name.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and re.search(r"(?:Utils?|Helpers?|Manager|Misc)$", node.name):
                yield Breach(
                    name, node.lineno, f"class {node.name} names nothing: call it after what it does"
                )


def foreign_places(name: str, text: str) -> Iterator[Breach]:
    """Locks and scripts work wherever packages come from and wherever the checkout lies."""
    for number, line in enumerate(text.splitlines(), 1):
        if _REGISTRY_HOST.search(line):
            yield Breach(name, number, "names the host of a package registry")
        if _MACHINE_PATH.search(line):
            yield Breach(name, number, "names a folder of one machine")


def unfinished(name: str, text: str) -> Iterator[Breach]:
    """What is left to do is an issue, not a comment."""
    for number, line in enumerate(text.splitlines(), 1):
        if _UNFINISHED.search(line):
            yield Breach(name, number, "marks something unfinished")


def unlike_drawer(name: str, text: str) -> Iterator[Breach]:
    """The `__init__` of a drawer says from where, to where, and what it may import; nothing else."""
    lines = text.splitlines()
    starts = ('"""From: ', "To: ", "May import: ")
    fits = len(lines) == len(starts) and all(map(str.startswith, lines, starts)) and lines[-1].endswith('"""')
    if not fits:
        yield Breach(name, 1, "is not the three lines From, To, May import")


def reads_environment(name: str, text: str) -> Iterator[Breach]:
    """Settings come from the edge as arguments, so a reader of a function sees what it depends on."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}:
            yield Breach(name, node.lineno, "reads the environment: take the value as an argument")


def commits(name: str, text: str) -> Iterator[Breach]:
    """One batch or command, one transaction, one commit, in a place that everybody knows."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield Breach(name, node.lineno, "commits: leave that to the edge of the transaction")
