"""What the chain already holds of the invoices that somebody is about to confirm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.domain.acts import Use
from ledger.domain.ids import Tag
from ledger.domain.units import Amount, Currency, grouped_text


@dataclass(frozen=True)
class Known:
    """An invoice's use so far, minor units."""

    used: Amount
    total: Amount


DUPLICATE = "duplicate"


def duplicates(uses: Sequence[Use], known: Mapping[Tag, Known], currency: Currency) -> dict[str, str]:
    """By code, why the contract would refuse: an invoice that is used up, or was used with another total."""
    found = {}
    for at, use in enumerate(uses, 1):
        before = known.get(use.tag)
        if before is None:
            continue
        left = max(0, before.total - before.used)
        if use.amount > left or use.total != before.total:
            found[f"{DUPLICATE}-{at}" if at > 1 else DUPLICATE] = (
                f"invoice {at} has been used already: {grouped_text(before.used, currency)} of "
                f"{grouped_text(before.total, currency)}; {grouped_text(left, currency)} are left, "
                f"{grouped_text(use.amount, currency)} are asked for"
            )
    return found
