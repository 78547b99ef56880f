"""Acts hash exactly as in Solidity and as in wallets, and nothing malformed becomes an act."""

import re
from pathlib import Path
from typing import Any

import pytest
from eth_account.messages import _hash_eip191_message, encode_typed_data
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain import acts
from ledger.domain.acts import ACTS, Accept, Confirm, Domain, Terms, Use, deadline_of
from ledger.domain.errors import BadField
from ledger.domain.ids import Address

from .strategies import structs

SOURCES = Path(__file__).parents[2] / "contracts" / "acts"
DOMAIN = Domain(31337, Address("0x5FbDB2315678afecb367f032d93F642f64180aa3"))
TERMS = Terms(3, 4, 100, "EUR", 1780264800, "DE", 1, b"\1" * 32, b"\2" * 32, 0, 0, b"\3" * 32, 1, 1780000000)
CONFIRM = Confirm(TERMS, (Use(b"\5" * 32, 60, 60), Use(b"\6" * 32, 40, 90)))

any_act = st.sampled_from(sorted(ACTS)).flatmap(lambda kind: structs(ACTS[kind]))


def solidity() -> str:
    return "\n".join(path.read_text() for path in sorted(SOURCES.glob("*.sol")))


def solidity_structs() -> dict[str, str]:
    """encodeType of each struct alone, from its declaration."""
    found = {}
    for name, body in re.findall(r"struct (\w+) \{(.*?)\}", solidity(), re.DOTALL):
        fields = re.findall(r"([\w\[\]]+) (\w+);", body)
        found[name] = f"{name}({','.join(f'{kind} {field}' for kind, field in fields)})"
    return found


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_type_string_is_that_of_the_struct_in_solidity(kind: str) -> None:
    own = acts.type_string(ACTS[kind])
    declared = solidity_structs()
    assert own.startswith(declared[kind])
    nested = sorted(name for name in declared if name != kind and re.search(rf"\b{name}\(", own))
    assert own == declared[kind] + "".join(declared[name] for name in nested)


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_typehash_constant_in_solidity_hashes_this_type_string(kind: str) -> None:
    constants = re.findall(r"keccak256\(\s*((?:\"[^\"]*\"\s*)+)\)", solidity())
    assert acts.type_string(ACTS[kind]) in {"".join(re.findall(r'"([^"]*)"', each)) for each in constants}


@given(any_act, st.integers(1, 2**63))
@settings(max_examples=150, deadline=None)
def test_digest_is_what_a_wallet_signs(act: Any, chain_id: int) -> None:
    domain = Domain(chain_id, DOMAIN.verifying_contract)
    signable = encode_typed_data(full_message=acts.typed_data(act, domain))
    assert bytes(acts.digest(act, domain)) == _hash_eip191_message(signable)


@given(any_act)
@settings(max_examples=150)
def test_message_comes_back_as_the_act(act: Any) -> None:
    assert acts.from_message(type(act).__name__, acts.to_message(act)) == act


def test_another_chain_or_contract_gives_another_digest() -> None:
    other_contract = Address("0x0000000000000000000000000000000000000001")
    domains = [DOMAIN, Domain(1, DOMAIN.verifying_contract), Domain(DOMAIN.chain_id, other_contract)]
    assert len({acts.digest(TERMS, each) for each in domains}) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("face", "-1"),
        ("face", "1.5"),
        ("face", "1e3"),
        ("face", " 1"),
        ("face", "1\n"),
        ("face", "01"),
        ("face", "١"),
        ("face", ""),
        ("face", str(2**64)),
        ("face", 100),
        ("face", 100.0),
        ("face", None),
        ("face", True),
        ("debtor", str(2**32)),
        ("dueAt", str(2**48)),
        ("undertaking", "256"),
        ("currency", "EUR"),
        ("currency", "0x4555"),
        ("currency", "0x656e72"),
        ("currency", "0x000000"),
        ("place", "0x44455f"),
        ("text", "0x" + "1" * 63),
        ("text", "0x" + "1" * 65),
        ("text", "1" * 64),
        ("text", "0x" + "g" * 64),
        ("text", "0x" + "1" * 64 + "\n"),
        ("text", ["0x"]),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused_by_name(field: str, value: object) -> None:
    message = {**acts.to_message(TERMS), field: value}
    with pytest.raises(BadField) as refusal:
        acts.from_message("Terms", message)
    assert refusal.value.field == f"terms.{field}"
    assert refusal.value.limit


def test_unknown_and_missing_fields_are_refused_by_name() -> None:
    message = acts.to_message(CONFIRM)
    with pytest.raises(BadField, match=r"confirm\.extra"):
        acts.from_message("Confirm", {**message, "extra": "1"})
    del message["terms"]["rules"]
    with pytest.raises(BadField, match=r"confirm\.terms\.rules"):
        acts.from_message("Confirm", message)


@pytest.mark.parametrize("message", [None, [], "terms", 1, {"terms": 1, "uses": []}, {1: 2}])
def test_what_is_no_message_is_refused(message: object) -> None:
    with pytest.raises(BadField):
        acts.from_message("Confirm", message)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(BadField, match="Steal"):
        acts.from_message("Steal", {})


def test_a_list_without_end_is_refused() -> None:
    message = acts.to_message(CONFIRM)
    message["uses"] = message["uses"] * 501
    with pytest.raises(BadField, match=r"confirm\.uses"):
        acts.from_message("Confirm", message)


@pytest.mark.parametrize(
    "address",
    ["0x5fbdb2315678afecb367f032d93F642f64180aa3", "0x1234", "5FbDB2315678afecb367f032d93F642f64180aa3", 5],
)
def test_an_address_with_a_wrong_checksum_or_length_is_refused(address: object) -> None:
    admission = dict.fromkeys(("roles", "group", "attestor", "deadline"), "0")
    admission |= dict.fromkeys(("record", "sealingKey", "tagKey", "evidence"), "0x" + "11" * 32)
    lists: dict[str, object] = {name: [] for name in ("persons", "signers", "limits", "guardians")}
    with pytest.raises(BadField, match=r"admission\.account"):
        acts.from_message("Admission", {**admission, **lists, "sole": False, "account": address})


def test_deadline_of_an_acceptance_is_its_first() -> None:
    later = Terms(
        **{name: getattr(TERMS, name) for name in Terms.__match_args__} | {"deadline": TERMS.deadline + 9}
    )
    assert deadline_of(Accept(b"\1" * 32, (later, TERMS))) == TERMS.deadline
    assert deadline_of(CONFIRM) == TERMS.deadline
