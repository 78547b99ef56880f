"""`duebill inbox`: the drafts that this party sees."""

from typing import Any

import click

from api.cli.options import desk_command
from api.cli.work import Work
from api.schemas.drafts import Draft


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Also what is done, refused or withdrawn, and own drafts."
)
@click.option("--kind", help="Only one kind: admit, order, confirm, transfer, …")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@desk_command()
def inbox(work: Work, everything: bool, kind: str | None, limit: int) -> None:
    """Drafts of others that wait for this party, newest first.

    Example: duebill inbox
    """
    status = None if everything else "collecting"
    page = work.service.drafts(box="all" if everything else "inbox", kind=kind, status=status, limit=limit)
    rows = [_row(each) for each in page.items]
    work.answer({"drafts": rows}, *(_line(each, work.lang) for each in rows or [{}]))


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "draft": draft.id,
        "kind": draft.kind,
        "status": draft.status,
        "author": draft.author,
        "summary": draft.summary,
        "missing": [each.model_dump() for each in draft.missing],
        "deadline": draft.deadline.isoformat() if draft.deadline else None,
    }


def _line(row: dict[str, Any], lang: str) -> str:
    if not row:
        return "Nothing waits."
    first = next(iter((row["summary"].get(lang) or row["summary"].get("en") or "").splitlines()), "")
    return f"{row['draft']}  {row['kind']}, {row['status']}, from party {row['author']}: {first}"
