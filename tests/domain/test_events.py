"""Events have the fields of the contracts' ABI, and slot words come back bit for bit."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.eip712 import members
from ledger.domain.events import EVENTS, TradeInvoiced, subject_of
from ledger.domain.journal import Kind, Subject
from ledger.domain.slots import Last, Level, Piece, PieceFlag, Returns

CONTRACTS = Path(__file__).parents[2] / "contracts"
PLAIN = {
    "PartyId": "uint32", "ReceivableId": "uint192", "TradeId": "bytes32", "Currency": "bytes3", "Piece": "uint256",
    "Level": "uint256", "Returns": "uint256", "Last": "uint256", "Power": "uint8", "SignerKind": "uint8",
}  # fmt: skip
SOURCES = "\n".join(path.read_text() for path in sorted((CONTRACTS / "interfaces").glob("*.sol")))
DECLARED: dict[str, str] = dict(re.findall(r"event (\w+)\((.*?)\);", SOURCES, re.DOTALL))
STRUCTS = dict(re.findall(r"struct (\w+) \{(.*?)\}", SOURCES, re.DOTALL))


def declared_fields(body: str) -> list[tuple[str, str]]:
    parts = [each.split() for each in re.split(r"[,;]", body) if each.strip()]
    return [(PLAIN.get(each[0], each[0]), each[-1].rstrip("_")) for each in parts]


def test_every_event_of_the_interfaces_has_its_class() -> None:
    assert {each.__name__ for each in EVENTS} == set(DECLARED)


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: each.__name__)
def test_fields_are_those_of_the_contract(event: type) -> None:
    own = [
        (each.codec.solidity if not each.codec.structs else each.codec.structs[0].__name__, each.name)
        for each in members(event)
    ]
    assert own == declared_fields(DECLARED[event.__name__])


@pytest.mark.parametrize("name", ["Confirmed", "PartyRecord", "RuleSet", "CurrencyRule"])
def test_structs_in_events_are_those_of_the_contract(name: str) -> None:
    event = next(
        each
        for each in EVENTS
        for member in members(each)
        if name in [s.__name__ for s in member.codec.structs]
    )
    struct = next(s for member in members(event) for s in member.codec.structs if s.__name__ == name)
    assert [(each.codec.solidity, each.name) for each in members(struct)] == declared_fields(STRUCTS[name])


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: each.__name__)
def test_the_subject_is_the_first_indexed_field(event: type) -> None:
    kinds = {"trade": Kind.TRADE, "receivable": Kind.RECEIVABLE, "party": Kind.PARTY, "version": Kind.RULES}
    first = members(event)[0]
    assert event.KIND is kinds[first.name]  # type: ignore[attr-defined]
    assert re.match(rf"\s*\w+ indexed {first.name}\b", DECLARED[event.__name__])


def test_a_trade_is_numbered_by_its_digest() -> None:
    ordered = TradeInvoiced(b"\1" * 32, b"\2" * 32, 5, b"\3" * 32)
    assert subject_of(ordered) == Subject(Kind.TRADE, int.from_bytes(ordered.trade))


@given(st.integers(0, 2**256 - 1))
def test_words_come_back_without_the_bits_that_no_field_has(word: int) -> None:
    for slot, bits in ((Piece, 256), (Level, 240), (Returns, 160), (Last, 192)):
        assert slot.from_word(word).word == word % 2**bits


def test_piece_layout() -> None:
    piece = Piece(7, 100, 33, 2, PieceFlag.WAITING, 99)
    assert piece.word == 7 + (100 << 32) + (33 << 96) + (2 << 160) + (2 << 192) + (99 << 208)
    assert piece.held_at(98) and not piece.held_at(99)
    assert Piece(7, 100, 33, 2, PieceFlag.FROZEN, 0).held_at(10**9)


def test_flags_are_those_of_the_contract() -> None:
    source = (CONTRACTS / "types" / "Piece.sol").read_text()
    constants = {name: int(value) for name, value in re.findall(r"uint16 constant (\w+) = (\d+);", source)}
    assert constants == {each.name: each.value for each in PieceFlag}
