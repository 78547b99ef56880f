"""Every route under every role: nobody, a party concerned, another party, an auditor. A route without a line here fails."""

from typing import Any

import httpx
import pytest

from api.app import create_app
from ledger.domain.acts import Quote
from ledger.domain.ids import Digest, PartyId, ReceivableId, digest_text
from ledger.domain.units import Amount, Bps
from tests.api.papers import confirmed, order, recorded, request, soon, terms
from tests.api.town import Town
from tests.mirror.scene import DEBTOR, SUPPLIER

OPEN = {
    ("GET", "/health"),
    ("GET", "/v1/deployment"),
    ("POST", "/v1/auth/nonce"),
    ("POST", "/v1/auth/sessions"),
}
OWN, OTHER, AUDITOR = "supplier", "second", "attestor"

# Route → status for the party concerned, another party, an auditor. 404: not told that it is there;
# 409: nothing is due. Lists are 200 for all; what they hold is asserted in LISTS.
EXPECTED: dict[tuple[str, str], tuple[int, int, int]] = {
    ("DELETE", "/v1/auth/sessions/current"): (204, 204, 204),
    ("GET", "/v1/head"): (200, 200, 200),
    ("GET", "/v1/parties"): (200, 200, 200),
    ("GET", "/v1/parties/{party}"): (200, 200, 200),
    ("PUT", "/v1/parties/{party}/card"): (200, 403, 403),
    ("POST", "/v1/drafts"): (201, 403, 403),
    ("GET", "/v1/drafts"): (200, 200, 200),
    ("GET", "/v1/drafts/{draft}"): (200, 404, 404),
    ("POST", "/v1/drafts/{draft}/messages"): (422, 404, 404),
    ("POST", "/v1/drafts/{draft}/signatures"): (422, 404, 404),
    ("POST", "/v1/drafts/{draft}/refusal"): (403, 404, 404),
    ("POST", "/v1/drafts/{draft}/withdrawal"): (200, 404, 404),
    ("POST", "/v1/drafts/{draft}/submission"): (422, 404, 404),
    ("POST", "/v1/quotes"): (422, 422, 422),
    ("GET", "/v1/quotes"): (200, 200, 200),
    ("POST", "/v1/quote-requests"): (201, 404, 403),
    ("GET", "/v1/quote-requests"): (200, 200, 200),
    ("GET", "/v1/operations/{operation}"): (200, 404, 404),
    ("POST", "/v1/sealed"): (201, 404, 404),
    ("GET", "/v1/sealed"): (200, 200, 200),
    ("GET", "/v1/sealed/{packet}"): (200, 404, 404),
    ("GET", "/v1/trades"): (200, 200, 200),
    ("GET", "/v1/trades/{trade}"): (200, 404, 200),
    ("GET", "/v1/receivables"): (200, 200, 200),
    ("GET", "/v1/receivables/{receivable}"): (200, 404, 200),
    ("GET", "/v1/receivables/{receivable}/pieces"): (200, 404, 200),
    ("GET", "/v1/receivables/{receivable}/history"): (200, 404, 200),
    ("GET", "/v1/pieces"): (200, 200, 200),
    ("GET", "/v1/invoice-uses"): (403, 403, 200),
    ("GET", "/v1/exposure"): (403, 403, 200),
    ("GET", "/v1/credits"): (200, 200, 200),
    ("POST", "/v1/issues"): (422, 422, 422),
    ("GET", "/v1/issues"): (200, 200, 200),
    ("GET", "/v1/issues/{digest}"): (404, 404, 404),
    ("POST", "/v1/issues/{digest}/signatures"): (404, 404, 404),
    ("POST", "/v1/issues/{digest}/refusals"): (404, 404, 404),
    ("POST", "/v1/permits"): (422, 422, 422),
    ("POST", "/v1/distributions"): (409, 404, 409),
    ("POST", "/v1/payouts"): (409, 403, 403),
}
# What ends the draft that the others need comes last.
ENDING = (("POST", "/v1/drafts/{draft}/withdrawal"),)
# Lists whose rows belong to somebody → whether the party concerned, another party and an auditor find any.
LISTS = {
    "/v1/drafts": (True, False, False),
    "/v1/trades": (True, False, True),
    "/v1/receivables": (True, False, True),
    "/v1/sealed?box=sent": (True, False, False),
    "/v1/quote-requests": (True, False, False),
    "/v1/pieces?holder=4": (True, False, True),
}


def routes() -> list[tuple[str, str]]:
    paths = create_app().openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def things(town: Town) -> dict[str, str]:
    """One of everything that the supplier is concerned with."""
    receivable = confirmed(town, "access")
    trade = recorded(town, "access", 1_000)
    draft = request(town, terms(town, "access pending"))["id"]
    document = town.document(
        "order", {"order": order(town, "access order")}, {"order": ("supplier", "maker")}
    )
    operation = town.put_draft("supplier", document).json()["operation"]
    town.final("supplier", operation)
    body = {"to": DEBTOR, "label": "for access", "packet": "AAAA"}
    packet = town.write("supplier", "/v1/sealed", body).json()["id"]
    town.write("supplier", "/v1/quote-requests", {"receivable": receivable, "start": "0", "financier": 6})
    return {
        "receivable": receivable,
        "trade": digest_text(trade),
        "draft": draft,
        "operation": operation,
        "packet": packet,
        "party": str(SUPPLIER),
        "digest": "0x" + "11" * 32,
    }


