"""`duebill payables`, `accept`: a supplier's side of an issue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import click

from api.cli.options import desk_command
from api.cli.packets import opened_packets
from api.cli.proposing import new_draft, put_up
from api.cli.told import Refused
from api.cli.work import Work
from api.client.errors import ServiceRefused
from api.schemas.issues import Issue as IssueAnswer
from ledger.desk.errors import OtherMessage, Stopped
from ledger.desk.issuing import check_leaf
from ledger.desk.own_invoices import own_view
from ledger.desk.packets import Payable, SupplierLeaf
from ledger.domain.acts import Accept, Issue, digest, from_message
from ledger.domain.drafts import Extra, Leaf, Signature
from ledger.domain.ids import Address, Digest, digest_text, receivable_of_terms, receivable_text
from ledger.domain.units import grouped_text

_NOT_FOUND = 404


@dataclass(frozen=True)
class Received:
    """An issue with this party's leaf of it, both held to what the debtor signed."""

    answer: IssueAnswer
    digest: Digest
    leaf: SupplierLeaf


@click.command()
@click.argument("issue", metavar="[ISSUE]", required=False)
@desk_command()
def payables(work: Work, issue: str | None) -> None:
    """Show the payables that debtors have issued to this party, beside its own invoices.

    Each has a number, by which it is accepted (`duebill accept`) or refused (`duebill refuse ISSUE:N`).

    Example: duebill payables
    """
    found = [received(work, issue)] if issue else list(_all(work))
    value = [
        {"issue": digest_text(each.digest), "debtor": each.answer.debtor, "payables": _rows(work, each)}
        for each in found
    ]
    lines = [line for each in value for line in _lines(each)]
    work.answer({"issues": value}, *(lines or ["Nothing was issued to this party."]))


@click.command()
@click.argument("issue", metavar="ISSUE")
@click.option(
    "--only", metavar="N,N", help="Only these, by number. Default: all that were not refused or taken."
)
@click.option(
    "--release", multiple=True, metavar="CODE", help="`own-invoice`: take what differs from the own invoice."
)
@desk_command(signs=True, submits=True)
def accept(work: Work, issue: str, only: str | None, release: tuple[str, ...]) -> None:
    """Take payables of an issue; they become receivables of this party.

    One that differs from the own invoice, where that is kept here, stops until it is released.

    Example: duebill accept 0x77…b2 --only 1,2,3 --as lin
    """
    found = received(work, issue)
    rows = _rows(work, found)
    numbers = _numbers(only, rows)
    for row in (row for row in rows if row["number"] in numbers):
        work.say(f"  {row['number']}: {row['face']} {row['currency']}, due {row['due']}; {row['own']}")
    differing = [row for row in rows if row["number"] in numbers and row["agrees"] is False]
    if differing and "own-invoice" not in release:
        raise Stopped({"own-invoice": "; ".join(f"{row['number']}: {row['own']}" for row in differing)})
    taken = [found.leaf.payables[at - 1] for at in numbers]
    act = Accept(found.digest, tuple(each.terms for each in taken))
    leaf = Leaf(
        found.leaf.hashes,
        tuple(at - 1 for at in numbers),
        tuple(each.uses for each in taken),
        found.leaf.proof,
    )
    draft = new_draft(work, "accept", {"issue": found.leaf.issue, "accept": act}, Extra(leaf=leaf))
    for each in found.answer.signatures:
        draft = draft.with_signature(
            Signature("issue", Address(each["signer"]), bytes.fromhex(each["proof"][2:]))
        )
    ids = [receivable_text(receivable_of_terms(digest(each.terms, work.pin.domain()))) for each in taken]
    put_up(work, draft, issue=issue, receivables=ids)


def received(work: Work, issue: str) -> Received:
    """This party's leaf of an issue. Raises PacketUnreadable, OtherMessage."""
    return _received(work, work.service.issue(issue))


def payable_hash(work: Work, issue: str, number: int) -> str:
    """What the service knows one payable by. Raises Refused for a number that is none."""
    found = received(work, issue)
    if not 1 <= number <= len(found.leaf.payables):
        raise Refused("usage", f"There are payables 1 to {len(found.leaf.payables)}.")
    return digest_text(found.leaf.hashes[number - 1])


def _all(work: Work) -> Iterator[Received]:
    for each in work.service.issues(box="inbox", limit=500).items:
        if work.desk.number in each.suppliers:
            yield _received(work, each)


def _received(work: Work, answer: IssueAnswer) -> Received:
    issue = from_message("Issue", answer.issue)
    assert isinstance(issue, Issue)
    signed = digest(issue, work.pin.domain())
    if digest_text(signed) != answer.digest.lower():
        raise OtherMessage("issue", digest_text(signed), answer.digest)
    for sender, content in opened_packets(work, answer.sealed):
        if sender != issue.debtor:
            continue
        leaf = SupplierLeaf.of_packet(content)
        check_leaf(leaf, issue)
        if leaf.supplier != work.desk.number:
            raise OtherMessage("leaf", f"of party {leaf.supplier}", f"party {work.desk.number}")
        return Received(answer, signed, leaf)
    raise Refused("packet-unreadable", "The debtor has sealed nothing to this party for this issue.")


def _rows(work: Work, found: Received) -> list[dict[str, Any]]:
    refused = {each.payable.lower(): each.reason for each in found.answer.refusals}
    return [
        _row(work, number, each, refused.get(digest_text(each.hash)))
        for number, each in enumerate(found.leaf.payables, 1)
    ]


def _row(work: Work, number: int, payable: Payable, refused: str | None) -> dict[str, Any]:
    terms = payable.terms
    receivable = receivable_text(receivable_of_terms(digest(terms, work.pin.domain())))
    view = own_view(work.desk.folder, payable)
    status = f"refused: {refused}" if refused else "taken" if _exists(work, receivable) else "open"
    return {
        "number": number,
        "face": grouped_text(terms.face, terms.currency),
        "minor": str(terms.face),
        "currency": terms.currency,
        "due": view.due.isoformat(),
        "invoices": list(view.numbers),
        "own": view.told,
        "agrees": view.agrees,
        "status": status,
        "receivable": receivable,
        "payable": digest_text(payable.hash),
    }


def _exists(work: Work, receivable: str) -> bool:
    try:
        work.service.receivable(receivable, as_of="head")
    except ServiceRefused as refused:
        if refused.problem.status != _NOT_FOUND:
            raise
        return False
    return True


def _lines(issue: Mapping[str, Any]) -> list[str]:
    rows = [
        f"  {row['number']}: {row['face']} {row['currency']}, due {row['due']}, {', '.join(row['invoices'])}: "
        f"{row['status']}; {row['own']}"
        for row in issue["payables"]
    ]
    return [f"Issue {issue['issue']} of party {issue['debtor']}:", *rows]


def _numbers(only: str | None, rows: list[dict[str, Any]]) -> list[int]:
    if only is None:
        chosen = [row["number"] for row in rows if row["status"] == "open"]
    else:
        parts = [each.strip() for each in only.split(",")]
        if not all(each.isdecimal() and 1 <= int(each) <= len(rows) for each in parts):
            raise Refused("usage", f"--only takes numbers from 1 to {len(rows)}, as 1,2,3")
        chosen = sorted({int(each) for each in parts})
    if not chosen:
        raise Refused("usage", "No payable of this issue is open.")
    return chosen
