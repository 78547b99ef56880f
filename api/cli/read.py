"""`duebill read`: one JSON object a line for each invoice file; no chain, no database."""

import json
import re
import sys
from datetime import datetime
from pathlib import Path

import click

from ledger.documents.invoices.model import Invoice, InvoiceRefused, Party
from ledger.documents.invoices.read import read_invoice_file

# An invoice is a stranger's text: what would steer a terminal or reorder what is read is shown as an escape.
# Lone surrogates stand for bytes of a file name that are no UTF-8.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="Day by which an invoice is past due, YYYY-MM-DD. Default: this machine's date.",
)
def read(files: tuple[Path, ...], today: datetime | None) -> None:
    """Read invoice files and say what each one owes.

    Prints one JSON object a line for each FILE (UBL 2.1 Invoice or CreditNote): number, dates, amounts,
    parties, and `objections`, the reasons why it must not be confirmed without a closer look. A file that is
    no invoice that can be read gives `file` and `refused` with the reason.

    Exit status: 0 when every file was read, 1 when any was refused.

    Example: duebill read invoice.xml --today 2026-03-16
    """
    day = today.date() if today else datetime.now().astimezone().date()
    refused = False
    for file in files:
        try:
            answer = {"file": str(file), **_answer(read_invoice_file(file, day))}
        except InvoiceRefused as reason:
            refused = True
            answer = {"file": str(file), "refused": str(reason)}
        click.echo(_line(answer))
    sys.exit(1 if refused else 0)


def _answer(invoice: Invoice) -> dict[str, object]:
    return {
        "number": invoice.number,
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "payment_terms": invoice.payment_terms,
        "type_code": invoice.type_code,
        "currency": invoice.currency,
        "total": invoice.total,
        "prepaid": invoice.prepaid,
        "payable": invoice.payable,
        "seller": _party(invoice.seller),
        "buyer": _party(invoice.buyer),
        "payee": _party(invoice.payee) if invoice.payee else None,
        "order_reference": invoice.order_reference,
        "objections": list(invoice.objections),
    }


def _party(party: Party) -> dict[str, str | None]:
    return {
        "name": party.name,
        "legal_id": party.legal_id,
        "vat_id": party.vat_id,
        "electronic_id": party.electronic_id,
    }


def _line(answer: dict[str, object]) -> bytes:
    """The object as one line of UTF-8, whatever the terminal's locale."""
    text = json.dumps(answer, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
