"""The same key and body give the same answer and one effect; another body is refused, saying where it differs."""

import threading
from typing import Any

from sqlalchemy import func, select

from ledger.sql.tables import offchain
from tests.api.papers import order, terms
from tests.api.town import Town


def drafts_of(town: Town, digest: str) -> int:
    with town.database.read() as read:
        identity = offchain.draft.c.identity == bytes.fromhex(digest[2:])
        return int(read.scalar(select(func.count()).select_from(offchain.draft).where(identity)))


def document(town: Town, name: str) -> dict[str, Any]:
    return {"document": town.document("order", {"order": order(town, name)}, {"order": ("supplier",)})}


def test_the_same_request_twice_has_one_effect_and_one_answer(town: Town) -> None:
    body = document(town, "twice")
    first = town.write("supplier", "/v1/drafts", body, key="the-same-key")
    again = town.write("supplier", "/v1/drafts", body, key="the-same-key")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert drafts_of(town, first.json()["digests"]["order"]) == 1


def test_another_body_under_the_key_is_told_where_it_differs(town: Town) -> None:
    body = document(town, "differs")
    town.write("supplier", "/v1/drafts", body, key="another-body")

    answer = town.write(
        "supplier", "/v1/drafts", body | {"summary": {"en": "something else"}}, key="another-body"
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    assert answer.json()["fields"]["differs"] == ["body.summary"]
    elsewhere = town.write(
        "supplier", "/v1/quotes", {"document": body["document"] | {"kind": "fill"}}, key="another-body"
    )
    assert elsewhere.status_code == 422


def test_a_key_belongs_to_its_signer(town: Town) -> None:
    body = document(town, "of its signer")
    assert town.write("supplier", "/v1/drafts", body, key="key-of-two").status_code == 201
    other = town.write("maker", "/v1/drafts", body, key="key-of-two")
    assert other.json()["code"] == "draft-exists"


def test_a_refused_request_does_not_use_its_key_up(town: Town) -> None:
    bad = {"document": town.document("confirm", {"terms": terms(town, "used up")}, {"terms": ("bank",)})}
    assert town.write("supplier", "/v1/drafts", bad, key="refused-first").status_code == 422
    assert (
        town.write("supplier", "/v1/drafts", document(town, "used up"), key="refused-first").status_code
        == 201
    )


def test_the_same_request_at_once_has_one_effect(town: Town) -> None:
    body = document(town, "at once")
    town.sign_in("supplier")
    answers: list[Any] = []

    def send() -> None:
        answers.append(town.write("supplier", "/v1/drafts", body, key="sent-at-once"))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert {each.status_code for each in answers} == {201}
    assert len({each.text for each in answers}) == 1
    assert drafts_of(town, answers[0].json()["digests"]["order"]) == 1


def test_the_same_draft_under_two_keys_at_once_is_kept_once(town: Town) -> None:
    body = document(town, "two keys at once")
    town.sign_in("supplier")
    codes: list[int] = []

    def send(key: str) -> None:
        codes.append(town.write("supplier", "/v1/drafts", body, key=key).status_code)

    threads = [threading.Thread(target=send, args=(f"two-at-once-{at}",)) for at in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(codes) == [201, 409, 409, 409]
