"""The rows that a book (ledger/domain/book.py) says the tables hold."""

from collections.abc import Iterator

from ledger.audit.differences import Key, Row
from ledger.domain.book import Book, Receivable
from ledger.domain.ids import ReceivableId, address_bytes

Expected = dict[str, dict[Key, Row]]


def expected_rows(book: Book) -> Expected:
    """By table and key. What happened (cut, payout, …) is not in a book: facts.py."""
    found: Expected = {}
    for rows in (_parties(book), _rules(book), _trades(book), _receivables(book), _bound(book)):
        for table, key, row in rows:
            found.setdefault(table, {})[key] = row
    return found


Rows = Iterator[tuple[str, Key, Row]]


def _parties(book: Book) -> Rows:
    for number, party in book.parties.items():
        record = party.record
        yield "party", (number,), {
            "record": record.record, "roles": record.roles, "sole": record.sole,
            "account": address_bytes(record.account), "sealing_key": record.sealing_key, "tag_key": record.tag_key,
            "party_group": record.group, "attestor": record.attestor, "evidence": record.evidence,
        }  # fmt: skip
        for person, commitment in party.persons.items():
            yield "person", (number, person), {"commitment": commitment}
        for address, signer in party.signers.items():
            yield "signer", (address_bytes(address),), {
                "party": number, "kind": signer.kind, "person": signer.person, "powers": signer.powers,
                "active_from": signer.active_from,
            }  # fmt: skip
        for (address, currency, power), (per_act, per_day) in party.limits.items():
            key = (address_bytes(address), currency, power)
            yield "signer_limit", key, {"party": number, "per_act": per_act, "per_day": per_day}
        for guardian in party.guardians:
            yield "guardian", (number, address_bytes(guardian)), {"named": True}


def _rules(book: Book) -> Rows:
    for version, rules in book.rules.items():
        told = rules.rules
        yield "rules", (version,), {
            "source": told.source, "effective_from": told.effective_from, "tenor_months": told.tenor_months,
            "tenor_days": told.tenor_days, "grace_days": told.grace_days, "clearing_seconds": told.clearing_seconds,
            "late_rate_bps": told.late_rate_bps, "day_count": told.day_count,
            "unmatched_financeable": told.unmatched_financeable, "related_financeable": told.related_financeable,
            "freezer": told.freezer, "mover": told.mover, "closed": rules.closed,
        }  # fmt: skip
        for currency, rule in rules.currencies.items():
            yield "currency_rule", (version, currency), {
                "token": address_bytes(rule.token), "scale": rule.scale, "smallest_piece": rule.smallest_piece,
                "largest_face": rule.largest_face,
            }  # fmt: skip


def _trades(book: Book) -> Rows:
    for id_, trade in book.trades.items():
        yield "trade", (id_,), {
            "buyer": trade.buyer, "seller": trade.seller, "currency": trade.currency, "amount": trade.ordered,
            "received": trade.received, "drawn": trade.drawn,
        }  # fmt: skip


def _receivables(book: Book) -> Rows:
    for id_, receivable in book.receivables.items():
        yield from _receivable(receivable_bytes(id_), receivable)


def _receivable(id_: bytes, receivable: Receivable) -> Rows:
    level, returns, last = receivable.level, receivable.returns, receivable.last
    yield "level", (id_,), {
        "level": level.paid_in, "principal": level.principal, "interest": level.interest,
        "accrued_at": level.accrued_at,
    }  # fmt: skip
    yield "returned", (id_,), {"nominal": returns.nominal, "count": returns.count, "netted": returns.netted}
    yield "last", (id_,), {"nominal": last.nominal, "money": last.money, "remainder": last.remainder}
    for start, piece in receivable.pieces.items():
        yield "piece", (id_, start), {
            "holder": piece.holder, "length": piece.length, "paid": piece.paid, "version": piece.version,
            "flags": int(piece.flags), "until": piece.until,
        }  # fmt: skip


def _bound(book: Book) -> Rows:
    for (debtor, tag), use in book.invoices.items():
        yield "invoice_use", (debtor, tag), {"used": use.used, "total": use.total}
    for digest, issue in book.issues.items():
        text = issue.text
        yield "issue", (digest,), {
            "debtor": issue.debtor, "root": text.root, "currency": text.currency, "count": text.count,
            "total": text.total, "last_due_at": text.last_due_at, "rules": text.rules, "deadline": text.deadline,
            "taken": issue.taken, "taken_total": issue.taken_total,
        }  # fmt: skip
    for quote, filled in book.fills.items():
        yield "quote_fill", (quote,), {"filled": filled}
    for (signer, currency, power), (day, amount) in book.caps.items():
        yield "cap", (address_bytes(signer), currency, power), {"day": day, "amount": amount}
    for (party, token), credit in book.credits.items():
        yield "credit", (party, address_bytes(token)), {"credit": credit}


def receivable_bytes(id_: ReceivableId) -> bytes:
    """The 24 bytes under which SQL knows a receivable."""
    return int(id_).to_bytes(24)


def names_of_tables() -> tuple[str, ...]:
    """The tables that a book speaks of."""
    return (
        "party", "person", "signer", "signer_limit", "guardian", "rules", "currency_rule", "trade", "level",
        "returned", "last", "piece", "invoice_use", "issue", "quote_fill", "cap", "credit",
    )  # fmt: skip
