"""Killed between any two messages that it sends to PostgreSQL, the mirror loses nothing and doubles nothing."""

import time

import pytest

from ledger.sql.engine import Database
from ledger.sql.sessions import Mirror
from tests.faults.postgres_proxy import KillingProxy
from tests.faults.victims import Victims
from tests.mirror.copies import catch_up, everything, following, stored_height, until, verified
from tests.mirror.scene import Scene

_MOST_MESSAGES = 2_000
JOB = "tests.faults.mirror_job:run"


def test_killed_anywhere_in_a_batch(
    scene: Scene, database: Database, another_database: Database, database_url: str
) -> None:
    receivable = scene.confirm(scene.order())
    scene.pay(receivable, 9_000)
    catch_up(scene, database)
    kills = 0
    with KillingProxy(database_url) as proxy, Victims() as victims:
        for after in range(1, _MOST_MESSAGES):
            before = scene.height()
            with scene.one_block():
                scene.split(receivable, 1_000, 30_000_000 - 1_000 * (kills + 1), start=1_000 * kills)
            scene.transfer(receivable, 400, start=1_000 * kills)
            proxy.arm(after)
            status = victims.run(JOB, scene.rpc.url, proxy.url, scene.file, began=proxy.victim)
            if not proxy.has_killed.is_set():
                assert status == 0
                break
            kills += 1
            assert stored_height(database) in (before, before + 1, before + 2)
            verified(scene, database)
            catch_up(scene, database)
        else:
            pytest.fail("it never ended by itself")
    assert kills > 40
    verified(scene, database)
    catch_up(scene, another_database)
    assert everything(database) == everything(another_database)


def test_killed_anywhere_while_it_undoes_blocks(
    scene: Scene, database: Database, another_database: Database, database_url: str
) -> None:
    receivable = scene.confirm()
    catch_up(scene, database)
    kills = 0
    with KillingProxy(database_url) as proxy, Victims() as victims:
        for after in range(1, _MOST_MESSAGES):
            scene.mine(2)
            scene.split(receivable, 1_000, 30_000_000 - 1_000 * (kills + 1), start=1_000 * kills)
            catch_up(scene, database)
            scene.rpc.call("anvil_reorg", 2, [])
            scene.split(receivable, 1_000, 30_000_000 - 1_000 * (kills + 1), start=1_000 * kills)
            proxy.arm(after)
            victims.run(JOB, scene.rpc.url, proxy.url, scene.file, began=proxy.victim)
            if not proxy.has_killed.is_set():
                break
            kills += 1
        else:
            pytest.fail("it never ended by itself")
    assert kills > 40
    verified(scene, database)
    catch_up(scene, another_database)
    assert everything(database) == everything(another_database)


def mirrors(session: Mirror) -> int:
    """How many connections of mirrors this database has."""
    asked = (
        "select count(*) from pg_stat_activity where datname = current_database() and application_name = %s"
    )
    row = session.connection.execute(asked, ["duebill_mirror"]).fetchone()
    assert row is not None
    return int(row[0])


def test_two_mirrors_never_write_at_once(scene: Scene, database: Database) -> None:
    """The second waits; when the first is gone it takes over."""
    scene.confirm()
    with database.mirror() as first:
        first.connection.execute("select pg_advisory_lock(%s)", [0x6475_6562_696C_6C02])
        with following(scene, database) as failures:
            scene.mine(3)
            until(lambda: mirrors(first) == 2)
            time.sleep(0.5)  # far longer than a mirror that may write needs for its first batch
            assert stored_height(database) == -1
            first.connection.execute("select pg_advisory_unlock_all()")
            height = scene.height()
            until(lambda: stored_height(database) == height)
    assert failures == []
