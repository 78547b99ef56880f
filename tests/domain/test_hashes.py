"""Journals, Merkle trees and commitments, held to formulas written out a second time."""

import itertools
from random import Random

import pytest
from eth_abi.abi import encode
from eth_abi.packed import encode_packed
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain import commitments, journal, merkle
from ledger.domain.errors import BadField, NotFound
from ledger.domain.journal import WHOLE_CONTRACT, Kind, Moment, Subject

ADDRESS = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
hashes = st.binary(min_size=32, max_size=32)
leaf_sets = st.lists(hashes, min_size=1, max_size=40, unique=True)


@given(st.integers(0, 2**256 - 1), st.sampled_from(Kind), st.integers(1, 2**64))
def test_a_journal_begins_with_its_seed(number: int, kind: Kind, chain_id: int) -> None:
    types = ["string", "uint256", "address", "uint8", "uint256"]
    wanted = keccak(encode(types, ["duebill.journal.v1", chain_id, ADDRESS, kind, number]))
    assert journal.seed(chain_id, ADDRESS, Subject(kind, number)) == wanted


def test_the_contracts_own_head_has_kind_and_id_zero() -> None:
    assert Subject(Kind.CONTRACT, 0) == WHOLE_CONTRACT


@given(hashes, st.lists(hashes, min_size=1, max_size=4), st.binary(max_size=96), st.integers(0, 2**48 - 1))
def test_a_log_is_folded_with_time_block_and_emitter(
    head: bytes, topics: list[bytes], data: bytes, time: int
) -> None:
    entry = keccak(b"".join(topics) + data)
    packed = encode_packed(
        ["bytes32", "uint48", "uint48", "address", "bytes32"], [head, time, 77, ADDRESS, entry]
    )
    assert journal.fold(head, Moment(time, 77, ADDRESS), journal.entry(topics, data)) == keccak(packed)


def up(leaf: bytes, path: tuple[bytes, ...]) -> bytes:
    for sibling in path:
        leaf = keccak(b"".join(sorted((leaf, sibling))))
    return leaf


@given(leaf_sets)
def test_every_leaf_is_under_the_root_and_no_other(leaves: list[bytes]) -> None:
    root = merkle.root(leaves)
    for leaf in leaves:
        path = merkle.proof(leaves, leaf)
        assert up(leaf, path) == root and merkle.is_under(leaf, path, root)
        assert not merkle.is_under(keccak(leaf), path, root)


@given(leaf_sets, st.randoms())
def test_the_root_depends_on_the_leaves_alone(leaves: list[bytes], random: Random) -> None:
    shuffled = list(leaves)
    random.shuffle(shuffled)
    assert merkle.root(shuffled) == merkle.root(leaves)


def test_leaves_none_twice_or_absent_are_refused() -> None:
    leaf = bytes(32)
    for leaves in ([], [leaf, leaf]):
        with pytest.raises(BadField):
            merkle.root(leaves)
    with pytest.raises(NotFound):
        merkle.proof([leaf], b"\1" * 32)


@given(st.integers(0, 2**32 - 1), st.lists(hashes, max_size=5))
def test_a_suppliers_leaf_is_that_of_the_contract(supplier: int, payables: list[bytes]) -> None:
    assert merkle.payables_leaf(supplier, payables) == keccak(
        keccak(encode(["uint32", "bytes32[]"], [supplier, payables]))
    )


FIELDS = [("number", "INV-1"), ("payable", "120000.00"), ("due_date", "2026-05-31"), ("seller", "")]
SECRET, OTHER = b"\1" * 32, b"\2" * 32


def field_leaf(name: str, value: str, salt: bytes) -> bytes:
    return keccak(keccak(encode(["string", "string", "bytes32"], [name, value, salt])))


@given(
    st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=8, unique_by=lambda field: field[0]),
    st.binary(min_size=32, max_size=32),
)
def test_each_field_can_be_shown_alone_and_nothing_else(fields: list[tuple[str, str]], secret: bytes) -> None:
    root = commitments.commitment(fields, secret)
    salts = {name: commitments.salt_of(secret, name) for name, _ in fields}
    leaves = [field_leaf(name, value, salts[name]) for name, value in fields]
    for (name, value), leaf in zip(fields, leaves, strict=True):
        path = merkle.proof(leaves, leaf)
        assert up(leaf, path) == root
        for wrong in (
            (name, value + "0", salts[name]),
            (name + "0", value, salts[name]),
            (name, value, bytes(32)),
        ):
            assert up(field_leaf(*wrong), path) != root


def test_the_order_of_fields_does_not_matter_the_secret_does() -> None:
    roots = {commitments.commitment(list(each), SECRET) for each in itertools.permutations(FIELDS)}
    assert len(roots) == 1
    assert commitments.commitment(FIELDS, OTHER) not in roots


def test_salts_differ_by_name_and_secret() -> None:
    salts = {commitments.salt_of(secret, name) for secret in (SECRET, OTHER) for name, _ in FIELDS}
    assert len(salts) == 2 * len(FIELDS)


def test_a_name_twice_no_field_or_a_short_secret_is_refused() -> None:
    for fields, secret in ((FIELDS + FIELDS[:1], SECRET), ([], SECRET), (FIELDS, b"short")):
        with pytest.raises(BadField):
            commitments.commitment(fields, secret)


def test_terms_commit_to_each_invoice_and_the_amount_used_of_it() -> None:
    one, other = b"\5" * 32, b"\6" * 32
    root = commitments.invoices_commitment([(one, 100), (other, 50)])
    assert root == commitments.invoices_commitment([(other, 50), (one, 100)])
    leaves = [keccak(keccak(encode(["bytes32", "uint64"], pair))) for pair in ((one, 100), (other, 50))]
    assert root == keccak(b"".join(sorted(leaves)))
    assert root != commitments.invoices_commitment([(one, 50), (other, 100)])
    for wrong in ([], [(one, 1), (one, 2)]):
        with pytest.raises(BadField):
            commitments.invoices_commitment(wrong)
