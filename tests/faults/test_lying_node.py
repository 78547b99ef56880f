"""A node that leaves logs out, alters or reorders them is found out by the contracts' heads, and nothing of it is believed."""

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from ledger.chain.decode import UnknownEvent
from ledger.chain.rpc import Rpc
from ledger.domain.errors import DuebillError
from ledger.mirror.alarms import HeadDiffers, WrongChain
from ledger.mirror.follow import FollowOptions, Mirror
from ledger.mirror.project.read import LogMalformed
from ledger.sql.engine import Database
from ledger.sql.tables import book, raw
from tests.faults.node_proxy import Change, Refuse, lying_node
from tests.mirror.copies import catch_up, everything, stored_height, verified
from tests.mirror.scene import Scene

Logs = list[dict[str, Any]]


def mirror_through(scene: Scene, database: Database, change: Change) -> None:
    """Mirrors up to the head, of what the changed node tells."""
    with lying_node(scene.rpc.url, change) as url:
        options = FollowOptions(until_head=True, patience_seconds=5)
        Mirror(Rpc(url), database, scene.deployment, options).run(threading.Event())


def on_logs(change: Callable[[Logs], Logs]) -> Change:
    """Changes the answers of eth_getLogs that hold at least two logs."""

    def told(method: str, _params: list[Any], result: Any) -> Any:
        return change(result) if method == "eth_getLogs" and len(result) > 1 else result

    return told


def omit_last(logs: Logs) -> Logs:
    return logs[:-1]


def omit_first(logs: Logs) -> Logs:
    return logs[1:]


def omit_all(_: Logs) -> Logs:
    return []


def swap_contents(logs: Logs) -> Logs:
    """Two logs of one block in the other order, numbered as if they were right."""
    first, second = next(
        (a, b) for a, b in pairwise(logs) if a["blockNumber"] == b["blockNumber"] and a["data"] != b["data"]
    )
    told = [{**log} for log in logs]
    for name in ("topics", "data", "address"):
        told[logs.index(first)][name], told[logs.index(second)][name] = second[name], first[name]
    return told


def alter_amount(logs: Logs) -> Logs:
    return [
        *logs[:-1],
        {**logs[-1], "data": logs[-1]["data"][:-1] + ("1" if logs[-1]["data"][-1] != "1" else "2")},
    ]


def alter_subject(logs: Logs) -> Logs:
    subject = logs[-1]["topics"][1]
    changed = subject[:-1] + ("1" if subject[-1] != "1" else "2")
    return [*logs[:-1], {**logs[-1], "topics": [logs[-1]["topics"][0], changed, *logs[-1]["topics"][2:]]}]


def double_last(logs: Logs) -> Logs:
    return [*logs, {**logs[-1], "logIndex": hex(int(logs[-1]["logIndex"], 16) + 1)}]


@pytest.mark.parametrize(
    "change", [omit_last, omit_first, omit_all, swap_contents, alter_amount, alter_subject, double_last]
)
def test_the_heads_show_what_was_changed(
    scene: Scene, database: Database, change: Callable[[Logs], Logs]
) -> None:
    receivable = scene.confirm()
    catch_up(scene, database)
    before = everything(database)

    scene.split(receivable, 10_000_000, 20_000_000)
    scene.pay(receivable, 9_000)
    with scene.one_block():
        scene.distribute(receivable, 0, 10_000_000)
    with pytest.raises(HeadDiffers) as alarm:
        mirror_through(scene, database, on_logs(change))
    assert alarm.value.contract == "Ledger"
    assert f"0x{scene.deployment.ledger[2:].lower()}" == alarm.value.emitter
    assert everything(database) == before

    catch_up(scene, database)
    verified(scene, database)


@pytest.mark.parametrize("change", [lambda logs: logs[::-1], lambda logs: [*logs, logs[-1]]])
def test_logs_out_of_their_order_are_refused_at_sight(
    scene: Scene, database: Database, change: Callable[[Logs], Logs]
) -> None:
    scene.confirm()
    with pytest.raises(LogMalformed):
        mirror_through(scene, database, on_logs(change))
    assert stored_height(database) == -1


def test_a_short_log_is_refused(scene: Scene, database: Database) -> None:
    scene.confirm()
    with pytest.raises(LogMalformed):
        mirror_through(
            scene, database, on_logs(lambda logs: [*logs[:-1], {**logs[-1], "data": logs[-1]["data"][:-64]}])
        )
    assert stored_height(database) == -1


def test_an_event_that_it_does_not_know_stops_it_just_before(scene: Scene, database: Database) -> None:
    scene.confirm()
    last = scene.height()
    scene.mine(2)

    def rename(logs: Logs) -> Logs:
        other = "0x" + "ab" * 32
        return [
            {**log, "topics": [other, *log["topics"][1:]]} if int(log["blockNumber"], 16) == last else log
            for log in logs
        ]

    with pytest.raises(UnknownEvent) as alarm:
        mirror_through(scene, database, on_logs(rename))
    assert alarm.value.block == last
    assert stored_height(database) == last - 1
    verified(scene, database)


class Forgetful:
    """A node without the state of blocks before `keeps_from`, by hash; `logs` changes what it tells."""

    def __init__(self, keeps: set[str], logs: Callable[[Logs], Logs] = lambda logs: logs) -> None:
        self._keeps = keeps
        self._logs = on_logs(logs)

    def __call__(self, method: str, params: list[Any], result: Any) -> Any:
        if method == "eth_call" and params[1].get("blockHash") not in self._keeps:
            raise Refuse("missing trie node")
        return self._logs(method, params, result)


def checked(database: Database) -> int:
    """The last block whose heads were compared."""
    with database.read() as read:
        return int(read.scalar(select(book.checkpoint.c.checked_number)))


def test_blocks_without_state_stand_unchecked_until_a_head_settles_them(
    scene: Scene, database: Database
) -> None:
    scene.confirm()
    mirror_through(scene, database, Forgetful(set()))
    assert stored_height(database) == scene.height()
    assert checked(database) == scene.deployment.first_block - 1

    scene.mine()
    catch_up(scene, database)
    assert checked(database) == scene.height()


def test_a_lie_in_an_unchecked_block_shows_at_the_first_readable_head(
    scene: Scene, database: Database
) -> None:
    scene.confirm()
    mirror_through(scene, database, Forgetful(set(), omit_last))
    unchecked = checked(database)
    scene.mine()
    with pytest.raises(HeadDiffers):
        catch_up(scene, database)
    assert checked(database) == unchecked


@pytest.mark.parametrize(
    ("method", "told", "what"),
    [
        ("eth_chainId", "0x1", "chain id of the node"),
        ("eth_getCode", "0x6001", "code of Ledger"),
    ],
)
def test_another_chain_or_contract_is_refused_by_name(
    scene: Scene, database: Database, method: str, told: str, what: str
) -> None:
    with pytest.raises(WrongChain) as alarm:
        mirror_through(scene, database, lambda asked, _params, result: told if asked == method else result)
    assert alarm.value.what == what
    with database.read() as read:
        assert read.scalar(select(func.count()).select_from(raw.blocks)) == 0


def test_a_node_that_answers_nonsense_is_no_reason_to_believe(scene: Scene, database: Database) -> None:
    with pytest.raises(DuebillError):
        mirror_through(
            scene,
            database,
            lambda method, _params, result: {} if method == "eth_getBlockByNumber" else result,
        )
    assert stored_height(database) == -1
