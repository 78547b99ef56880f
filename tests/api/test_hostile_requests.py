"""Requests made to break something: each is answered by a problem below 500, and the service goes on."""

import base64
import json
from typing import Any

import pytest

from tests.api.papers import terms
from tests.api.town import Town
from tests.mirror.scene import DEBTOR, SUPPLIER

NUL, SURROGATE = "a\x00b", "\ud800"
R = "0x" + "11" * 24


def cursor(*key: Any) -> str:
    """A cursor with a key of the test's choice, at block 0."""
    return base64.urlsafe_b64encode(json.dumps([0, "00" * 32, list(key)]).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/drafts/%00",
        "/v1/operations/%00",
        "/v1/sealed/%00",
        "/v1/parties/99999999999999999999999",
        "/v1/parties/-1",
        "/v1/exposure?debtor=99999999999999999999999",
        "/v1/receivables?debtor=-99999999999999999999999",
        "/v1/pieces?holder=99999999999999999999999",
        "/v1/receivables?as_of=99999999999999999999",
        "/v1/receivables?as_of=0x11",
        "/v1/receivables?as_of=999999999999999",
        "/v1/receivables?limit=0",
        "/v1/receivables?limit=501",
        "/v1/receivables?limit=x",
        f"/v1/receivables?cursor={cursor('x')}",
        f"/v1/receivables?cursor={cursor({'x': 'zz'})}",
        f"/v1/receivables?cursor={cursor(1, 2, 3)}",
        f"/v1/receivables?cursor={cursor({'x': '00'}, {'x': '00'})}",
        f"/v1/receivables?cursor={cursor(10**30, 1)}",
        "/v1/drafts?cursor=%00",
        "/v1/drafts?kind=mint",
        "/v1/receivables/0x11",
        f"/v1/receivables/{R}/pieces?ended=perhaps",
        "/v1/nothing",
    ],
)
def test_reads(town: Town, path: str) -> None:
    answer = town.get("supplier", path)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def with_field(document: Any, name: str, value: Any) -> Any:
    """The document with another value in its terms."""
    terms_of = document["messages"]["terms"]
    return document | {"messages": {"terms": terms_of | {"body": terms_of["body"] | {name: value}}}}


def writes(town: Town) -> list[tuple[str, str, Any]]:
    document = town.document("confirm", {"terms": terms(town, "hostile")}, {})
    token = str(town.scene.deployment.token)
    permit = {
        "token": token, "owner": token, "spender": town.scene.deployment.ledger, "value": str(2**256),
        "deadline": "1", "signature": "0x" + "11" * 65,
    }  # fmt: skip
    return [
        ("POST", "/v1/drafts", {"document": document, "summary": {"en": NUL}}),
        ("POST", "/v1/drafts", {"document": document, "summary": {"en": SURROGATE}}),
        ("POST", "/v1/drafts", {"document": document, "sealed": [NUL]}),
        ("POST", "/v1/drafts", {"document": document, "to": [2**40]}),
        ("POST", "/v1/drafts", {"document": document | {"chain_id": str(2**255)}}),
        ("POST", "/v1/drafts", {"document": document | {"extra": {SURROGATE: NUL}}}),
        ("POST", "/v1/drafts", {"document": document | {"kind": NUL}}),
        ("POST", "/v1/drafts", {"document": with_field(document, "face", SURROGATE)}),
        ("POST", "/v1/drafts", {"document": with_field(document, "place", SURROGATE)}),
        ("POST", "/v1/drafts", {"document": with_field(document, "face", 2**80)}),
        ("POST", "/v1/sealed", {"to": DEBTOR, "label": NUL, "packet": "AAAA"}),
        ("POST", "/v1/sealed", {"to": DEBTOR, "for": NUL, "packet": "AAAA"}),
        ("POST", "/v1/sealed", {"to": DEBTOR, "packet": ""}),
        ("POST", "/v1/sealed", {"to": DEBTOR, "packet": "AAA"}),
        ("POST", "/v1/sealed", {"to": 2**31, "packet": "AAAA"}),
        ("PUT", f"/v1/parties/{SUPPLIER}/card", {"name": NUL}),
        ("PUT", f"/v1/parties/{SUPPLIER}/card", {"name": "x", "ids": {"vat": NUL}}),
        ("PUT", f"/v1/parties/{SUPPLIER}/card", {"name": "x", "tag_public_key": "-----BEGIN PUBLIC KEY-----"}),
        ("POST", "/v1/permits", permit),
        ("POST", "/v1/permits", permit | {"value": "1", "deadline": str(2**60)}),
        ("POST", "/v1/distributions", {"receivable": R, "starts": [str(2**64)]}),
        ("POST", "/v1/distributions", {"receivable": R, "starts": []}),
        ("POST", "/v1/payouts", {"party": SUPPLIER, "token": "0x" + "11" * 20}),
        ("POST", "/v1/quote-requests", {"receivable": R, "start": str(2**70), "financier": 6}),
        ("POST", "/v1/issues", {"issue": {"a": SURROGATE}, "signatures": [], "suppliers": []}),
        ("POST", "/v1/drafts/%00/refusal", {"reason": "x"}),
        ("POST", "/v1/drafts/x/refusal", {"reason": NUL}),
    ]  # fmt: skip


def test_writes(town: Town) -> None:
    for method, path, body in writes(town):
        headers = {
            "Authorization": f"Bearer {town.sign_in('supplier')}",
            "Idempotency-Key": f"hostile-{path}"[:90],
        }
        content = json.dumps(body).encode("ascii")
        answer = town.http.request(
            method, path, content=content, headers=headers | {"content-type": "application/json"}
        )
        assert 400 <= answer.status_code < 500, (path, body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_deep_and_wide_json(town: Town) -> None:
    headers = {
        "Authorization": f"Bearer {town.sign_in('supplier')}",
        "Idempotency-Key": "deep-json",
        "content-type": "application/json",
    }
    deep = b'{"document":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert town.http.post("/v1/drafts", content=deep, headers=headers).status_code in (400, 422)
    wide = json.dumps({"document": {str(at): at for at in range(100_000)}}).encode()
    assert town.http.post("/v1/drafts", content=wide, headers=headers).status_code == 422


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer \u00e9".encode("latin-1"), "Basic abc", "Bearer " + "x" * 5_000]
)
def test_tokens_that_are_none(town: Town, authorization: str) -> None:
    answer = town.http.get("/v1/parties", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-needed"


def test_times_that_are_none(town: Town) -> None:
    nonce = town.http.post("/v1/auth/nonce").json()["nonce"]
    body = town.signed_in("maker", nonce, issued="2026-13-45T99:99:99Z")
    assert town.http.post("/v1/auth/sessions", json=body).status_code == 401
