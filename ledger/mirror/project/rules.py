"""Events of Rules."""

from typing import Any

from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.letters import letters


def rules_published(book: Changes, at: At, version: int, *rules: Any) -> None:
    """A version of the rules, open to new receivables."""
    book.set("rules", (version,), at, (*rules, False))


def currency_allowed(
    book: Changes, at: At, version: int, currency: str, token: str, scale: int, smallest: int, largest: int
) -> None:
    """How a currency is paid under a version."""
    book.set("currency_rule", (version, letters(currency)), at, (token, scale, smallest, largest))


def closed_to_new(book: Changes, at: At, version: int, closed: bool) -> None:
    """Whether a version takes new receivables."""
    book.change("rules", (version,), at, closed=closed)
