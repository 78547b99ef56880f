"""What a person should know before signing a draft, though it may still come right: each as code,
sentence and values."""

from collections.abc import Iterator

from ledger.domain.acts import Act, Confirm, Terms, Transfer
from ledger.domain.errors import NotFound
from ledger.domain.ids import NO_TRADE, digest_text
from ledger.queries.facts import StoredFacts
from ledger.queries.written import Answer


def cautions(acts: list[Act], facts: StoredFacts) -> list[Answer]:
    """Cautions on the messages of one draft."""
    return [each for act in acts for each in _of(act, facts)]


def _of(act: Act, facts: StoredFacts) -> Iterator[Answer]:
    match act:
        case Confirm():
            yield from _used_invoices(act, facts)
        case Terms():
            yield from _drawn(act, facts)
        case Transfer() if act.recourse:
            yield _caution("with-recourse", "The receiver may claim from the assignor.", party=act.from_)
        case _:
            return


def _used_invoices(act: Confirm, facts: StoredFacts) -> Iterator[Answer]:
    for each in act.uses:
        known = facts.invoice_use(act.terms.debtor, each.tag)
        if known is None:
            continue
        remaining = known.total - known.used
        values = {"tag": digest_text(each.tag), "wanted": str(each.amount), "remaining": str(remaining)}
        if each.amount > remaining:
            yield _caution(
                "invoice-exhausted", "The invoice is used up for more than is wanted here.", **values
            )
        else:
            yield _caution("invoice-used", "A part of the invoice is used already.", **values)


def _drawn(act: Terms, facts: StoredFacts) -> Iterator[Answer]:
    if act.trade == NO_TRADE:
        yield _caution("unmatched", "No trade stands behind this receivable.")
        return
    try:
        trade = facts.trade_row(act.trade)
    except NotFound:
        return
    if trade.drawn + act.face > trade.received:
        yield _caution(
            "above-received",
            "More would be drawn than the buyer has received.",
            wanted=str(trade.drawn + act.face),
            received=str(trade.received),
        )


def _caution(code: str, detail: str, **fields: object) -> Answer:
    return {"code": code, "detail": detail, "fields": fields}
