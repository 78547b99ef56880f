"""Many payables under one root: composed by the maker's desk, composed again and compared by the checker's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.desk.errors import OtherMessage
from ledger.desk.packets import Payable, SupplierLeaf
from ledger.domain import merkle
from ledger.domain.acts import Issue, Use
from ledger.domain.errors import BadField
from ledger.domain.ids import ChainTime, PartyId, Tag, digest_text
from ledger.domain.units import Amount

MAX_PAYABLES = 64
"""The most payables of one supplier: what one acceptance can take."""


@dataclass(frozen=True)
class Frame:
    """What an issue says beside its payables."""

    debtor: PartyId
    rules: int
    deadline: ChainTime


def compose(payables: Sequence[Payable], frame: Frame) -> tuple[Issue, tuple[SupplierLeaf, ...]]:
    """The issue over these payables, and each supplier's leaf. Raises BadField for none, two currencies, or too many."""
    currencies = {each.terms.currency for each in payables}
    if len(currencies) != 1:
        raise BadField(
            "payables", ", ".join(sorted(currencies)) or "none", "at least one, all of one currency"
        )
    by_supplier = _by_supplier(payables)
    hashes = {supplier: tuple(each.hash for each in own) for supplier, own in by_supplier.items()}
    leaves = {supplier: merkle.payables_leaf(supplier, own) for supplier, own in hashes.items()}
    issue = Issue(
        debtor=frame.debtor,
        currency=currencies.pop(),
        root=merkle.root(list(leaves.values())),
        count=len(payables),
        total=Amount(sum(each.terms.face for each in payables)),
        last_due_at=max(each.terms.due_at for each in payables),
        rules=frame.rules,
        deadline=frame.deadline,
    )
    return issue, tuple(
        SupplierLeaf(
            issue,
            supplier,
            hashes[supplier],
            merkle.proof(list(leaves.values()), leaf),
            tuple(by_supplier[supplier]),
        )
        for supplier, leaf in leaves.items()
    )


def check_leaf(leaf: SupplierLeaf, issue: Issue) -> None:
    """Holds a supplier's leaf to the issue that the debtor signed. Raises OtherMessage, BadField."""
    if leaf.issue != issue:
        raise OtherMessage("issue", "another", "the issue that the debtor signed")
    hashes = tuple(each.hash for each in leaf.payables)
    if hashes != leaf.hashes:
        raise OtherMessage("payables", f"{len(hashes)} that are not those of the leaf", f"{len(leaf.hashes)}")
    if not merkle.is_under(merkle.payables_leaf(leaf.supplier, leaf.hashes), leaf.proof, issue.root):
        raise OtherMessage("leaf", "not under the root", digest_text(issue.root))
    for each in leaf.payables:
        _check_terms(each, leaf, issue)


def check_whole(issue: Issue, leaves: Sequence[SupplierLeaf]) -> None:
    """The leaves together are the issue: nothing is under the root that was not looked at. Raises OtherMessage, BadField."""
    for leaf in leaves:
        check_leaf(leaf, issue)
    payables = [each for leaf in leaves for each in leaf.payables]
    found, _ = compose(payables, Frame(issue.debtor, issue.rules, issue.deadline))
    if found != issue:
        raise OtherMessage(
            "issue", f"{found.count} payables of {found.total}", f"{issue.count} of {issue.total}"
        )


def summed(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Uses of one invoice by several payables as one, as the chain will count them."""
    found: dict[Tag, Use] = {}
    for use in uses:
        before = found.get(use.tag)
        amount = use.amount + (before.amount if before else 0)
        found[use.tag] = Use(use.tag, Amount(amount), use.total)
    return tuple(found.values())


def _check_terms(payable: Payable, leaf: SupplierLeaf, issue: Issue) -> None:
    terms = payable.terms
    found = (terms.debtor, terms.creditor, terms.currency)
    if found != (issue.debtor, leaf.supplier, issue.currency) or terms.deadline > issue.deadline:
        raise OtherMessage("terms", str(found), str((issue.debtor, leaf.supplier, issue.currency)))


def _by_supplier(payables: Sequence[Payable]) -> Mapping[PartyId, list[Payable]]:
    found: dict[PartyId, list[Payable]] = {}
    for each in payables:
        found.setdefault(each.terms.creditor, []).append(each)
    for supplier, own in found.items():
        if len(own) > MAX_PAYABLES:
            raise BadField(f"payables of party {supplier}", str(len(own)), f"at most {MAX_PAYABLES}")
    return found
