"""Killed between any two messages that it sends to PostgreSQL, the relay loses no act and no act takes effect twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.chain.finality import Finality
from ledger.queries.operations import Status
from ledger.sql.engine import Database
from tests.faults.postgres_proxy import KillingProxy
from tests.faults.victims import Victims
from tests.mirror.copies import catch_up, verified
from tests.mirror.scene import SUPPLIER, Scene
from tests.relay.desk import RELAYER_KEY, Desk

_MOST_MESSAGES = 2_000
JOB = "tests.faults.relay_job:run"


def test_killed_anywhere_in_a_round(scene: Scene, database: Database, database_url: str) -> None:
    # At once final, so that each life has few rounds.
    scene.deployment = replace(scene.deployment, finality=Finality("instant"))
    scene.file["finality"] = "instant"
    desk = Desk(scene, database)
    kills = 0
    with KillingProxy(database_url) as proxy, Victims() as victims:
        for after in range(1, _MOST_MESSAGES):
            scene.rpc.call("evm_setAutomine", True)
            receivable = scene.confirm(face=9_000)
            scene.rpc.call("evm_setAutomine", False)
            operation = desk.split(receivable, 4_000, 5_000)
            catch_up(scene, database)
            proxy.arm(after)
            desk.ahead += timedelta(seconds=10)
            seconds = int(desk.ahead.total_seconds())
            arguments = (scene.rpc.url, proxy.url, scene.file, RELAYER_KEY.hex(), seconds)
            status = victims.run(JOB, *arguments, began=proxy.victim)
            stands = desk.until_final(operation)
            assert (stands.status, stands.reverted) == (Status.FINAL, 0), after
            assert scene.piece(receivable, 4_000)[:2] == (SUPPLIER, 5_000)
            assert [each.state for each in desk.sent(operation)].count("mined") == 1
            if not proxy.has_killed.is_set():
                assert status == 0
                break
            kills += 1
        else:
            pytest.fail("it never ended by itself")
    assert kills > 30
    verified(scene, database)
