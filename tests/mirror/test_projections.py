"""SQL is what the chain says, as of every block; what anybody reads stays within what their role may do."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import ProgrammingError

from ledger.chain.abi import artefact, event_layouts
from ledger.domain.events import EVENTS
from ledger.domain.ids import receivable_text
from ledger.mirror.project.handlers import HANDLERS
from ledger.sql.asof import as_of
from ledger.sql.engine import Database
from ledger.sql.tables import book, raw
from tests.mirror.copies import catch_up, everything, following, stored_height, until, verified
from tests.mirror.scene import BANK, SECOND, SUPPLIER, Scene


def test_every_event_of_the_contracts_has_a_handler_and_the_domain_knows_it() -> None:
    told = {
        layout.name
        for contract in ("Ledger", "Parties", "Rules")
        for layout in event_layouts(artefact(contract)["abi"])
        if layout.kind is not None
    }
    assert told == HANDLERS.keys() == {event.__name__ for event in EVENTS}


def test_a_whole_life_of_a_receivable_equals_the_chain_as_of_every_block(
    scene: Scene, database: Database
) -> None:
    scene.play()
    catch_up(scene, database)

    first = scene.deployment.first_block
    for block in range(first + 10, scene.height() + 1):
        assert verified(scene, database, block).block == block
    with database.read() as read:
        told = read.rows(
            select(raw.event_layouts.c.name)
            .join(raw.events, func.substring(raw.events.c.topics, 1, 32) == raw.event_layouts.c.topic)
            .distinct()
        )
    assert {row.name for row in told} == HANDLERS.keys() - {"ClosedToNew"}


def test_batches_of_any_size_make_the_same_rows(
    scene: Scene, database: Database, another_database: Database
) -> None:
    """What is far behind goes in one batch, what is followed in batches of one block."""
    with following(scene, another_database) as failures:
        scene.play()
        height = scene.height()
        until(lambda: stored_height(another_database) == height)
    assert failures == []
    catch_up(scene, database)

    assert everything(database) == everything(another_database)


def test_several_changes_in_one_block_leave_one_row(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    with scene.one_block():
        scene.split(receivable, 10_000_000, 20_000_000)
        scene.pay(receivable, 3_000)
        scene.distribute(receivable, 0, 10_000_000)
    catch_up(scene, database)

    verified(scene, database)
    with database.read() as read:
        at = scene.height()
        rows = read.rows(select(book.piece).where(as_of(book.piece, at)).order_by(book.piece.c.start_))
        events = read.scalar(select(func.count()).where(raw.events.c.block == at))
        begun = read.scalar(select(func.count()).where(book.piece.c.from_block == at))
    assert [(row.start_, row.length, row.paid) for row in rows] == [
        (0, 10_000_000, 1000),
        (10_000_000, 20_000_000, 2000),
    ]
    assert (events, begun) == (4, 2)


def test_as_of_answers_who_held_what_at_a_block(scene: Scene, database: Database) -> None:
    receivable = scene.confirm(scene.order())
    scene.split(receivable, 10_000_000, 20_000_000)
    before = scene.height()
    scene.transfer(receivable, 20_000_000, 10_000_000)
    scene.fill(receivable, 20_000_000, 10_000_000)
    catch_up(scene, database)

    id_ = bytes.fromhex(receivable_text(receivable)[2:])
    with database.read() as read:
        holders = [
            [
                row.holder
                for row in read.rows(
                    select(book.piece.c.holder)
                    .where(book.piece.c.receivable == id_, as_of(book.piece, block))
                    .order_by(book.piece.c.start_)
                )
            ]
            for block in (before - 2, before - 1, before, before + 1, before + 2)
        ]
    assert holders == [[], [SUPPLIER], [SUPPLIER, SUPPLIER], [SUPPLIER, SECOND], [SUPPLIER, BANK]]


def test_an_act_is_known_by_block_and_log(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    digest = scene.transfer(receivable, 1_000)
    catch_up(scene, database)

    with database.read() as read:
        found = read.first(select(book.act).where(book.act.c.act == digest))
        moved = read.first(select(book.assignment).where(book.assignment.c.act == digest))
    assert found is not None and moved is not None
    assert found.block == moved.block == scene.height()
    block = scene.rpc.call("eth_getBlockByNumber", hex(found.block), False)
    assert found.tx_hash == bytes.fromhex(block["transactions"][0][2:])


def test_only_the_mirror_writes_what_comes_from_the_chain(scene: Scene, database: Database) -> None:
    catch_up(scene, database)
    with pytest.raises(ProgrammingError, match="permission denied"), database.app() as app:
        app.run(insert(book.act).values(act=b"\1", block=1, log_index=0, tx_hash=b"\2"))
    with database.mirror() as session, pytest.raises(Exception, match="permission denied"):
        session.connection.execute("insert into app.nonces default values")


def test_blocks_are_told_to_who_listens(scene: Scene, database: Database) -> None:
    with database.listen("duebill_head") as connection, following(scene, database):
        scene.mine(2)
        height = str(scene.height())
        told = next(each.payload for each in connection.notifies(timeout=10) if each.payload == height)
    assert told == height