def ask(town: Town, name: str | None, method: str, path: str, things: dict[str, str]) -> httpx.Response:
    url = path.format(**things) + {"/v1/invoice-uses": "?debtor=3", "/v1/exposure": "?debtor=3"}.get(path, "")
    if method == "GET":
        return town.get(name, url)
    if method == "DELETE":
        return town.http.delete(url, headers={} if name is None else _bearer(fresh(town, name)))
    return town.write(name, url, body(town, path, things, str(name)), method=method)


def fresh(town: Town, name: str) -> str:
    nonce = town.http.post("/v1/auth/nonce").json()["nonce"]
    opened: dict[str, str] = town.http.post("/v1/auth/sessions", json=town.signed_in(name, nonce)).json()
    return opened["token"]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def body(town: Town, path: str, things: dict[str, str], name: str) -> Any:
    """A body that would be accepted of the party concerned, where there is one."""
    if path == "/v1/drafts":
        return {"document": town.document("confirm", {"terms": terms(town, f"access by {name}")}, {})}
    receivable = things["receivable"]
    return {
        "/v1/parties/{party}/card": {"name": "Supplier", "ids": {}},
        "/v1/drafts/{draft}/refusal": {"reason": "no"},
        "/v1/drafts/{draft}/messages": {"name": "confirm", "body": {}},
        "/v1/drafts/{draft}/signatures": {
            "message": "terms",
            "signer": "0x" + "00" * 19 + "01",
            "proof": "0x00",
        },
        "/v1/quote-requests": {"receivable": receivable, "start": "0", "financier": 6},
        "/v1/sealed": {"to": DEBTOR, "for": things["draft"], "packet": "AAAA"},
        "/v1/distributions": {"receivable": receivable, "starts": ["0"]},
        "/v1/payouts": {"party": SUPPLIER, "token": town.scene.deployment.token},
        "/v1/issues/{digest}/refusals": {"payable": "0x" + "22" * 32, "reason": "no"},
        "/v1/issues/{digest}/signatures": {"signer": "0x" + "00" * 20, "proof": "0x00"},
    }.get(path, {})


def test_every_route_has_its_line() -> None:
    assert set(routes()) == OPEN | EXPECTED.keys()


@pytest.mark.parametrize(("method", "path"), sorted(set(routes()) - OPEN))
def test_nobody_comes_in_without_a_session(
    town: Town, things: dict[str, str], method: str, path: str
) -> None:
    answer = ask(town, None, method, path, things)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-needed")


# The party concerned comes last: it ends what it may.
@pytest.mark.parametrize(("at", "name"), [(1, OTHER), (2, AUDITOR), (0, OWN)])
@pytest.mark.parametrize(("method", "path"), [*(each for each in EXPECTED if each not in ENDING), *ENDING])
def test_a_route_opens_to_whom_it_concerns(
    town: Town, things: dict[str, str], method: str, path: str, at: int, name: str
) -> None:
    answer = ask(town, name, method, path, things)
    assert answer.status_code == EXPECTED[method, path][at], answer.text


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("at", "name"), [(0, OWN), (1, OTHER), (2, AUDITOR)])
def test_a_list_holds_only_what_concerns_the_reader(
    town: Town, things: dict[str, str], path: str, at: int, name: str
) -> None:
    rows = town.get(name, path).json()["items"]
    assert bool(rows) is LISTS[path][at], rows


def test_who_has_passed_a_piece_on_still_sees_the_receivable(town: Town) -> None:
    receivable = confirmed(town, "passed on", trade=recorded(town, "passed on", 1_000_000))
    number = int(receivable, 16)
    assert town.get("second", f"/v1/receivables/{receivable}").status_code == 404
    town.scene.transfer(number, 400_000)  # type: ignore[arg-type]
    town.caught_up()
    assert town.get("second", f"/v1/receivables/{receivable}").status_code == 200
    town.scene.transfer(number, 400_000, 600_000, ("second", "bank"))  # type: ignore[arg-type]
    town.caught_up()
    for name in ("second", "bank", "supplier", "maker", "attestor"):
        assert town.get(name, f"/v1/receivables/{receivable}").status_code == 200, name


def test_a_stranger_cannot_show_itself_a_receivable(town: Town, things: dict[str, str]) -> None:
    """A quote for a receivable that the financier was never shown does not open it."""
    receivable = confirmed(town, "never shown")
    quote = Quote(
        PartyId(6), SUPPLIER, Digest(bytes(32)), ReceivableId(int(receivable, 16)), 0, 1, Amount(1_000_000), Amount(0),
        Bps(480), Amount(0), False, Amount(2**64 - 1), False, 0, soon(town),
    )  # fmt: skip
    town.write(
        "bank", "/v1/quotes", {"document": town.document("fill", {"quote": quote}, {"quote": ("bank",)})}
    )
    assert town.get("bank", f"/v1/receivables/{receivable}").status_code == 404
