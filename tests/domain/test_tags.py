"""One invoice, one tag, however it is spelt; only the debtor makes it, anyone shown the invoice can check it."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.errors import (
    BadField,
    NotCanonical,
    SellerAmbiguous,
    SellerUnknown,
    TagInvalid,
    TagKeyUnfit,
)
from ledger.domain.sellers import Seller, SellerId, SellerRegister
from ledger.domain.tags import (
    TagProof,
    canonical_invoice,
    canonical_number,
    canonical_receipt,
    check_tag,
    key_hash,
    make_tag,
    public_key_of_pem,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "tags.json").read_text())
KEY = rsa.generate_private_key(65537, 3072)
SELLER = "vat:DE123456789"


@pytest.mark.parametrize("group", VECTORS["numbers_equal"], ids=lambda group: group["canonical"])
def test_spellings_of_one_number_are_one(group: dict) -> None:
    for spelling in group["spellings"]:
        assert canonical_number(spelling) == group["canonical"], spelling


@pytest.mark.parametrize("pair", VECTORS["numbers_different"])
def test_different_numbers_stay_different(pair: list[str]) -> None:
    assert canonical_number(pair[0]) != canonical_number(pair[1])


@pytest.mark.parametrize("number", VECTORS["numbers_refused"])
def test_a_number_of_which_nothing_is_left_is_refused(number: str) -> None:
    with pytest.raises(NotCanonical):
        canonical_number(number)


@given(st.text(max_size=60))
@settings(max_examples=400)
def test_a_canonical_number_is_its_own_canonical_form(text: str) -> None:
    try:
        number = canonical_number(text)
    except NotCanonical:
        return
    assert canonical_number(number) == number
    assert "\n" not in number and not any(each.isspace() for each in number)


@given(
    st.lists(
        st.tuples(st.sampled_from("-/. _#"), st.integers(0, 9999), st.integers(0, 3)), min_size=1, max_size=4
    )
)
def test_separators_and_zeros_before_a_run_change_nothing(parts: list[tuple[str, int, int]]) -> None:
    spelt = "".join(separator + "0" * zeros + str(number) for separator, number, zeros in parts)
    assert canonical_number(spelt) == ".".join(str(number) for _, number, _ in parts)


@pytest.mark.parametrize("vector", VECTORS["tags"], ids=lambda vector: vector["number"])
def test_tags_of_the_vectors(vector: dict) -> None:
    key = public_key_of_pem(VECTORS["tag_key_pem"])
    assert "0x" + key_hash(key).hex() == VECTORS["tag_key"]
    canonical = canonical_invoice if vector["kind"] == "invoice" else canonical_receipt
    text = canonical(vector["party"], vector["seller"], vector["number"], vector["year"])
    assert text == vector["canonical"]
    signature = bytes.fromhex(vector["signature"][2:])
    assert "0x" + keccak(signature).hex() == vector["tag"]
    assert "0x" + check_tag(key, TagProof(text, signature), text).hex() == vector["tag"]


def test_the_same_invoice_has_the_same_tag_and_a_delivery_note_another() -> None:
    one = make_tag(KEY, canonical_invoice(3, SELLER, "INV-2026-0117", 2026))
    again = make_tag(KEY, canonical_invoice(3, SELLER, "inv 2026/117", 2026))
    assert one == again
    others = [
        canonical_invoice(4, SELLER, "INV-2026-0117", 2026),
        canonical_invoice(3, "vat:DE1", "INV-2026-0117", 2026),
        canonical_invoice(3, SELLER, "INV-2026-0118", 2026),
        canonical_invoice(3, SELLER, "INV-2026-0117", 2025),
        canonical_receipt(3, SELLER, "INV-2026-0117", 2026),
    ]
    assert len({make_tag(KEY, each).tag for each in others} | {one.tag}) == 6


def test_a_tag_is_believed_only_by_the_key_over_this_invoice() -> None:
    text = canonical_invoice(3, SELLER, "INV-2026-0117", 2026)
    proof, public = make_tag(KEY, text), KEY.public_key()
    assert check_tag(public, proof, text) == proof.tag
    other = canonical_invoice(3, SELLER, "INV-2026-0118", 2026)
    for wrong, asked in (
        (proof, other),
        (TagProof(other, proof.signature), other),
        (TagProof(text, proof.signature[:-1]), text),
        (TagProof(text, proof.signature + b"\0"), text),
        (TagProof(text, b"\0" + proof.signature), text),
        (TagProof(text, b""), text),
        (TagProof(text, (int.from_bytes(proof.signature) + public.public_numbers().n).to_bytes(385)), text),
    ):
        with pytest.raises(TagInvalid):
            check_tag(public, wrong, asked)
    with pytest.raises(TagInvalid):
        check_tag(public_key_of_pem(VECTORS["tag_key_pem"]), proof, text)


def pem(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_keys_that_are_no_tag_keys_are_refused() -> None:
    short = rsa.generate_private_key(65537, 2048)
    small_exponent = rsa.RSAPublicNumbers(3, KEY.public_key().public_numbers().n).public_key()
    for text in (
        pem(short.public_key()),
        pem(small_exponent),
        pem(ec.generate_private_key(ec.SECP256R1()).public_key()),
        "",
        "x",
    ):
        with pytest.raises(TagKeyUnfit):
            public_key_of_pem(text)
    with pytest.raises(TagKeyUnfit):
        make_tag(short, "text")
    assert key_hash(public_key_of_pem(pem(KEY.public_key()))) == key_hash(KEY.public_key())


def test_a_canonical_text_cannot_be_forged_by_its_parts() -> None:
    for seller in ("", "vat", "vat:", "vat:DE 1", "vat:DE\n1", "VAT:DE1", "vat:DE:1"):
        with pytest.raises(NotCanonical):
            canonical_invoice(3, seller, "1", 2026)
    for year in (26, 1899, 10000, -2026):
        with pytest.raises(BadField):
            canonical_invoice(3, SELLER, "1", year)
    assert canonical_invoice(3, SELLER, "1\n2026", 2026).count("\n") == 4


def seller(name: str, party: int, *ids: tuple[str, str]) -> Seller:
    return Seller(name, party, tuple(SellerId.of(*each) for each in ids))


REGISTER = (
    SellerRegister()
    .with_seller(seller("Alpha", 4, ("vat", "DE123456789"), ("legal", "HRB 12345")))
    .with_seller(seller("Beta", 5, ("legal", "HRB 99"), ("vat", "EL 123456789")))
    .with_seller(seller("Gamma", 6, ("electronic", "0204:991-1"), ("vat", "FR 777")))
)


@pytest.mark.parametrize("group", VECTORS["seller_ids_equal"], ids=lambda group: group["canonical"])
def test_spellings_of_one_id_are_one(group: dict) -> None:
    assert {str(SellerId.of(*each)) for each in group["given"]} == {group["canonical"]}


@given(st.text(min_size=1, max_size=40))
def test_a_canonical_id_is_its_own_canonical_form(text: str) -> None:
    for scheme in ("vat", "legal"):
        try:
            found = SellerId.of(scheme, text)
        except NotCanonical:
            continue
        assert SellerId.of(scheme, found.value) == found


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        ([("vat", "de 123 456 789")], "Alpha"),
        ([("legal", "hrb-12345"), ("electronic", "unknown")], "Alpha"),
        ([("vat", "DE123456789"), ("legal", "HRB 12345")], "Alpha"),
        ([("vat", "GR123456789")], "Beta"),
        ([("electronic", "0204:9911")], "Gamma"),
        ([("vat", "777")], "Gamma"),
    ],
)
def test_all_of_a_sellers_ids_resolve_to_it(ids: list[tuple[str, str]], name: str) -> None:
    assert REGISTER.resolve(SellerId.of(*each) for each in ids).name == name


@pytest.mark.parametrize(
    "ids", [[], [("vat", "DE999999999")], [("legal", "DE123456789")], [("electronic", "x")]]
)
def test_ids_that_nobody_enrolled_are_asked_about(ids: list[tuple[str, str]]) -> None:
    with pytest.raises(SellerUnknown):
        REGISTER.resolve(SellerId.of(*each) for each in ids)


def test_ids_of_two_sellers_are_asked_about() -> None:
    with pytest.raises(SellerAmbiguous):
        REGISTER.resolve([SellerId.of("vat", "DE123456789"), SellerId.of("legal", "HRB 99")])
    # Without its country a VAT number may be two sellers'.
    with pytest.raises(SellerAmbiguous):
        REGISTER.resolve([SellerId.of("vat", "123456789")])


def test_an_id_is_enrolled_for_one_seller_only() -> None:
    with pytest.raises(SellerAmbiguous):
        REGISTER.with_seller(seller("Delta", 7, ("vat", "DE 1"), ("legal", "hrb 99")))
    with pytest.raises(BadField):
        REGISTER.with_seller(Seller("Delta", 7, ()))
    with pytest.raises(BadField):
        SellerId.of("nickname", "x")
    with pytest.raises(NotCanonical):
        SellerId.of("legal", " - ")


def test_the_canonical_id_is_the_first_enrolled() -> None:
    assert [each.canonical for each in REGISTER.sellers] == [
        "vat:DE123456789",
        "legal:HRB99",
        "electronic:02049911",
    ]
