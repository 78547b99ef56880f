"""Papers that a desk keeps, and the registers and lists that it reads."""

import json
from datetime import date
from pathlib import Path

import pytest

from ledger.desk.application import Application
from ledger.desk.desk import Desk
from ledger.desk.documents import INVOICE, PAPER, Document, DocumentStore
from ledger.desk.errors import DocumentChanged, DocumentUnknown
from ledger.desk.passwords import Passwords
from ledger.desk.payables_list import read_list
from ledger.desk.sellers import ids_of_party, ids_of_text, load_register, save_register, shares_an_id
from ledger.domain.errors import BadField
from ledger.domain.ids import NO_TRADE, PartyId, digest_text
from ledger.domain.sellers import Seller, SellerRegister
from tests.desk.shown import TODAY


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(tmp_path / "documents")


def test_a_document_is_kept_once_under_its_first_secret(store: DocumentStore, invoices: Path) -> None:
    data = (invoices / "huaxin-0117.xml").read_bytes()
    first = store.keep(Document.new("a.xml", INVOICE, data))
    assert store.keep(Document.new("b.xml", INVOICE, data)) == first
    assert store.all() == [first]


def test_it_is_found_by_name_number_or_commitment(store: DocumentStore, invoices: Path) -> None:
    kept = store.keep(Document.new("huaxin-0117.xml", INVOICE, (invoices / "huaxin-0117.xml").read_bytes()))
    for wanted in (
        "huaxin-0117.xml",
        "INV-2026-0117",
        digest_text(kept.commitment),
        digest_text(kept.commitment)[:12],
    ):
        assert store.find(wanted) == kept
    for wanted in ("huaxin-0118.xml", "0x", ""):
        with pytest.raises(DocumentUnknown):
            store.find(wanted)


def test_a_name_that_two_have_names_neither(store: DocumentStore) -> None:
    for text in (b"one", b"two"):
        store.keep(Document.new("note.txt", PAPER, text))
    with pytest.raises(DocumentUnknown):
        store.find("note.txt")


def test_a_file_that_was_altered_in_the_desk_is_noticed(store: DocumentStore, invoices: Path) -> None:
    kept = store.keep(Document.new("a.xml", INVOICE, (invoices / "huaxin-0117.xml").read_bytes()))
    path = store.folder / kept.commitment.hex() / "content"
    path.write_bytes(path.read_bytes().replace(b"120000.00", b"120001.00"))
    with pytest.raises(DocumentChanged):
        store.all()


def test_two_secrets_make_two_commitments() -> None:
    assert Document.new("a", PAPER, b"x").commitment != Document.new("a", PAPER, b"x").commitment


def test_ids_are_one_however_an_invoice_prints_them(invoices: Path) -> None:
    """LEI in lower case, VAT id with spaces."""
    plain = Document.new("a", INVOICE, (invoices / "huaxin-0117.xml").read_bytes()).invoice(TODAY)
    spelt = Document.new("b", INVOICE, (invoices / "duplicate-of-huaxin-0117.xml").read_bytes()).invoice(
        TODAY
    )
    assert set(ids_of_party(spelt.seller)) <= set(ids_of_party(plain.seller))


def test_a_number_that_a_buyer_gave_is_no_id() -> None:
    from ledger.documents.invoices.model import Party

    party = Party("X", None, None, None, ("4711", "supplier:0815"))
    assert ids_of_party(party) == ()


def test_ids_as_they_are_typed() -> None:
    typed = ids_of_text("vat=DE 951200002, 0199:894500hxcastings0202,legal=HRB 12")
    assert [str(each) for each in typed] == ["vat:DE951200002", "lei:894500HXCASTINGS0202", "legal:HRB12"]
    for wrong in ("vatDE1", "colour=red"):
        with pytest.raises(BadField):
            ids_of_text(wrong)


def test_ids_say_something_only_where_they_are_of_one_kind() -> None:
    assert shares_an_id(ids_of_text("vat=DE1"), ids_of_text("vat=DE1,lei=A")) is True
    assert shares_an_id(ids_of_text("vat=DE1"), ids_of_text("vat=DE2")) is False
    assert shares_an_id(ids_of_text("vat=DE1"), ids_of_text("lei=A")) is None


def test_the_register_is_kept(tmp_path: Path) -> None:
    register = SellerRegister().with_seller(Seller("Huaxin", PartyId(4), ids_of_text("lei=A,vat=DE1")))
    save_register(tmp_path, register)
    assert load_register(tmp_path) == register
    assert load_register(tmp_path / "nowhere") == SellerRegister()


def test_an_application_is_public_and_whole(desk: Desk, passwords: Passwords) -> None:
    made = desk.with_account(passwords)
    found = Application.of_json(json.loads(json.dumps(Application.of_desk(made).to_json())))
    assert found.admission.account == made.account
    assert [each.signer for each in found.admission.signers] == [each.address for each in made.persons]
    text = json.dumps(Application.of_desk(made).to_json())
    assert made.secret.hex() not in text and "maker" not in text


def test_an_application_without_account_or_persons_is_refused(desk: Desk) -> None:
    with pytest.raises(BadField, match="account"):
        Application.of_desk(desk)


@pytest.mark.parametrize(
    "found", [None, {}, {"duebill": "application/1"}, {"duebill": "application/1", "admission": {}}]
)
def test_what_is_no_application_is_refused(found: object) -> None:
    with pytest.raises(BadField):
        Application.of_json(found)


def test_a_list_is_read_from_csv_and_json() -> None:
    rows = read_list(b"file,amount,due,place,trade\na.xml,,,,\nb.xml,10.00,2026-06-30,AT,\n", is_csv=True)
    assert [(each.invoices[0].file, each.invoices[0].amount, each.due, each.place) for each in rows] == [
        ("a.xml", None, None, "DE"),
        ("b.xml", "10.00", date(2026, 6, 30), "AT"),
    ]
    several = read_list(
        b'[{"invoices": ["a.xml", {"file": "b.xml", "amount": "1.00"}]}, {"file": "c.xml"}]', is_csv=False
    )
    assert [len(each.invoices) for each in several] == [2, 1]
    assert several[1].trade == NO_TRADE


@pytest.mark.parametrize(
    ("data", "is_csv"),
    [
        (b"", False),
        (b"[]", False),
        (b"{}", False),
        (b'[{"file": "a.xml", "invoices": []}]', False),
        (b'[{"invoices": []}]', False),
        (b'[{"file": 7}]', False),
        (b'[{"file": "a.xml", "amount": 1.5}]', False),
        (b'[{"file": "a.xml", "due": "tomorrow"}]', False),
        (b'[{"file": "a.xml", "colour": "red"}]', False),
        (b"\xff\xfe", False),
        (b"file,colour\na.xml,red\n", True),
        (b"file\na.xml,extra\n", True),
        (b"file\n", True),
        (b"amount\n1.00\n", True),
    ],
)
def test_a_list_that_is_none_is_refused_by_row(data: bytes, is_csv: bool) -> None:
    with pytest.raises(BadField):
        read_list(data, is_csv=is_csv)
