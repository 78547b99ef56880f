"""Killed between any two messages that it sends to PostgreSQL, the relay loses no act and no act takes effect twice."""

import pytest

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
    desk = Desk(scene, database)
    scene.rpc.call("evm_setAutomine", False)
    operations = []
    with KillingProxy(database_url) as proxy, Victims() as victims:
        for after in range(1, _MOST_MESSAGES):
            scene.rpc.call("evm_setAutomine", True)
            receivable = scene.confirm(face=9_000)  # type: ignore[arg-type]
            scene.rpc.call("evm_setAutomine", False)
            operations.append((receivable, desk.split(receivable, 4_000, 5_000)))
            catch_up(scene, database)
            proxy.arm(after)
            arguments = (scene.rpc.url, proxy.url, scene.file, RELAYER_KEY.hex(), 10 * after)
            status = victims.run(JOB, *arguments, began=proxy.victim)
            if not proxy.has_killed.is_set():
                assert status == 0
                break
        else:
            pytest.fail("it never ended by itself")
    assert len(operations) > 30
    for receivable, operation in operations:
        stands = desk.until_final(operation)
        assert (stands.status, stands.reverted) == (Status.FINAL, 0)
        assert scene.piece(receivable, 4_000)[:2] == (SUPPLIER, 5_000)
        assert len([each for each in desk.sent(operation) if each.state == "mined"]) == 1
    verified(scene, database)
