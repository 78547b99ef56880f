"""The readme says the same commands in both languages, and begins with the two that a newcomer needs."""

import re
from pathlib import Path

import pytest


def commands(text: str) -> list[str]:
    """The lines of all blocks of shell commands, without comments, in order."""
    blocks = re.findall(r"^```(?:sh|bash|console|shell)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [
        re.sub(r"\s*#.*", "", line).removeprefix("$ ").strip()
        for block in blocks
        for line in block.splitlines()
    ]
    return [line for line in lines if line]


def test_both_languages_have_the_same_commands(checkout: Path) -> None:
    english = commands((checkout / "README.md").read_text())
    assert english
    assert commands((checkout / "README.zh-CN.md").read_text()) == english


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_it_begins_with_the_two_commands(checkout: Path, name: str) -> None:
    assert [command.split()[0] for command in commands((checkout / name).read_text())][:2] == [
        "scripts/demo",
        "scripts/test",
    ]
