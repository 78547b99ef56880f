"""A debtor's list of what it wants to issue: JSON, or CSV with a heading; each row names invoice files of one payable.

JSON: `[{"file": "a.xml", "amount": "130000.00", "due": "2026-06-30", "place": "DE", "trade": "0x…"}]`, or with several invoices
behind one payable `"invoices": ["a.xml", {"file": "b.xml", "amount": "1.00"}]` in place of `file` and `amount`.
CSV:  `file,amount,due,place,trade` with one invoice a row. Only the file is needed: the amount is then all that is payable,
the due date that of the invoice, the supplier whoever the seller register says.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.domain.errors import BadField
from ledger.domain.ids import NO_TRADE, TradeId, digest_of_text
from ledger.domain.units import Place

MAX_ROWS = 1000
_COLUMNS = {"file", "amount", "due", "place", "trade"}


@dataclass(frozen=True)
class ListedInvoice:
    """A file, relative to the list, and the amount used of it as text; None is all of it."""

    file: str
    amount: str | None


@dataclass(frozen=True)
class ListedPayable:
    """One payable as the list wants it. due: None is the invoices' own."""

    invoices: tuple[ListedInvoice, ...]
    due: date | None
    place: Place
    trade: TradeId


def read_list(data: bytes, *, is_csv: bool) -> list[ListedPayable]:
    """The rows of a list. Raises BadField, naming the row."""
    try:
        text = data.decode("utf-8-sig")
        rows = _csv_rows(text) if is_csv else json.loads(text)
    except (ValueError, csv.Error) as wrong:
        raise BadField("list", str(wrong)[:120], "UTF-8 with rows of payables") from None
    if not isinstance(rows, list) or not 0 < len(rows) <= MAX_ROWS:
        raise BadField("list", type(rows).__name__, f"1 to {MAX_ROWS} payables")
    return [_payable(at, row) for at, row in enumerate(rows, 1)]


def _csv_rows(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for row in csv.DictReader(io.StringIO(text)):
        if None in row or set(row) - _COLUMNS:
            raise BadField(
                "list", ", ".join(map(str, row))[:120], "columns of " + ", ".join(sorted(_COLUMNS))
            )
        rows.append({name: value for name, value in row.items() if value})
    return rows


def _payable(at: int, row: Any) -> ListedPayable:
    path = f"row {at}"
    if (
        not isinstance(row, Mapping)
        or set(row) - _COLUMNS - {"invoices"}
        or ("file" in row) == ("invoices" in row)
    ):
        raise BadField(path, str(row)[:80], "file or invoices, and amount, due, place, trade")
    invoices = row["invoices"] if "invoices" in row else [{"file": row["file"], "amount": row.get("amount")}]
    if not isinstance(invoices, list) or not invoices:
        raise BadField(f"{path}: invoices", str(invoices)[:40], "a list of files")
    try:
        due = date.fromisoformat(row["due"]) if row.get("due") else None
    except (TypeError, ValueError):
        raise BadField(f"{path}: due", str(row["due"])[:40], "a date as 2026-06-30") from None
    trade = TradeId(digest_of_text(str(row["trade"]))) if row.get("trade") else NO_TRADE
    place = Place(str(row.get("place") or "DE"))
    return ListedPayable(tuple(_invoice(path, each) for each in invoices), due, place, trade)


def _invoice(path: str, found: Any) -> ListedInvoice:
    if isinstance(found, str) and found:
        return ListedInvoice(found, None)
    if isinstance(found, Mapping) and isinstance(found.get("file"), str) and found["file"]:
        amount = found.get("amount")
        if amount is None or isinstance(amount, str):
            return ListedInvoice(found["file"], amount)
    raise BadField(f"{path}: invoice", str(found)[:80], "a file, or an object with file and amount (as text)")
