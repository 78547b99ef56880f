"""What to ask the contracts about each row of SQL, and what they have to answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.audit.differences import Key, Row
from ledger.domain.hashing import keccak

SPENT, REVOKED = 1, 2
_NO_LEAF = bytes(32)


@dataclass(frozen=True, slots=True)
class Question:
    """One call. expected: column and value of each part of the answer, in its order; a column "" is not SQL's to know."""

    table: str
    key: Key
    contract: str
    function: str
    arguments: tuple[Any, ...]
    expected: tuple[tuple[str, Any], ...]


Asker = Callable[[Key, Row], Iterator[Question]]
_IGNORED = ("", None)


def _columns(row: Row, *names: str) -> tuple[tuple[str, Any], ...]:
    return tuple((name, row[name]) if name else _IGNORED for name in names)


def _party(key: Key, row: Row) -> Iterator[Question]:
    names = (
        "record", "roles", "sole", "account", "sealing_key", "tag_key", "party_group", "attestor", "evidence"
    )  # fmt: skip
    yield Question("party", key, "Parties", "record", key, _columns(row, *names))


def _person(key: Key, row: Row) -> Iterator[Question]:
    yield Question("person", key, "Parties", "person", key, _columns(row, "commitment"))


def _signer(key: Key, row: Row) -> Iterator[Question]:
    names = ("party", "kind", "person", "powers", "active_from")
    yield Question("signer", key, "Parties", "signer", key, _columns(row, *names))


def _limit(key: Key, row: Row) -> Iterator[Question]:
    arguments = (key[0], code(key[1], 3), key[2])
    yield Question("signer_limit", key, "Parties", "limit", arguments, _columns(row, "per_act", "per_day"))


def _guardian(key: Key, row: Row) -> Iterator[Question]:
    yield Question("guardian", key, "Parties", "guardian", key, _columns(row, "named"))


def _rules(key: Key, row: Row) -> Iterator[Question]:
    names = (
        "source", "effective_from", "tenor_months", "tenor_days", "grace_days", "clearing_seconds", "late_rate_bps",
        "day_count", "unmatched_financeable", "related_financeable", "freezer", "mover",
    )  # fmt: skip
    yield Question("rules", key, "Rules", "ruleSet", key, _columns(row, *names))


def _currency_rule(key: Key, row: Row) -> Iterator[Question]:
    arguments = (key[0], code(key[1], 3))
    names = ("token", "scale", "smallest_piece", "largest_face")
    yield Question("currency_rule", key, "Rules", "currencyRule", arguments, _columns(row, *names))


def _trade(key: Key, row: Row) -> Iterator[Question]:
    names = ("buyer", "seller", "currency", "received", "drawn")
    yield Question("trade", key, "Ledger", "trade", key, _columns(row, *names))


def _receipt(key: Key, row: Row) -> Iterator[Question]:
    person = (row["trade"], row["person"])
    yield Question("receipt", key, "Ledger", "signedReceipt", person, (("person", True),))


def _receivable(key: Key, row: Row) -> Iterator[Question]:
    names = (
        "debtor", "creditor", "face", "due_at", "undertaking", "rules", "agent", "guarantor", "currency",
        "confirmed_at", "related", "trade",
    )  # fmt: skip
    yield Question("receivable", key, "Ledger", "receivable", (number(key[0]),), _columns(row, *names))


def _piece(key: Key, row: Row) -> Iterator[Question]:
    word = packed(
        (row["holder"], 0), (row["length"], 32), (row["paid"], 96), (row["version"], 160), (row["flags"], 192),
        (row["until"], 208),
    )  # fmt: skip
    yield Question("piece", key, "Ledger", "piece", (number(key[0]), key[1]), (("word", word),))


def _standing(table: str, at: int, word: Callable[[Row], int]) -> Asker:
    def ask(key: Key, row: Row) -> Iterator[Question]:
        expected: list[tuple[str, Any]] = [_IGNORED, _IGNORED, _IGNORED]
        expected[at] = ("word", word(row))
        yield Question(table, key, "Ledger", "standing", (number(key[0]),), tuple(expected))

    return ask


def _level_word(row: Row) -> int:
    return packed(
        (row["level"], 0), (row["principal"], 64), (row["interest"], 128), (row["accrued_at"], 192)
    )  # fmt: skip


def _returned_word(row: Row) -> int:
    return packed((row["nominal"], 0), (row["count"], 64), (row["netted"], 96))


def _last_word(row: Row) -> int:
    return packed((row["nominal"], 0), (row["money"], 64), (row["remainder"], 128))


def _invoice_use(key: Key, row: Row) -> Iterator[Question]:
    yield Question("invoice_use", key, "Ledger", "used", key, _columns(row, "used", "total"))


def _issue(key: Key, row: Row) -> Iterator[Question]:
    # Who confirmed is kept for later acceptances; events do not tell it.
    names = ("debtor", "count", "taken", "total", "taken_total", "", "")
    yield Question("issue", key, "Ledger", "issued", key, _columns(row, *names))


def _quote_fill(key: Key, row: Row) -> Iterator[Question]:
    yield Question("quote_fill", key, "Ledger", "filled", key, _columns(row, "filled"))


def _cap(key: Key, row: Row) -> Iterator[Question]:
    arguments = (key[0], code(key[1], 3), key[2])
    yield Question("cap", key, "Ledger", "spentOn", arguments, _columns(row, "day", "amount"))


def _credit(key: Key, row: Row) -> Iterator[Question]:
    yield Question("credit", key, "Ledger", "credit", key, _columns(row, "credit"))


def _revocation(key: Key, row: Row) -> Iterator[Question]:
    leaf = row["leaf"]
    mark = row["digest"] if leaf == _NO_LEAF else keccak(row["digest"] + leaf)
    yield Question("revocation", key, "Ledger", "status", (mark,), (("digest", REVOKED),))
    yield Question("revocation", key, "Ledger", "revoked", (mark, row["party"]), (("party", True),))
    yield from _spent("revocation")(key, row)


def _spent(table: str) -> Asker:
    def ask(key: Key, row: Row) -> Iterator[Question]:
        yield Question(table, key, "Ledger", "status", (row["act"],), (("act", SPENT),))

    return ask


ASKERS: Mapping[str, Asker] = {
    "party": _party,
    "person": _person,
    "signer": _signer,
    "signer_limit": _limit,
    "guardian": _guardian,
    "rules": _rules,
    "currency_rule": _currency_rule,
    "trade": _trade,
    "receipt": _receipt,
    "trade_invoice": _spent("trade_invoice"),
    "receivable": _receivable,
    "level": _standing("level", 0, _level_word),
    "returned": _standing("returned", 1, _returned_word),
    "last": _standing("last", 2, _last_word),
    "piece": _piece,
    "invoice_use": _invoice_use,
    "payment": _spent("payment"),
    "bank_payment": _spent("bank_payment"),
    "issue": _issue,
    "quote_fill": _quote_fill,
    "cap": _cap,
    "credit": _credit,
    "revocation": _revocation,
}
"""By table. What has no storage of its own (cuts, assignments, payouts) is held to the events alone."""


def number(id_: bytes) -> int:
    """A receivable's id as the ABI takes it."""
    return int.from_bytes(id_)


def packed(*parts: tuple[int, int]) -> int:
    """One word of parts and the bits at which they begin."""
    word = 0
    for value, bit in parts:
        word |= value << bit
    return word


def code(letters: str, size: int) -> bytes:
    """The chain's bytes of a currency or place."""
    return bytes.fromhex(letters[2:]) if letters.startswith("0x") else letters.encode().ljust(size, b"\0")
