"""Every command explains itself and costs a party's desk nothing that it does not use."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from api.cli.main import SECTIONS, cli

DESK_SECTIONS = ("A party's desk", "Trades and debts", "Pieces and money")


def commands() -> list[list[str]]:
    """Every command and subcommand that is there, as it is typed."""
    found = []
    for section in DESK_SECTIONS:
        for name in SECTIONS[section]:
            found += [[name], *_below(cli.get_command(click.Context(cli), name), [name])]
    return found


def _below(command: click.Command | None, words: list[str]) -> list[list[str]]:
    if not isinstance(command, click.Group):
        return []
    found = []
    for name, each in command.commands.items():
        found += [[*words, name], *_below(each, [*words, name])]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_each_command_says_what_it_does_and_how(words: list[str]) -> None:
    shown = CliRunner().invoke(cli, [*words, "--help"])
    assert shown.exit_code == 0
    is_group = "COMMAND [ARGS]" in shown.output
    assert is_group or f"Example: duebill {' '.join(words)}" in shown.output, shown.output


def test_the_list_names_every_command_with_a_line() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    for section, listed in SECTIONS.items():
        assert section in shown
        for name, (_, _, line) in listed.items():
            assert name in shown and line in " ".join(shown.split())


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(cli, ["confrim"]).exit_code == 2


def test_a_desk_needs_neither_web3_nor_the_database(checkout: Path) -> None:
    program = (
        "import sys, click\n"
        "from api.cli.main import SECTIONS, cli\n"
        f"for section in {DESK_SECTIONS!r}:\n"
        "    for name in SECTIONS[section]:\n"
        "        cli.get_command(click.Context(cli), name)\n"
        "print([each for each in ('web3', 'sqlalchemy', 'psycopg', 'fastapi', 'eth_account') if each in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=checkout, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
