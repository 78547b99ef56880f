"""The second person's look at an issue, and its signature."""

from collections.abc import Iterator, Sequence

from api.cli.debtor import check_stops, civil_day, debtor, told_duplicates
from api.cli.packets import opened_packets
from api.cli.told import Refused
from api.cli.work import Work
from ledger.desk.checking import check_uses
from ledger.desk.comparing import Comparison, compare
from ledger.desk.errors import OtherMessage
from ledger.desk.issuing import check_whole, summed
from ledger.desk.packets import SupplierLeaf
from ledger.desk.tag_key import believed_key, public_pem
from ledger.domain.acts import Confirm, Issue, digest, from_message
from ledger.domain.ids import digest_of_text, digest_text
from ledger.domain.summaries import Known, summary_of
from ledger.domain.units import grouped_text

LABEL = "issue {}"
"""By which the maker's packets to the own party are found again."""
_MOST_PAGES = 40


def sign_issue(work: Work, name: str, *, release: Sequence[str], despite: bool) -> None:
    """Reads every payable again, verifies tags and root, and signs the issue as the persons of --as."""
    answer = work.service.issue(name)
    issue = from_message("Issue", answer.issue)
    assert isinstance(issue, Issue)
    wanted = digest(issue, work.pin.domain())
    if digest_text(wanted) != name.lower():
        raise OtherMessage("issue", digest_text(wanted), name)
    left = [SupplierLeaf.of_packet(content) for _, content in opened_packets(work, _own_packets(work, name))]
    leaves = list({each.supplier: each for each in left}.values())
    if not leaves:
        raise Refused(
            "packet-unreadable", "The first person has left nothing to be looked at for this issue."
        )
    check_whole(issue, leaves)
    tell_issue(work, issue, leaves)
    stops = tell_stops(work, _looks(work, leaves))
    uses = summed(use for leaf in leaves for each in leaf.payables for use in each.uses)
    check_stops(stops, told_duplicates(work, uses, issue.currency), release, despite=despite)
    work.agree(f"Sign as {' and '.join(work.persons)}?")
    for person in work.persons:
        key = work.desk.key(person, work.passwords)
        proof = {"signer": key.address, "proof": "0x" + key.sign_digest(wanted).hex()}
        answer = work.service.sign_issue(name, proof, work.key())
    state = "complete: the suppliers see it now" if answer.complete else "a second person still has to sign"
    work.answer({"issue": name, "complete": answer.complete}, f"Issue {name}: {state}.")


def tell_issue(work: Work, issue: Issue, leaves: Sequence[SupplierLeaf]) -> None:
    """The issue in words, and its payables one by one."""
    summary = summary_of(issue, Known())
    work.say(summary.zh if work.lang == "zh" else summary.en)
    for leaf in leaves:
        for each in leaf.payables:
            names = ", ".join(one.document.name for one in each.invoices)
            work.say(f"  party {leaf.supplier}: {grouped_text(each.terms.face, issue.currency)} ({names})")


def tell_stops(work: Work, looks: Sequence[Comparison]) -> dict[str, str]:
    """All that stops, told; by code."""
    stops: dict[str, str] = {}
    for comparison in looks:
        for code, detail in comparison.stops.items():
            work.say(f"  STOP ({code}): {detail}")
            stops[code] = f"{stops[code]}; {detail}" if code in stops else detail
    return stops


def _looks(work: Work, leaves: Sequence[SupplierLeaf]) -> list[Comparison]:
    """Every payable compared with its invoices, and its tags verified with the public key alone."""
    record = work.service.party(work.desk.number)
    pem = public_pem(work.desk) or (record.card.tag_public_key if record.card else None)
    key = believed_key(pem, digest_of_text(record.tag_key))
    looks = []
    for leaf in leaves:
        for each in leaf.payables:
            today = civil_day(work, each.terms.place)
            comparison = compare(each.terms, each.invoices, debtor(work), today)
            check_uses(Confirm(each.terms, each.uses), comparison.invoices, each.proofs, key)
            looks.append(comparison)
    return looks


def _own_packets(work: Work, name: str) -> list[str]:
    return list(_labelled(work, LABEL.format(name.lower())))


def _labelled(work: Work, label: str) -> Iterator[str]:
    """Packets of this party to itself with this label, oldest first."""
    cursor: str | None = None
    found: list[str] = []
    for _ in range(_MOST_PAGES):
        page = work.service.packets(box="sent", limit=500, cursor=cursor)
        found += [each.id for each in page.items if each.label == label and each.to == work.desk.number]
        cursor = page.next
        if cursor is None:
            break
    yield from reversed(found)
