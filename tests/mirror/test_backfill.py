"""A mirror that comes late: the node has forgotten the state of old blocks, or has been started anew."""

from pathlib import Path

from sqlalchemy import select

from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.sql.engine import Database
from ledger.sql.tables import book
from tests.mirror.copies import catch_up, stored_height, verified
from tests.mirror.scene import Scene


def checked(database: Database) -> int:
    """The last block whose heads were compared."""
    with database.read() as read:
        return int(read.scalar(select(book.checkpoint.c.checked_number)))


def test_old_state_is_gone_and_the_last_head_settles_all(
    tools: Path, tmp_path: Path, database: Database, another_database: Database
) -> None:
    options = ChainOptions(block_seconds=None, kept_states=16)
    with LocalChain(tmp_path, tools / "anvil", options) as chain:
        scene = Scene(Rpc(chain.url))
        scene.play()
        scene.mine(80)
        scene.confirm()
        catch_up(scene, database)
        assert checked(database) == stored_height(database) == scene.height()
        verified(scene, database)
    with LocalChain(tmp_path, tools / "anvil", options) as chain:
        scene.rpc = Rpc(chain.url)
        scene.confirm()
        for each in (database, another_database):
            catch_up(scene, each)
            assert checked(each) == stored_height(each) == scene.height()
            verified(scene, each)
