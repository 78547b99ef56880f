"""Killed between any two messages to PostgreSQL, the API keeps a command whole or not at all; sent again, it counts once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from api.auth.sessions import open_session
from ledger.domain import drafts
from ledger.domain.acts import Order
from ledger.domain.drafts import Draft, Signature
from ledger.domain.hashing import keccak
from ledger.domain.ids import ChainTime, Digest, address_bytes
from ledger.domain.units import Amount
from ledger.sql.engine import Database
from ledger.sql.tables import offchain, outbox
from tests.chain.founders import address_of, key_of, sign
from tests.faults.api_job import client
from tests.faults.postgres_proxy import KillingProxy
from tests.faults.victims import Victims
from tests.mirror.copies import catch_up
from tests.mirror.scene import DEBTOR, EUR, SUPPLIER, Scene

_MOST_MESSAGES = 2_000
JOB = "tests.faults.api_job:run"


def order(scene: Scene, number: int) -> Draft:
    """An order that both sides have signed."""
    place = scene.deployment
    deadline = ChainTime(scene.now() + 86_400)
    act = Order(DEBTOR, SUPPLIER, EUR, Amount(1), Digest(keccak(b"killed %d" % number)), deadline)
    draft = Draft("order", place.chain_id, place.ledger, place.parties, {"order": act})
    for name in ("maker", "supplier"):
        key = key_of(name)
        draft = draft.with_signature(Signature("order", address_of(key), sign(key, draft.digest("order"))))
    return draft


def count(database: Database, table: Any) -> int:
    with database.read() as read:
        return int(read.scalar(select(func.count()).select_from(table)))


def test_killed_anywhere_in_a_command(scene: Scene, database: Database, database_url: str) -> None:
    catch_up(scene, database)
    with database.app() as app:
        signer = address_bytes(address_of(key_of("maker")))
        token, _ = open_session(app, signer, datetime.now(UTC), None)
    steady = client(scene.rpc.url, database_url, scene.file)
    with KillingProxy(database_url) as proxy, Victims() as victims:
        for after in range(1, _MOST_MESSAGES):
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"killed-{after}"}
            body = {"document": drafts.to_json(order(scene, after))}
            proxy.arm(after)
            status = victims.run(JOB, scene.rpc.url, proxy.url, scene.file, headers, body, began=proxy.victim)
            kept = count(database, offchain.draft)
            assert kept in (after - 1, after)
            assert count(database, outbox.operation) == count(database, offchain.idempotency) == kept
            again = steady.post("/v1/drafts", json=body, headers=headers)
            assert (again.status_code, again.json()["status"]) == (201, "submitted"), again.text
            assert count(database, offchain.draft) == count(database, outbox.operation) == after
            if not proxy.has_killed.is_set():
                assert status == 0
                break
        else:
            pytest.fail("it never ended by itself")
    assert after > 30
