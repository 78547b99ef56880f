"""Sign-in with Ethereum: only a fresh message for this service and chain, signed by its address, opens a session."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from ledger.sql.tables import offchain
from tests.api.town import Town
from tests.mirror.scene import DEBTOR


def nonce(town: Town) -> str:
    return str(town.http.post("/v1/auth/nonce").json()["nonce"])


def test_a_signed_message_opens_a_session_of_the_signers_party(town: Town) -> None:
    answer = town.http.post("/v1/auth/sessions", json=town.signed_in("maker", nonce(town)))

    assert answer.status_code == 201
    assert answer.json()["party"] == DEBTOR
    assert answer.json()["roles"] == ["core-enterprise"]
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert town.http.get("/v1/parties", headers=headers).status_code == 200


def test_a_nonce_is_good_once(town: Town) -> None:
    message = town.signed_in("maker", nonce(town))
    assert town.http.post("/v1/auth/sessions", json=message).status_code == 201

    again = town.http.post("/v1/auth/sessions", json=message)

    assert again.status_code == 401
    assert again.json()["code"] == "sign-in-refused"
    assert "nonce" in again.json()["fields"]["reason"]


def test_a_nonce_that_nobody_was_given_is_refused(town: Town) -> None:
    answer = town.http.post("/v1/auth/sessions", json=town.signed_in("maker", "0123456789abcdef"))
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"domain": "elsewhere.example"}, "domain"),
        ({"uri": "http://elsewhere.example"}, "uri"),
        ({"chain": "1"}, "chain id"),
        ({"issued": "2020-01-01T00:00:00Z"}, "issued"),
        ({"end": "\nExpiration Time: 2020-01-01T00:00:00Z"}, "expired"),
        ({"end": "\nNot Before: 2999-01-01T00:00:00Z"}, "not valid yet"),
    ],
)
def test_a_message_for_elsewhere_or_another_time_is_refused(
    town: Town, changed: dict[str, str], reason: str
) -> None:
    fresh = nonce(town)
    answer = town.http.post("/v1/auth/sessions", json=town.signed_in("maker", fresh, **changed))

    assert answer.status_code == 401
    assert reason in answer.json()["fields"]["reason"]
    # The refusal has not spent the nonce.
    assert town.http.post("/v1/auth/sessions", json=town.signed_in("maker", fresh)).status_code == 201


def test_a_signature_of_another_key_is_refused(town: Town) -> None:
    message = town.signed_in("maker", nonce(town))
    other = town.signed_in("bank", nonce(town))
    answer = town.http.post("/v1/auth/sessions", json=message | {"signature": other["signature"]})
    assert answer.status_code == 401
    assert "signature" in answer.json()["fields"]["reason"]


@pytest.mark.parametrize("body", [{}, {"message": "hello", "signature": "0x00"}, {"message": 5}])
def test_what_is_no_message_is_refused(town: Town, body: dict[str, object]) -> None:
    answer = town.http.post("/v1/auth/sessions", json=body)
    assert answer.status_code in (401, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_revoked_session_opens_nothing(town: Town) -> None:
    opened = town.http.post("/v1/auth/sessions", json=town.signed_in("maker", nonce(town))).json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    assert town.http.delete("/v1/auth/sessions/current", headers=headers).status_code == 204

    answer = town.http.get("/v1/parties", headers=headers)

    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-needed"


def test_a_session_ends_with_its_message(town: Town) -> None:
    end = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    message = town.signed_in("maker", nonce(town), end=f"\nExpiration Time: {end}")
    assert town.http.post("/v1/auth/sessions", json=message).json()["expires_at"] == end


def test_a_token_at_rest_is_a_hash(town: Town) -> None:
    opened = town.http.post("/v1/auth/sessions", json=town.signed_in("maker", nonce(town))).json()
    with town.database.read() as read:
        stored = [bytes(row.token_hash) for row in read.rows(select(offchain.session))]
    assert all(opened["token"].encode() not in each and len(each) == 32 for each in stored)


def test_a_signer_of_nobody_may_sign_in_and_sees_nothing_of_others(town: Town) -> None:
    opened = town.http.post("/v1/auth/sessions", json=town.signed_in("stranger", nonce(town))).json()
    assert opened["party"] is None
    headers = {"Authorization": f"Bearer {opened['token']}"}
    assert town.http.get("/v1/receivables", headers=headers).json()["items"] == []
    assert town.http.get("/v1/drafts", headers=headers).json()["items"] == []
