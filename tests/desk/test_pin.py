"""A desk works on one deployment: nothing of another chain, contract or service is signed or even read further."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.desk import sign_in
from ledger.desk.desk import Desk
from ledger.desk.errors import OtherDeployment, OtherMessage
from ledger.desk.keystore import signing_key
from ledger.desk.pin import Pin
from ledger.domain.acts import Revoke
from ledger.domain.drafts import Draft
from ledger.domain.errors import BadField
from ledger.domain.ids import NO_DIGEST, Address, ChainTime, Digest, PartyId
from tests.desk.shown import PIN

OTHER_ADDRESS = Address("0x" + "99" * 20)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
KEY = signing_key(bytes(31) + b"\7")


def draft(chain_id: int = 31337, ledger: Address = PIN.ledger, parties: Address = PIN.parties) -> Draft:
    act = Revoke(PartyId(3), Digest(bytes(32)), NO_DIGEST, ChainTime(1))
    return Draft("revoke", chain_id, ledger, parties, {"revoke": act})


def test_a_draft_of_the_pinned_deployment_is_taken() -> None:
    PIN.check_draft(draft())


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (draft(chain_id=1), "chain_id"),
        (draft(ledger=OTHER_ADDRESS), "ledger"),
        (draft(parties=OTHER_ADDRESS), "parties"),
    ],
)
def test_a_draft_of_another_deployment_is_refused(other: Draft, field: str) -> None:
    with pytest.raises(OtherDeployment) as refused:
        PIN.check_draft(other)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "other",
    [
        replace(PIN, chain_id=1),
        replace(PIN, ledger=OTHER_ADDRESS),
        replace(PIN, parties=OTHER_ADDRESS),
        replace(PIN, genesis_hash="0x" + "44" * 32),
    ],
)
def test_a_service_of_another_deployment_is_refused(other: Pin) -> None:
    with pytest.raises(OtherDeployment):
        PIN.check(other)


def test_a_genesis_that_nobody_told_is_no_difference() -> None:
    PIN.check(replace(PIN, genesis_hash=""))


def test_the_pin_is_kept_with_the_desk(desk: Desk) -> None:
    assert Desk.load(desk.folder).pin == PIN


@pytest.mark.parametrize("found", [{}, {"name": "x", "chain_id": "one", "ledger": "0x", "parties": "0x"}])
def test_a_deployment_that_is_none_is_refused(found: dict[str, str]) -> None:
    with pytest.raises(BadField):
        Pin.of_json(found)


def test_a_service_cannot_have_a_sign_in_for_another_service_signed() -> None:
    """It would pass the message on and be signed in there in the party's place."""
    place = sign_in.Place("bank.example", "https://bank.example", PIN.chain_id)
    with pytest.raises(OtherMessage):
        sign_in.signed_message(place, "http://127.0.0.1:8000", PIN.chain_id, KEY, "n" * 16, NOW)


def test_a_sign_in_for_another_chain_is_refused() -> None:
    place = sign_in.Place("127.0.0.1:8000", "http://127.0.0.1:8000", 1)
    with pytest.raises(OtherMessage):
        sign_in.signed_message(place, "http://127.0.0.1:8000", PIN.chain_id, KEY, "n" * 16, NOW)


def test_the_sign_in_is_one_that_others_read() -> None:
    from siwe import SiweMessage

    place = sign_in.Place("127.0.0.1:8000", "http://127.0.0.1:8000", PIN.chain_id)
    text, proof = sign_in.signed_message(place, place.uri, PIN.chain_id, KEY, "abcdefgh12345678", NOW)
    parsed = SiweMessage.from_message(text)
    parsed.verify(proof, timestamp=NOW)
    assert (str(parsed.address), parsed.chain_id, parsed.domain) == (
        KEY.address,
        PIN.chain_id,
        "127.0.0.1:8000",
    )


def test_a_token_is_kept_until_it_ends(desk: Desk) -> None:
    until = datetime(2026, 3, 2, 9, tzinfo=UTC)
    sign_in.keep_token(desk.folder, "http://a", KEY.address, "secret", until)
    assert sign_in.kept_token(desk.folder, "http://a", KEY.address, NOW) == "secret"
    assert sign_in.kept_token(desk.folder, "http://b", KEY.address, NOW) is None
    assert sign_in.kept_token(desk.folder, "http://a", KEY.address, until) is None
    assert (desk.folder / "session.json").stat().st_mode & 0o077 == 0
