"""A debtor's look before it signs: the sealed files, its own reading of them, uses on chain, exposure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from api.cli.packets import opened_packets
from api.cli.proposing import chain_time
from api.cli.told import Refused
from api.cli.work import Work
from api.schemas.drafts import Draft as DraftAnswer
from ledger.desk.comparing import Comparison, Debtor, compare
from ledger.desk.duplicates import Known, duplicates
from ledger.desk.errors import Stopped
from ledger.desk.packets import PROOFS, REQUEST, Offered, invoices_of_request, proofs_of_packet
from ledger.desk.sellers import ids_of_text, load_register
from ledger.domain.acts import Confirm, Terms, Use
from ledger.domain.drafts import Draft
from ledger.domain.ids import NO_TRADE, ChainTime, Tag, digest_of_text, digest_text
from ledger.domain.places import due_date
from ledger.domain.tags import TagProof
from ledger.domain.units import Amount, Currency, Place, grouped_text


@dataclass(frozen=True)
class Look:
    """What the debtor's desk found. proofs: the maker's, where it has left them."""

    terms: Terms
    comparison: Comparison
    proofs: tuple[TagProof, ...] | None


def is_debtor(work: Work, draft: Draft) -> bool:
    """Whether this party is asked to confirm by this draft."""
    return draft.kind == "confirm" and terms_of(draft).debtor == work.desk.party


def terms_of(draft: Draft) -> Terms:
    """The terms of a confirmation, wherever they stand in it."""
    confirm = draft.messages.get("confirm")
    found = confirm.terms if isinstance(confirm, Confirm) else draft.act("terms")
    assert isinstance(found, Terms)
    return found


def look(work: Work, answer: DraftAnswer, draft: Draft) -> Look:
    """Opens what was sealed with the draft and compares it with the terms. Raises what `compare` raises, PacketUnreadable."""
    terms = terms_of(draft)
    offered: tuple[Offered, ...] | None = None
    proofs = None
    for sender, content in opened_packets(work, answer.sealed):
        if sender == terms.creditor and content.get("duebill") == REQUEST:
            offered = invoices_of_request(content)
        elif sender == work.desk.number and content.get("duebill") == PROOFS:
            proofs = proofs_of_packet(content)
    if offered is None:
        raise Refused("packet-unreadable", "The creditor has shown no invoices with this draft.")
    today = civil_day(work, terms.place)
    return Look(terms, compare(terms, offered, debtor(work), today), proofs)


def debtor(work: Work) -> Debtor:
    """This party as a debtor: number, ids, seller register."""
    desk = work.desk
    return Debtor(desk.number, ids_of_text(",".join(desk.ids)), load_register(desk.folder))


def civil_day(work: Work, place: Place) -> date:
    """Today by the chain's time at the place of payment."""
    return due_date(ChainTime(int(chain_time(work).timestamp())), place) + timedelta(days=1)


def tell_look(work: Work, found: Look) -> None:
    """What was read, and what is to be known, before anybody signs."""
    currency = found.terms.currency
    work.say("Read from the sealed files:")
    for each in found.comparison.invoices:
        work.say(
            f"  {each.invoice.number} of {each.seller.name}, {each.invoice.issue_date}: payable "
            f"{grouped_text(each.payable, currency)}, used {grouped_text(each.amount, currency)} {currency}"
        )
    for code, detail in {**found.comparison.cautions, **_trade_caution(work, found.terms)}.items():
        work.say(f"  note ({code}): {detail}")
    for code, detail in found.comparison.stops.items():
        work.say(f"  STOP ({code}): {detail}")
    for line in exposure_lines(work, found.terms.debtor, currency):
        work.say(line)


def told_duplicates(work: Work, uses: Sequence[Use], currency: Currency) -> dict[str, str]:
    """Looks every tag up on the chain and tells what is used up; by code."""
    found = duplicates(uses, known_uses(work, uses), currency)
    for code, detail in found.items():
        work.say(f"  STOP ({code}): {detail}")
    if not found:
        work.say("  None of these invoices is used up on the chain.")
    return found


def check_stops(
    stops: Mapping[str, str], duplicated: Mapping[str, str], release: Sequence[str], *, despite: bool
) -> None:
    """Raises Stopped with all that nobody has answered for. despite: duplicates are signed all the same."""
    left = {code: detail for code, detail in stops.items() if code not in release}
    left |= {} if despite else duplicated
    if left:
        raise Stopped(left)


def known_uses(work: Work, uses: Sequence[Use]) -> dict[Tag, Known]:
    """What the chain holds of these tags, by the head."""
    tags = [digest_text(each.tag) for each in uses]
    page = work.service.invoice_uses(debtor=work.desk.number, tag=tags, as_of="head")
    return {
        Tag(digest_of_text(each.tag)): Known(Amount(int(each.used)), Amount(int(each.total)))
        for each in page.items
    }


def exposure_lines(work: Work, party: int, currency: str) -> list[str]:
    """What the debtor owes already."""
    items: list[Any] = [each for each in work.service.exposure(party).items if each.currency == currency]
    if not items:
        return [f"  Exposure: nothing is owed in {currency} yet."]
    owed = sum(int(each.owed.minor) for each in items)
    rows = ", ".join(f"party {each.creditor}: {each.owed.text}" for each in items)
    return [f"  Exposure: {grouped_text(owed, Currency(currency))} {currency} is owed already ({rows})."]


def _trade_caution(work: Work, terms: Terms) -> dict[str, str]:
    if terms.trade == NO_TRADE:
        return {"unmatched": "no trade stands behind it"}
    trade = work.service.trade(digest_text(terms.trade))
    left = int(trade.received.minor) - int(trade.drawn.minor)
    if terms.face <= left:
        return {}
    asked, free = grouped_text(terms.face, terms.currency), grouped_text(left, terms.currency)
    return {"above-received": f"{asked} are asked for, {free} of what was received are left"}
