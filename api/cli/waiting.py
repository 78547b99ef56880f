"""Waiting until an operation is final, with its status shown to a person who watches."""

import time

import click

from api.cli.told import Refused, is_terminal
from api.cli.work import Work
from api.client.errors import ServiceRefused
from api.schemas.operations import Operation

LONGEST_SECONDS = 300
_ASK_SECONDS = 20
_ENDED = ("final", "failed", "expired")


def wait_until_final(work: Work, operation: str, wanted: str = "final") -> Operation:
    """The operation once it is final (or mined, where that is wanted).

    Raises ServiceRefused with the contract's reason where it failed, Refused where it expired or takes too long.
    """
    end = time.monotonic() + LONGEST_SECONDS
    while True:
        found = work.service.operation(operation, wait=wanted, timeout=_ASK_SECONDS)
        _show(found)
        if found.status in _ENDED or (wanted == "mined" and found.status == "mined"):
            return _ended(found)
        if time.monotonic() > end:
            raise Refused("still-waiting", f"operation {operation} is {found.status}", operation=operation)


def _ended(found: Operation) -> Operation:
    if found.status in ("failed", "expired"):
        if found.error is not None:
            raise ServiceRefused(found.error)
        raise Refused("operation-failed", f"operation {found.id} has {found.status}", operation=found.id)
    return found


def _show(found: Operation) -> None:
    if is_terminal():
        where = f" in block {found.block}" if found.block is not None else ""
        click.echo(f"\r{found.status}{where}…   ", nl=found.status in _ENDED, err=True)
