"""Amounts come from decimal text without loss or not at all; ids have one form and come back."""

import pytest
from eth_utils.address import to_checksum_address
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import BadAmount, BadField, BadId, ContractRefused, UnknownCurrency
from ledger.domain.ids import (
    PieceId,
    ReceivableId,
    address_of_bytes,
    address_of_text,
    digest_of_text,
    digest_text,
    receivable_of_terms,
    receivable_of_text,
    receivable_text,
)
from ledger.domain.units import (
    MAX_AMOUNT,
    amount_json,
    bytes_letters,
    currency_of,
    decimal_text,
    exponent,
    grouped_text,
    letters_bytes,
    parse_amount,
)

amounts = st.one_of(st.sampled_from([0, 1, 99, 100, MAX_AMOUNT]), st.integers(0, MAX_AMOUNT))
currencies = st.sampled_from(["EUR", "JPY", "BHD", "CNY"])


@given(amounts, currencies)
def test_an_amount_comes_back_from_its_text(amount: int, currency: str) -> None:
    assert parse_amount(decimal_text(amount, currency), currency) == amount
    assert parse_amount(grouped_text(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("120000.00", "EUR", 12_000_000),
        ("120,000", "EUR", 12_000_000),
        ("0.1", "EUR", 10),
        (" 7 ", "JPY", 7),
        ("1.234", "BHD", 1234),
        ("184467440737095516.15", "EUR", MAX_AMOUNT),
    ],
)
def test_amounts_that_people_write(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("-1", "EUR"), ("+1", "EUR"), ("1e3", "EUR"), ("1.005", "EUR"), ("1.5", "JPY"), ("12,00", "EUR"), ("1,2345", "EUR"),
        ("0,100", "EUR"), (",100", "EUR"), ("1.", "EUR"), (".5", "EUR"), ("", "EUR"), ("NaN", "EUR"), ("Infinity", "EUR"),
        ("１００", "EUR"), ("1 000", "EUR"), ("0x10", "EUR"), ("184467440737095516.16", "EUR"), ("9" * 100, "EUR"), ("00", "EUR"),
    ],
)  # fmt: skip
def test_text_that_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(BadAmount) as refusal:
        parse_amount(text, currency)
    assert refusal.value.currency == currency and refusal.value.reason


@pytest.mark.parametrize("currency", ["XXX", "eur", "EURO", "", "XAU", "DEM\n"])
def test_letters_that_are_no_money_are_refused(currency: str) -> None:
    with pytest.raises(UnknownCurrency):
        currency_of(currency)


def test_exponents_are_those_of_iso_4217() -> None:
    assert [exponent(each) for each in ("EUR", "JPY", "BHD", "CNY")] == [2, 0, 3, 2]


def test_an_amount_for_the_api() -> None:
    assert amount_json(12_000_000, "EUR") == {"minor": "12000000", "currency": "EUR", "text": "120,000.00"}
    assert amount_json(5, "0x000000")["text"] == "5"
    assert grouped_text(-123456, "EUR") == "-1,234.56"


@given(st.binary(min_size=3, max_size=3))
def test_any_bytes_of_the_chain_read_as_a_code_and_come_back(raw: bytes) -> None:
    assert letters_bytes(bytes_letters(raw), 3) == raw
    assert bytes_letters(b"EUR") == "EUR"
    with pytest.raises(BadField):
        letters_bytes("EURO", 3)


@given(st.integers(0, 2**192 - 1), st.integers(0, 2**64 - 1))
def test_ids_come_back_from_their_text(receivable: int, start: int) -> None:
    piece = PieceId(ReceivableId(receivable), start)
    assert PieceId.from_text(str(piece)) == piece
    assert receivable_of_text(receivable_text(receivable)) == receivable
    assert piece.token_id == receivable * 2**64 + start


@given(st.binary(min_size=20, max_size=20))
def test_addresses_are_written_with_their_checksum(raw: bytes) -> None:
    address = address_of_bytes(raw)
    assert str(address) == to_checksum_address(raw)
    assert address_of_text(address) == address_of_text(address.lower()) == address


def test_a_receivable_is_named_by_the_first_192_bits_of_its_terms() -> None:
    digest = bytes(range(32))
    assert receivable_text(receivable_of_terms(digest)) == "0x" + digest.hex()[:48]
    assert digest_of_text(digest_text(digest)) == digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0x",
        "0x" + "0" * 47 + "-1",
        "0x" + "0" * 48,
        "0x" + "0" * 48 + "-01",
        "0x" + "0" * 48 + "--1",
        f"0x{'0' * 48}-{2**64}",
        "0x" + "G" * 48 + "-1",
    ],
)
def test_text_that_is_no_piece_is_refused(text: str) -> None:
    with pytest.raises(BadId):
        PieceId.from_text(text)


@pytest.mark.parametrize("text", ["0x" + "0" * 63, "0x" + "0" * 65, "0" * 64, "0x" + "z" * 64])
def test_text_that_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(BadId):
        digest_of_text(text)


def test_a_contracts_error_keeps_its_name_and_values() -> None:
    error = ContractRefused("InvoiceExhausted", {"remaining": 5})
    assert error.problem_code == "invoice-exhausted"
    assert error.fields == {"error": "InvoiceExhausted", "remaining": 5}
