"""`duebill verify`: is what SQL says what the chain says?"""

import json
import os
import sys
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from api.cli.stores import Stores, stores
from ledger.audit.verify import NotComparable, Report
from ledger.audit.verify import verify as compare
from ledger.domain.errors import DuebillError
from ledger.settings import Settings
from ledger.sql.engine import Database

_SHOWN = 200
_TRIES = 3


@click.command()
@click.option("--block", type=click.IntRange(min=0), help="As of this block. Default: the last one stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def verify(block: int | None, as_json: bool) -> None:
    """Compare every projection and journal in SQL with the contracts' storage at one block.

    Each row is held to what the contracts answer at that block, and to what the stored events make when they are
    replayed through the executable specification (ledger/domain/book.py).

    Exit status: 0 when SQL equals the chain, 1 with a list of differences, 2 when it could not compare.

    Example: duebill verify
    """
    settings = Settings.read(os.environ)
    try:
        found = stores(settings)
        report = _compared(found, block, quiet=as_json)
    except click.ClickException as missing:
        _fail(missing.message)
    except DBAPIError as failed:
        _fail(f"the database cannot be used: {failed.orig}")
    except (DuebillError, SQLAlchemyError, OSError) as failed:
        _fail(str(failed))
    _print(report, as_json=as_json)
    sys.exit(1 if report.differences else 0)


def _compared(found: Stores, block: int | None, *, quiet: bool) -> Report:
    """Tries again where the stored head was taken back by the chain in between."""
    database = Database(found.database)
    for attempt in range(_TRIES):
        try:
            with database.read() as read:
                return compare(read, found.rpc, found.deployment, _silent if quiet else _tell, block)
        except NotComparable:
            if block is not None or attempt == _TRIES - 1:
                raise
    raise AssertionError("the last attempt answers or raises")


def _tell(what: str, rows: int) -> None:
    if rows:
        click.echo(f"  {what}: {rows}", err=True)


def _silent(_what: str, _rows: int) -> None:
    pass


def _print(report: Report, *, as_json: bool) -> None:
    found = [str(each) for each in report.differences]
    if as_json:
        answer = {
            "block": report.block,
            "block_hash": f"0x{report.block_hash.hex()}",
            "rows": report.rows,
            "events": report.events,
            "differences": found,
            "verified": not found,
        }
        click.echo(json.dumps(answer))
        return
    for line in found[:_SHOWN]:
        click.echo(line)
    if len(found) > _SHOWN:
        click.echo(f"… and {len(found) - _SHOWN} more")
    rows = sum(report.rows.values())
    click.echo(f"block {report.block}: {rows} rows, {report.events} events, {len(found)} differences")


def _fail(reason: str) -> NoReturn:
    click.echo(f"could not compare: {reason}", err=True)
    sys.exit(2)
