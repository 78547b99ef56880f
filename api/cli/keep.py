"""`duebill import`: reads invoices and keeps them in the desk, with the secret behind their commitments."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from api.cli.options import desk_command
from api.cli.told import Refused
from api.cli.work import Work, file_bytes
from ledger.desk.documents import INVOICE, Document, DocumentStore
from ledger.documents.invoices.model import InvoiceRefused
from ledger.documents.invoices.xml import MAX_BYTES
from ledger.domain.ids import digest_text


@click.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="Day by which an invoice is past due.",
)
@desk_command()
def keep(work: Work, files: tuple[Path, ...], today: datetime | None) -> None:
    """Read invoice FILEs and keep them in the desk. Without files: list what is kept.

    Nothing leaves the desk: others see a commitment only, until `duebill request` seals the file to a debtor.

    Example: duebill import huaxin-0117.xml huaxin-0121.xml
    """
    store = DocumentStore(work.desk.folder / "documents")
    day = today or datetime.now().astimezone()
    found = [store.keep(_read(each)) for each in files] if files else store.all()
    rows = [_row(each, day) for each in found]
    work.answer({"documents": rows}, *(_line(each) for each in rows))


def _read(path: Path) -> Document:
    try:
        return Document.new(path.name, INVOICE, file_bytes(path, MAX_BYTES))
    except InvoiceRefused as refused:
        raise Refused(
            "invoice-refused", f"{path}: {refused}", file=str(path), reason=str(refused.reason)
        ) from None


def _row(document: Document, day: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "commitment": digest_text(document.commitment),
        "file": document.name,
        "kind": document.kind,
    }
    if document.kind == INVOICE:
        read = document.invoice(day.date())
        row |= {
            "number": read.number,
            "payable": read.payable,
            "currency": read.currency,
            "due_date": read.due_date.isoformat() if read.due_date else None,
            "seller": read.seller.name,
            "objections": [str(each) for each in read.objections],
        }
    return row


def _line(row: dict[str, Any]) -> str:
    if row["kind"] != INVOICE:
        return f"{row['commitment'][:18]}…  {row['file']}"
    notes = f"  ! {', '.join(row['objections'])}" if row["objections"] else ""
    return (
        f"{row['commitment'][:18]}…  {row['file']}: {row['number']} of {row['seller']}, {row['payable']} "
        f"{row['currency']}, due {row['due_date'] or 'on no stated day'}{notes}"
    )
