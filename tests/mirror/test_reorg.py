"""What the chain takes back, SQL takes back; down to finality and no further."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from ledger.chain.finality import Finality
from ledger.chain.rpc import Rpc
from ledger.mirror.alarms import ReorgPastFinality
from ledger.mirror.follow import FollowOptions, Mirror
from ledger.sql.engine import Database
from ledger.sql.tables import book
from tests.faults.node_proxy import lying_node
from tests.mirror.copies import catch_up, everything, following, stored_height, until, verified
from tests.mirror.scene import Scene


@pytest.fixture
def deep(scene: Scene) -> Scene:
    """A chain on which 64 blocks may still change."""
    scene.deployment = replace(scene.deployment, finality=Finality("depth", 64))
    return scene


def some_acts(scene: Scene, blocks: int) -> None:
    """As many blocks, most with an act that changes rows of several tables."""
    end = scene.height() + blocks
    while scene.height() < end:
        left = end - scene.height()
        if left >= 3:
            receivable = scene.confirm(face=9_000)
            scene.split(receivable, 4_000, 5_000)
            scene.transfer(receivable, 2_000, 4_000)
        else:
            scene.mine(left)


def test_reorganisations_of_any_depth_leave_what_a_fresh_build_makes(
    deep: Scene, database: Database, another_database: Database
) -> None:
    receivable = deep.confirm(deep.order())
    for depth in range(1, 33):
        some_acts(deep, depth)
        catch_up(deep, database)
        deep.rpc.call("anvil_reorg", depth, [])
        deep.split(receivable, 500, 30_000_000 - 500 * depth, start=500 * (depth - 1))
        catch_up(deep, database)
        verified(deep, database)
    catch_up(deep, another_database)

    assert everything(database) == everything(another_database)


def test_a_branch_with_other_acts_replaces_the_one_before(
    deep: Scene, database: Database, another_database: Database
) -> None:
    receivable = deep.confirm(deep.order())
    before = deep.rpc.call("evm_snapshot")
    deep.split(receivable, 10_000_000, 20_000_000)
    gone = deep.transfer(receivable, 20_000_000, 10_000_000)
    catch_up(deep, database)

    deep.rpc.call("evm_revert", before)
    deep.transfer(receivable, 30_000_000)
    deep.mine(3)
    catch_up(deep, database)
    catch_up(deep, another_database)

    verified(deep, database)
    assert everything(database) == everything(another_database)
    with database.read() as read:
        assert read.first(select(book.act).where(book.act.c.act == gone)) is None


def test_a_mirror_that_follows_undoes_on_its_way(
    deep: Scene, database: Database, another_database: Database
) -> None:
    with following(deep, database) as failures:
        receivable = deep.confirm(deep.order())
        for depth in (1, 2, 5, 3):
            deep.rpc.call("anvil_reorg", 1, [])
            some_acts(deep, depth + 1)
            deep.rpc.call("anvil_reorg", depth, [])
        deep.confirm()
        height = deep.height()
        until(lambda: stored_height(database) == height)
    catch_up(deep, another_database)

    assert failures == [] and receivable
    verified(deep, database)
    assert everything(database) == everything(another_database)


def test_a_chain_that_moves_while_it_is_read_is_read_again(
    deep: Scene, database: Database, another_database: Database
) -> None:
    """The stored head is still there when the mirror looks, and gone when it asks for what comes after it."""
    deep.confirm()
    catch_up(deep, database)
    stored = hex(deep.height())
    deep.mine(2)
    moved: list[Any] = []

    def move(method: str, params: list[Any], result: Any) -> Any:
        if method == "eth_getBlockByNumber" and params[0] == stored and not moved:
            moved.append(deep.rpc.call("anvil_reorg", 4, []))
        return result

    with lying_node(deep.rpc.url, move) as url:
        options = FollowOptions(until_head=True, patience_seconds=5)
        Mirror(Rpc(url), database, deep.deployment, options).run(threading.Event())
    catch_up(deep, another_database)

    assert moved
    verified(deep, database)
    assert everything(database) == everything(another_database)


def test_past_finality_it_stops_and_changes_nothing(scene: Scene, database: Database) -> None:
    scene.confirm()
    scene.mine(3)
    catch_up(scene, database)
    before = everything(database)

    scene.rpc.call("anvil_reorg", 3, [])
    scene.mine()
    with pytest.raises(ReorgPastFinality) as alarm:
        catch_up(scene, database)

    assert alarm.value.final == scene.height() - 1 - 2
    assert everything(database) == before


def test_up_to_finality_it_goes_on(scene: Scene, database: Database) -> None:
    scene.confirm()
    scene.mine(3)
    catch_up(scene, database)

    scene.rpc.call("anvil_reorg", 2, [])
    scene.mine()
    catch_up(scene, database)

    assert stored_height(database) == scene.height()
    verified(scene, database)


def test_a_node_that_lags_behind_takes_nothing_back(deep: Scene, database: Database) -> None:
    behind = deep.rpc.call("evm_snapshot")
    deep.confirm()
    catch_up(deep, database)
    before = everything(database)

    deep.rpc.call("evm_revert", behind)
    catch_up(deep, database)

    assert stored_height(database) == deep.height() + 1
    assert everything(database) == before
