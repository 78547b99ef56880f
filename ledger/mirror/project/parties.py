"""Events of Parties, and those of the ledger whose subject is a party."""

from typing import Any

from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.letters import letters


def party_admitted(book: Changes, at: At, party: int, _act: str, *record: Any) -> None:
    """The public record, as it stands."""
    book.set("party", (party,), at, record)


def person_enrolled(book: Changes, at: At, party: int, _act: str, person: int, commitment: str) -> None:
    """A person of the party, by commitment."""
    book.set("person", (party, person), at, (commitment,))


def signer_enrolled(
    book: Changes,
    at: At,
    party: int,
    _act: str,
    signer: str,
    kind: int,
    person: int,
    powers: int,
    active: int,
) -> None:
    """A key that acts for a person."""
    book.set("signer", (signer,), at, (party, kind, person, powers, active))


def limit_set(
    book: Changes, at: At, party: int, _act: str, signer: str, currency: str, power: int, act: int, day: int
) -> None:
    """What a signer may bind alone, in one act and on one day."""
    book.set("signer_limit", (signer, letters(currency), power), at, (party, act, day))


def guardian_named(book: Changes, at: At, party: int, _act: str, guardian: str) -> None:
    """Who may start a recovery."""
    book.set("guardian", (party, guardian), at, (True,))


def payables_issued(
    book: Changes, at: At, party: int, act: str, root: str, currency: str, count: int, total: int, *rest: int
) -> None:
    """The text of an issue, whose digest is the act; told once, with its first acceptance."""
    last_due_at, rules, deadline = rest
    values = (party, root, letters(currency), count, total, last_due_at, rules, deadline, 0, 0)
    book.set("issue", (act,), at, values)


def payables_taken(
    book: Changes, at: At, _party: int, _act: str, issue: str, taken: int, taken_total: int
) -> None:
    """How much of an issue is taken now."""
    book.change("issue", (issue,), at, taken=taken, taken_total=taken_total)


def quote_filled(book: Changes, at: At, party: int, _act: str, quote: str, filled: int) -> None:
    """How much of a quote is filled now."""
    book.set("quote_fill", (quote,), at, (party, filled))


def cap_used(
    book: Changes,
    at: At,
    party: int,
    _act: str,
    signer: str,
    currency: str,
    power: int,
    day: int,
    amount: int,
) -> None:
    """What a signer has bound on a day."""
    book.set("cap", (signer, letters(currency), power), at, (party, day, amount))


def party_credited(book: Changes, at: At, party: int, _act: str, token: str, credit: int) -> None:
    """What the ledger owes the party in a token."""
    book.set("credit", (party, token), at, (credit,))


def act_revoked(book: Changes, at: At, party: int, act: str, digest: str, leaf: str) -> None:
    """A signature taken back."""
    book.add("revocation", at, act, party, digest, leaf)
