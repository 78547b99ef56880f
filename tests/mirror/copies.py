"""What a database holds, so that two can be compared; and the mirror run up to the node's head."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from ledger.audit.verify import Report, verify
from ledger.mirror.follow import FollowOptions, Mirror
from ledger.sql.engine import Database
from ledger.sql.tables import book
from tests.mirror.scene import Scene


def mirror(scene: Scene, database: Database) -> Mirror:
    """A mirror that ends at the node's head."""
    options = FollowOptions(until_head=True, patience_seconds=5)
    return Mirror(scene.rpc, database, scene.deployment, options)


def catch_up(scene: Scene, database: Database) -> None:
    """Mirrors everything that the node has."""
    mirror(scene, database).run(threading.Event())


@contextmanager
def following(scene: Scene, database: Database) -> Iterator[list[BaseException]]:
    """A mirror that follows in a thread of its own; gives the list in which its alarm, if any, will stand."""
    stop, failures = threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            Mirror(scene.rpc, database, scene.deployment, FollowOptions(patience_seconds=30)).run(stop)
        except Exception as alarm:  # noqa: BLE001 - told to the test
            failures.append(alarm)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield failures
    finally:
        stop.set()
        thread.join(30)


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits for something that another thread or process brings about."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not come about"
        time.sleep(0.01)


def stored_height(database: Database) -> int:
    """The number of the stored head, -1 before the first batch."""
    with database.read() as read:
        found = read.scalar(select(book.checkpoint.c.number))
        return -1 if found is None else int(found)


def verified(scene: Scene, database: Database, block: int | None = None) -> Report:
    """Compares SQL with storage and events; asserts that nothing differs."""
    with database.read() as read:
        report = verify(read, scene.rpc, scene.deployment, lambda *_: None, block)
    assert [str(each) for each in report.differences] == []
    return report


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of raw and book, sorted; how much the last batch knew of finality is not of the chain."""
    found = {}
    with database.read() as read:
        for table in book.piece.metadata.tables.values():
            if table.schema in ("raw", "book"):
                columns = [column for column in table.columns if column.name != "final_number"]
                found[table.name] = sorted((tuple(row) for row in read.rows(select(*columns))), key=repr)
    return found
