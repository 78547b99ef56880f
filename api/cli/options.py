"""Options that the desk's commands share, and what happens around each of them."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from api.cli.told import Refused, problem_of, tell_problem
from api.cli.work import Work
from ledger.settings import SettingInvalid, Settings

Function = Callable[..., Any]

_DESK = click.option("--desk", metavar="DIR", help="Folder of the party's desk. Default: DUEBILL_DESK.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
_LANG = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of summaries."
)
_PASSWORD = click.option(
    "--password-file", type=click.Path(path_type=Path), help="File with the password of the desk's keys."
)
_AS = click.option(
    "--as",
    "persons",
    metavar="PERSON",
    multiple=True,
    help="Who signs, by the name at this desk. Repeatable.",
)
_YES = click.option("--yes", is_flag=True, help="Sign without asking again.")
_NO_WAIT = click.option("--no-wait", is_flag=True, help="Do not wait until the act is final on the chain.")
_DEADLINE = click.option(
    "--days",
    type=click.IntRange(1, 30),
    default=14,
    show_default=True,
    help="For how long it may take effect.",
)


def desk_command(
    *, signs: bool = False, submits: bool = False, proposes: bool = False
) -> Callable[[Function], Function]:
    """Makes a command of a function (work, **own options). signs: --as, --yes; submits: --no-wait; proposes: --days."""
    shared = [_DESK, _JSON, _LANG, _PASSWORD]
    shared += [_AS, _YES] if signs else []
    shared += [_NO_WAIT] if submits else []
    shared += [_DEADLINE] if proposes else []

    def decorate(function: Function) -> Function:
        @click.pass_context
        @functools.wraps(function)
        def command(context: click.Context, /, **given: Any) -> None:
            run_command(function, _work(context, given), given)

        for option in reversed(shared):
            command = option(command)
        return command

    return decorate


def run_command(function: Function, work: Work, given: dict[str, Any]) -> None:
    """Runs it and tells an expected failure in words; exit 1 then."""
    try:
        with work:
            function(work, **given)
    except SettingInvalid as wrong:
        tell_problem(
            {"code": "usage", "title": "A setting is wrong", "detail": str(wrong)}, as_json=work.as_json
        )
        sys.exit(2)
    except click.ClickException:
        raise
    except click.Abort:
        tell_problem(
            {"code": "stopped", "title": "Nothing was signed", "detail": "", "fields": {}},
            as_json=work.as_json,
        )
        sys.exit(1)
    except Exception as failed:  # noqa: BLE001 - problem_of raises again what is no expected failure
        tell_problem(problem_of(failed, work.lang), as_json=work.as_json)
        sys.exit(2 if isinstance(failed, Refused) and failed.problem_code == "usage" else 1)


def _work(context: click.Context, given: dict[str, Any]) -> Work:
    try:
        settings = Settings.read(os.environ)
    except SettingInvalid as wrong:
        raise click.UsageError(str(wrong)) from None
    folder = given.pop("desk") or context.find_root().obj or settings.desk
    return Work(
        folder=Path(folder).expanduser() if folder else None,
        settings=settings,
        as_json=given.pop("as_json"),
        lang=given.pop("lang"),
        password_file=given.pop("password_file"),
        persons=tuple(given.pop("persons", ())),
        yes=given.pop("yes", False),
        wait=not given.pop("no_wait", False),
        days=given.pop("days", 14),
    )
