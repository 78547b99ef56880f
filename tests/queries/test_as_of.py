"""A list stands at one block from its first page to its last; what a reorganisation took away is told, never mixed."""

from typing import Any

import pytest

from ledger.domain.ids import ReceivableId
from ledger.queries.access import Viewer, viewer_of
from ledger.queries.cursor import Paging
from ledger.queries.history import history_of_receivable
from ledger.queries.pieces import pieces_of
from ledger.queries.pins import head, pin
from ledger.queries.receivables import Wanted, list_receivables, read_receivable
from ledger.queries.refusals import AsOfGone, AsOfUnknown, CursorInvalid, NothingMirrored
from ledger.sql.engine import Database
from tests.chain.founders import address_of, key_of
from tests.mirror.copies import catch_up
from tests.mirror.scene import DEBTOR, SECOND, SUPPLIER, Scene

AUDITOR = Viewer(bytes(20), 2, 1, 0, 16)


def raw_id(receivable: ReceivableId) -> bytes:
    return receivable.to_bytes(24)


def listed(database: Database, receivable: ReceivableId, **how: Any) -> dict[str, Any]:
    with database.read() as read:
        paging = Paging(read, limit=how.get("limit", 100), cursor=how.get("cursor"), as_of=how.get("as_of"))
        return dict(pieces_of(read, paging, AUDITOR, raw_id(receivable), ended=True))


def starts(page: dict[str, Any]) -> list[int]:
    return [int(each["start"]) for each in page["items"]]


def test_each_block_is_answered_as_it_was(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    opened = scene.height()
    scene.split(receivable, 10_000_000, 20_000_000)
    cut = scene.height()
    scene.transfer(receivable, 20_000_000, 10_000_000)
    moved = scene.height()
    scene.pay(receivable, 9_000_000)
    catch_up(scene, database)

    assert starts(listed(database, receivable, as_of=str(opened))) == [0]
    assert starts(listed(database, receivable, as_of=str(cut))) == [0, 10_000_000]
    assert [each["holder"] for each in listed(database, receivable, as_of=str(moved))["items"]] == [
        SUPPLIER,
        SECOND,
    ]
    dues = [each["due"]["minor"] for each in listed(database, receivable, as_of="head")["items"]]
    assert dues == ["3000000", "6000000"]
    with database.read() as read:
        with pytest.raises(AsOfUnknown):
            pin(read, str(scene.height() + 1), "head")
        before = pin(read, str(opened - 1), "head")
        names = Paging(read, limit=10, cursor=None, as_of=str(cut))
        told = history_of_receivable(read, names, AUDITOR, raw_id(receivable))
        assert [each["name"] for each in told["items"]] == ["ReceivableConfirmed", "InvoiceUsed", "PieceCut"]  # type: ignore[attr-defined]
        assert before.number == opened - 1


def test_a_block_is_also_named_by_its_hash(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    wanted = scene.rpc.call("eth_getBlockByNumber", "latest", False)
    scene.split(receivable, 10_000_000, 20_000_000)
    catch_up(scene, database)

    page = listed(database, receivable, as_of=wanted["hash"])

    assert starts(page) == [0]
    assert page["as_of"]["hash"] == wanted["hash"]


def test_lists_begin_at_the_last_final_block_and_say_so(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    scene.mine(2)
    scene.split(receivable, 10_000_000, 20_000_000)
    catch_up(scene, database)

    page = listed(database, receivable)
    assert starts(page) == [0]
    assert page["as_of"]["final"] is True
    newest = listed(database, receivable, as_of="head")
    assert starts(newest) == [0, 10_000_000]
    assert [each["final"] for each in newest["items"]] == [False, False]


def test_a_cursor_keeps_its_block_while_the_chain_goes_on(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    scene.split(receivable, *[3_000_000] * 10)
    catch_up(scene, database)
    first = listed(database, receivable, limit=4, as_of="head")
    scene.split(receivable, 1_000_000, 2_000_000)
    scene.split(receivable, 1_000_000, 2_000_000, start=27_000_000)
    catch_up(scene, database)

    second = listed(database, receivable, limit=4, cursor=first["next"])
    third = listed(database, receivable, limit=4, cursor=second["next"])

    assert starts(first) + starts(second) + starts(third) == [3_000_000 * at for at in range(10)]
    assert third["next"] is None
    assert first["as_of"]["hash"] == third["as_of"]["hash"]


def test_a_pin_that_a_reorganisation_removed_is_told(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    scene.split(receivable, *[3_000_000] * 10)
    catch_up(scene, database)
    first = listed(database, receivable, limit=4, as_of="head")
    scene.rpc.call("anvil_reorg", 1, [])
    scene.mine(1)
    catch_up(scene, database)

    with pytest.raises(AsOfGone) as gone:
        listed(database, receivable, limit=4, cursor=first["next"])

    assert gone.value.block == first["as_of"]["number"]
    assert gone.value.fork_block < gone.value.block
    with pytest.raises(AsOfGone):
        listed(database, receivable, as_of=first["as_of"]["hash"])


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZQ", "e30", "WzEsMiwzXQ", "WzEsImFhIixbXV0"])
def test_a_cursor_of_nobody(scene: Scene, database: Database, cursor: str) -> None:
    receivable = scene.confirm()
    catch_up(scene, database)
    with pytest.raises((CursorInvalid, AsOfGone)):
        listed(database, receivable, cursor=cursor)


def test_before_the_first_batch_nothing_is_answered(database: Database) -> None:
    with database.read() as read, pytest.raises(NothingMirrored):
        head(read)


def test_who_asks_is_read_from_the_register(scene: Scene, database: Database) -> None:
    receivable = scene.confirm()
    catch_up(scene, database)
    with database.read() as read:
        signer = bytes.fromhex(address_of(key_of("maker"))[2:])
        viewer = viewer_of(read, signer, scene.now())
        assert (viewer.party, viewer.person, viewer.audits) == (DEBTOR, 1, False)
        # A signer that becomes active later is nobody yet.
        assert viewer_of(read, signer, 0).party is None
        at = pin(read, None, "head")
        assert read_receivable(read, raw_id(receivable), at, viewer)["debtor"] == DEBTOR
        wanted = Wanted(debtor=DEBTOR, status="settled")
        page = list_receivables(Paging(read, limit=5, cursor=None, as_of="head"), viewer, wanted)
        assert page["items"] == []
