"""Many payables under one root: what the second person and the suppliers hold their part to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from ledger.desk.checking import make_uses
from ledger.desk.comparing import Debtor, compare
from ledger.desk.documents import INVOICE, Document, DocumentStore
from ledger.desk.errors import OtherMessage, PacketUnreadable
from ledger.desk.issuing import Frame, check_leaf, check_whole, compose, summed
from ledger.desk.own_invoices import own_view
from ledger.desk.packets import Payable, SupplierLeaf
from ledger.domain.errors import BadField
from ledger.domain.ids import ChainTime, Digest, PartyId
from ledger.domain.units import Amount, Currency
from tests.desk.shown import CREDITOR, DEBTOR, OTHER, TODAY, offered, terms_over

FRAME = Frame(DEBTOR, 1, ChainTime(1_774_000_000))
FILES = (
    ("payables-01-huaxin-0131.xml", CREDITOR),
    ("payables-02-huaxin-0132.xml", CREDITOR),
    ("payables-07-valdarno-88.xml", OTHER),
)


@pytest.fixture
def payables(invoices: Path, debtor: Debtor, tag_key: rsa.RSAPrivateKey) -> list[Payable]:
    made = []
    for file, supplier in FILES:
        shown = offered(invoices / file)
        terms = terms_over(shown, creditor=supplier)
        uses, proofs = make_uses(compare(terms, [shown], debtor, TODAY).invoices, tag_key)
        made.append(Payable(terms, uses, (shown,), proofs))
    return made


def test_an_issue_counts_and_sums_its_payables(payables: list[Payable]) -> None:
    issue, leaves = compose(payables, FRAME)
    assert (issue.count, issue.total) == (3, sum(each.terms.face for each in payables))
    assert [(leaf.supplier, len(leaf.payables)) for leaf in leaves] == [(CREDITOR, 2), (OTHER, 1)]
    check_whole(issue, leaves)


def test_a_leaf_comes_out_of_its_packet_as_it_went_in(payables: list[Payable]) -> None:
    _, leaves = compose(payables, FRAME)
    for leaf in leaves:
        assert SupplierLeaf.of_packet(leaf.to_packet()) == leaf


def test_the_second_person_sees_a_payable_that_was_left_out(payables: list[Payable]) -> None:
    issue, leaves = compose(payables, FRAME)
    with pytest.raises(OtherMessage):
        check_whole(issue, leaves[:1])


def test_the_second_person_sees_an_issue_that_promises_more(payables: list[Payable]) -> None:
    issue, leaves = compose(payables, FRAME)
    more = replace(issue, total=Amount(issue.total + 1))
    with pytest.raises(OtherMessage):
        check_whole(more, [replace(leaf, issue=more) for leaf in leaves])


def test_a_supplier_sees_a_payable_that_is_not_under_the_root(payables: list[Payable]) -> None:
    issue, (first, second) = compose(payables, FRAME)
    check_leaf(first, issue)
    with pytest.raises(OtherMessage):
        check_leaf(replace(first, proof=second.proof), issue)
    dearer = replace(first.payables[0], terms=replace(first.payables[0].terms, face=Amount(1)))
    with pytest.raises(OtherMessage):
        check_leaf(replace(first, payables=(dearer, first.payables[1])), issue)


def test_a_supplier_sees_another_issue_than_the_debtor_signed(payables: list[Payable]) -> None:
    issue, (first, _) = compose(payables, FRAME)
    with pytest.raises(OtherMessage):
        check_leaf(first, replace(issue, root=Digest(bytes(32))))


def test_a_leaf_of_others_payables_is_refused(payables: list[Payable]) -> None:
    """The root is true, but the payables in the leaf are another supplier's."""
    issue, (first, _) = compose(payables, FRAME)
    forged = replace(first, supplier=PartyId(99))
    with pytest.raises(OtherMessage):
        check_leaf(forged, issue)


def test_nothing_and_two_currencies_make_no_issue(payables: list[Payable]) -> None:
    with pytest.raises(BadField):
        compose([], FRAME)
    other = replace(payables[0], terms=replace(payables[0].terms, currency=Currency("CHF")))
    with pytest.raises(BadField):
        compose([other, payables[1]], FRAME)


def test_two_payables_on_one_invoice_are_looked_up_together(payables: list[Payable]) -> None:
    use = payables[0].uses[0]
    assert summed([use, use]) == (replace(use, amount=Amount(2 * use.amount)),)


@pytest.mark.parametrize("content", [{}, {"duebill": "payables/1"}, {"duebill": "payables/1", "issue": {}}])
def test_a_packet_of_another_kind_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(PacketUnreadable):
        SupplierLeaf.of_packet(content)


def test_a_supplier_compares_with_its_own_invoice(
    tmp_path: Path, payables: list[Payable], invoices: Path
) -> None:
    assert own_view(tmp_path, payables[0]).agrees is None
    own = (invoices / FILES[0][0]).read_bytes()
    DocumentStore(tmp_path / "documents").keep(Document.new("own.xml", INVOICE, own))
    assert own_view(tmp_path, payables[0]).agrees is True


@pytest.mark.parametrize("change", [(b"35700.00", b"35701.00"), (b"2026-05-31", b"2026-04-30")])
def test_a_supplier_sees_what_differs_from_its_own_invoice(
    tmp_path: Path, payables: list[Payable], invoices: Path, change: tuple[bytes, bytes]
) -> None:
    own = (invoices / FILES[0][0]).read_bytes().replace(*change)
    DocumentStore(tmp_path / "documents").keep(Document.new("own.xml", INVOICE, own))
    assert own_view(tmp_path, payables[0]).agrees is False


def test_a_payable_due_later_than_agreed_is_told(
    tmp_path: Path, invoices: Path, payables: list[Payable]
) -> None:
    later = terms_over(*payables[0].invoices, due=date(2026, 6, 30))
    own = (invoices / FILES[0][0]).read_bytes()
    DocumentStore(tmp_path / "documents").keep(Document.new("own.xml", INVOICE, own))
    assert "2026-06-30" in own_view(tmp_path, replace(payables[0], terms=later)).told
