"""Events of a receivable's line: confirmed, paid, returned, invoices used."""

from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.letters import letters

Word = tuple[int, ...]


def receivable_confirmed(
    book: Changes, at: At, receivable: str, act: str, debtor: int, creditor: int, face: int, currency: str,
    due_at: int, place: str, undertaking: int, text: str, trade: str, agent: int, guarantor: int, invoices: str,
    rules: int, issue: str, related: bool,
) -> None:  # fmt: skip
    """The debt begins, and with it its first piece: the whole line, held by the creditor, version 1."""
    book.add(
        "receivable", at, act, receivable, debtor, creditor, face, letters(currency), due_at, letters(place),
        undertaking, text, trade, agent, guarantor, invoices, rules, issue, related, at.time,
    )  # fmt: skip
    book.set("piece", (receivable, 0), at, (creditor, face, 0, 1, 0, 0))
    book.set("level", (receivable,), at, (0, 0, 0, 0))
    book.set("returned", (receivable,), at, (0, 0, 0))
    book.set("last", (receivable,), at, (0, 0, 0))


def invoice_used(
    book: Changes,
    at: At,
    receivable: str,
    act: str,
    debtor: int,
    tag: str,
    amount: int,
    total: int,
    used: int,
) -> None:
    """What the receivable uses of an invoice, and how much of that is used now by all."""
    book.set("invoice_use", (debtor, tag), at, (used, total))
    book.add("receivable_use", at, act, receivable, debtor, tag, amount, total)


def receivable_paid(
    book: Changes, at: At, receivable: str, act: str, rise: int, pulled: int, level: Word, returns: Word
) -> None:
    """A payment by the debtor, and where the line stands now."""
    book.set("level", (receivable,), at, level)
    book.set("returned", (receivable,), at, returns)
    book.add("payment", at, act, receivable, rise, pulled)


def receivable_returned(book: Changes, at: At, receivable: str, act: str, start: int, returns: Word) -> None:
    """A piece came back to the debtor."""
    book.set("returned", (receivable,), at, returns)
    book.add("giving_back", at, act, receivable, start)
