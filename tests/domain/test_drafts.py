"""A draft is one document everywhere: read strictly, written without loss, merged; signatures are believed by recovery alone."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import ACTS, Accept, Invoice, Issue, Quote, Transfer, digest, hash_struct
from ledger.domain.drafts import (
    DOORS,
    Draft,
    Extra,
    Leaf,
    Proof,
    Signature,
    check_key_signature,
    from_json,
    merge,
    to_json,
)
from ledger.domain.errors import BadField, DraftsDiffer, DuebillError, MessageMissing, SignatureInvalid
from ledger.domain.ids import Address

from .story import (
    CHAIN,
    CONFIRM,
    DEBTOR,
    FINANCIER,
    LEDGER,
    PARTIES,
    RECEIVABLE,
    SUPPLIER,
    TERMS,
    changed,
    checker,
    draft_of,
    maker,
    seller,
    signed,
)
from .strategies import structs

ISSUE = Issue(DEBTOR, "EUR", b"\7" * 32, 3, 30_000, 1780264800, 1, 1780000000)
QUOTE = Quote(
    FINANCIER, SUPPLIER, bytes(32), RECEIVABLE, 0, 1, 10_000, 9_900, 0, 0, False, 2**64 - 1, False, 0, 1780000000
)  # fmt: skip


def transfer(**values: object) -> Transfer:
    plain = Transfer(
        RECEIVABLE, 0, 1, 10_000, SUPPLIER, FINANCIER, 0, 0, False, bytes(32), bytes(32), 1780000000
    )
    return changed(plain, **values)


def complete() -> Draft:
    return signed(
        draft_of("confirm", confirm=CONFIRM, terms=TERMS), confirm=(maker, checker), terms=(seller,)
    )


@given(st.data())
@settings(max_examples=60)
def test_document_comes_back_as_the_draft(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(set(DOORS) - {"confirm", "accept", "fill", "transfer"})))
    messages = {name: data.draw(structs(ACTS[each])) for name, each in DOORS[kind].messages.items()}
    extra = Extra(proof_of_signing=data.draw(structs(Proof))) if kind == "revoke" else Extra()
    draft = Draft(kind, data.draw(st.integers(1, 2**64)), LEDGER, PARTIES, messages, extra)
    name = data.draw(st.sampled_from(sorted(messages)))
    draft = draft.with_signature(Signature(name, seller.address, data.draw(st.binary(max_size=100))))
    assert from_json(json.loads(json.dumps(to_json(draft)))) == draft


def test_signed_confirmation_comes_back_and_its_signatures_hold() -> None:
    draft = from_json(json.loads(json.dumps(to_json(complete()))))
    assert draft == complete()
    for signature in draft.signatures:
        check_key_signature(draft, signature)
    assert draft.subject() == digest(CONFIRM, draft.domain)


def test_a_draft_may_still_lack_a_message() -> None:
    request = signed(draft_of("confirm", terms=TERMS), terms=(seller,))
    with pytest.raises(MessageMissing, match="confirm"):
        request.subject()
    answered = request.with_message("confirm", CONFIRM)
    assert answered.signatures == request.signatures
    with pytest.raises(MessageMissing):
        draft_of("confirm")


def test_copies_that_two_persons_signed_become_one() -> None:
    request = signed(draft_of("confirm", terms=TERMS), terms=(seller,))
    made = signed(request.with_message("confirm", CONFIRM), confirm=(maker,))
    checked = signed(request.with_message("confirm", CONFIRM), confirm=(checker,))
    assert set(merge(made, checked).signatures) == set(complete().signatures)
    assert merge(request, complete()).messages == complete().messages
    assert merge(complete(), complete()) == complete()


@pytest.mark.parametrize(
    "other",
    [
        draft_of("confirm", terms=changed(TERMS, face=10_001)),
        Draft("confirm", 1, LEDGER, PARTIES, {"terms": TERMS}),
        Draft("confirm", CHAIN, PARTIES, PARTIES, {"terms": TERMS}),
        draft_of("invoice", invoice=Invoice(b"\2" * 32, 1, b"\2" * 32, 1)),
    ],
    ids=["terms", "chain", "ledger", "kind"],
)
def test_copies_of_different_drafts_do_not_merge(other: Draft) -> None:
    with pytest.raises(DraftsDiffer):
        merge(complete(), other)


def test_messages_that_contradict_each_other_make_no_draft() -> None:
    with pytest.raises(DraftsDiffer, match="terms"):
        draft_of("confirm", confirm=CONFIRM, terms=changed(TERMS, face=1))
    with pytest.raises(DraftsDiffer, match=r"accept\.issue"):
        draft_of("accept", issue=ISSUE, accept=Accept(b"\1" * 32, (TERMS,)))
    with pytest.raises(DraftsDiffer, match=r"transfer\.quote"):
        draft_of("transfer", transfer=transfer(quote=b"\1" * 32))
    with pytest.raises(DraftsDiffer, match=r"transfer\.quote"):
        draft_of("fill", quote=QUOTE, transfer=transfer(quote=b"\1" * 32))
    with pytest.raises(BadField):
        draft_of("transfer", terms=TERMS)


def test_what_is_taken_of_an_issue_stands_in_the_leaf() -> None:
    accept = Accept(draft_of("accept", issue=ISSUE).digest("issue"), (TERMS,))
    leaf = Leaf((b"\1" * 32, hash_struct(CONFIRM)), (1,), (CONFIRM.uses,), ())
    draft = draft_of("accept", issue=ISSUE).with_message("accept", accept, Extra(leaf=leaf))
    assert from_json(to_json(draft)) == draft
    for wrong in (
        changed(leaf, positions=(0,)),
        changed(leaf, positions=(2,)),
        changed(leaf, positions=(1, 1), uses=leaf.uses * 2),
        changed(leaf, uses=(CONFIRM.uses[:1],)),
        changed(leaf, uses=()),
    ):
        with pytest.raises(DraftsDiffer):
            draft_of("accept", issue=ISSUE).with_message("accept", accept, Extra(leaf=wrong))


def flipped(proof: bytes, at: int) -> bytes:
    return proof[:at] + bytes([proof[at] ^ 1]) + proof[at + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: Signature("confirm", checker.address, s.proof),
        lambda s: Signature("terms", s.signer, s.proof),
        lambda s: Signature(s.message, s.signer, s.proof[:64]),
        lambda s: Signature(s.message, s.signer, s.proof + b"\0"),
        lambda s: Signature(s.message, s.signer, b""),
        lambda s: Signature(s.message, s.signer, flipped(s.proof, 5)),
        lambda s: Signature(s.message, s.signer, flipped(s.proof, 40)),
        lambda s: Signature(s.message, s.signer, s.proof[:64] + bytes([s.proof[64] - 27])),
        lambda s: Signature(s.message, s.signer, bytes(65)),
        lambda s: Signature(s.message, s.signer, b"\xff" * 64 + b"\x1b"),
        lambda s: Signature(s.message, s.signer, with_upper_s(s.proof)),
    ],
    ids=[
        "other-signer",
        "other-message",
        "short",
        "long",
        "empty",
        "r",
        "s",
        "v",
        "zero",
        "beyond",
        "upper-s",
    ],
)
def test_a_proof_that_no_contract_would_take_is_refused(spoil) -> None:
    draft = complete()
    check_key_signature(draft, draft.signatures[0])
    with pytest.raises(SignatureInvalid):
        check_key_signature(draft, spoil(draft.signatures[0]))


def with_upper_s(proof: bytes) -> bytes:
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    return proof[:32] + (order - int.from_bytes(proof[32:64])).to_bytes(32) + bytes([55 - proof[64]])


def test_a_signature_counts_for_one_chain_and_one_contract() -> None:
    draft = complete()
    elsewhere = Draft("confirm", 1, LEDGER, PARTIES, draft.messages, signatures=draft.signatures)
    other_ledger = Draft(
        "confirm", CHAIN, Address(PARTIES), PARTIES, draft.messages, signatures=draft.signatures
    )
    for wrong in (elsewhere, other_ledger):
        with pytest.raises(SignatureInvalid):
            check_key_signature(wrong, wrong.signatures[0])


def test_one_signer_signs_once() -> None:
    draft = complete()
    assert draft.with_signature(maker.sign(draft, "confirm")) == draft


def test_a_false_proof_keeps_no_true_one_out() -> None:
    draft = draft_of("confirm", confirm=CONFIRM, terms=TERMS)
    false = draft.with_signature(Signature("confirm", maker.address, bytes(65)))
    mended = false.with_signature(maker.sign(draft, "confirm"))
    assert mended.signatures == (maker.sign(draft, "confirm"),)
    assert merge(mended, false).signatures == merge(false, mended).signatures == mended.signatures


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("duebill",), "draft/2"),
        (("duebill",), None),
        (("kind",), "steal"),
        (("kind",), ["confirm"]),
        (("kind",), "order"),
        (("chain_id",), 31337),
        (("chain_id",), "-1"),
        (("ledger",), "0x12"),
        (("parties",), None),
        (("messages",), []),
        (("messages",), {}),
        (("messages", "order"), {}),
        (("messages", "terms"), "x"),
        (("messages", "terms", "type"), "Confirm"),
        (("messages", "terms", "body"), None),
        (("messages", "terms", "body", "face"), "99"),
        (("messages", "terms", "more"), 1),
        (("extra",), None),
        (("extra",), {"leaf": {}}),
        (("extra",), {"x": 1}),
        (("signatures",), {}),
        (("signatures",), [1]),
        (("signatures",), [{"message": "order", "signer": LEDGER, "proof": "0x"}]),
        (("signatures",), [{"message": "terms", "signer": LEDGER, "proof": "0xf"}]),
        (("signatures",), [{"message": "terms", "signer": LEDGER, "proof": 1}]),
        (("signatures",), [{"message": ["terms"], "signer": LEDGER, "proof": "0x"}]),
        (("signatures",), [{"message": "terms", "signer": "0x1", "proof": "0x"}]),
        (("signatures",), [{"message": "terms", "signer": LEDGER, "proof": "0x", "x": 1}]),
        (("signatures",), [{"message": "terms", "signer": LEDGER, "proof": "0x"}] * 65),
        (("more",), 1),
    ],
)
def test_a_document_that_is_no_draft_is_refused_with_a_domain_error(
    path: tuple[str, ...], value: object
) -> None:
    document = copy.deepcopy(to_json(complete()))
    place = document
    for each in path[:-1]:
        place = place[each]
    place[path[-1]] = value
    with pytest.raises(DuebillError):
        from_json(document)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=100)
def test_anything_else_is_refused_too(document: object) -> None:
    with pytest.raises(DuebillError):
        from_json(document)
    with pytest.raises(DuebillError):
        from_json({**to_json(complete()), "messages": document})
