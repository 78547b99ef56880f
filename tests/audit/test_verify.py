"""Whatever is changed in SQL behind the mirror's back, `duebill verify` names the row; where nothing is, it finds nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Column, Table

from api.cli.verify import verify as verify_command
from ledger.audit.rows import table_of
from ledger.audit.verify import verify
from ledger.sql.engine import Database
from tests.mirror.copies import catch_up
from tests.mirror.scene import Scene

PLACES = {"block", "log_index", "from_block", "to_block"}


@pytest.fixture
def owner(scene: Scene, database: Database, database_url: str) -> psycopg.Connection[Any]:
    """A connection that may do anything, over a mirrored life of a receivable."""
    scene.play()
    catch_up(scene, database)
    return psycopg.connect(database_url, autocommit=True)


def found(scene: Scene, database: Database) -> list[str]:
    """The tables in which something differs, with the column."""
    with database.read() as read:
        report = verify(read, scene.rpc, scene.deployment, lambda *_: None)
    return [f"{each.table}.{each.column}" for each in report.differences]


def test_a_changed_value_in_any_column_is_named(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    for table in book_tables():
        for column in table.columns:
            if column.name in PLACES or column.primary_key:
                continue
            with changed(owner, table, column):
                assert f"{table.name}.{column.name}" in found(scene, database)
    assert found(scene, database) == []


def test_a_row_that_is_missing_or_too_many_is_named(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    for table in book_tables():
        name = table.name
        where = "to_block is null" if table.info["shape"] == "versioned" else "true"
        owner.execute(f"create temp table kept as select * from book.{name} where {where} limit 1")
        gone = owner.execute(f"delete from book.{name} t using kept k where t::text = k::text")
        assert gone.rowcount == 1, name
        assert f"{name}.row" in found(scene, database), name
        owner.execute(f"insert into book.{name} select * from kept")
        owner.execute("drop table kept")
    owner.execute("insert into book.credit select 5, token, from_block, null, 7 from book.credit limit 1")
    assert "credit.row" in found(scene, database)


def test_what_held_before_is_held_to_the_events_too(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    """What the API says as of a past block is read from versions that ended long ago."""
    owner.execute("create temp table kept as select * from book.piece")
    ended = (
        "where (receivable, start_, from_block) in "
        "(select receivable, start_, from_block from book.piece where to_block is not null order by 3 limit 1)"
    )
    for column, change in (
        ("holder", f"update book.piece set holder = holder + 1 {ended}"),
        ("paid", f"update book.piece set paid = paid + 1 {ended}"),
        ("to_block", f"update book.piece set to_block = to_block + 1 {ended}"),
        ("row", f"update book.piece set from_block = from_block - 1 {ended}"),
        ("row", f"delete from book.piece {ended}"),
    ):
        owner.execute(change)
        assert f"piece.{column}" in found(scene, database), change
        owner.execute("truncate book.piece")
        owner.execute("insert into book.piece select * from kept")
    assert found(scene, database) == []


def test_a_changed_raw_event_shows_in_the_journals(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    owner.execute(
        "update raw.events set data = set_byte(data, 31, 9) where (block, log_index) = "
        "(select block, log_index from raw.events where kind = 2 order by block desc limit 1)"
    )
    assert {"journal.head"} <= set(found(scene, database))


def test_an_event_under_another_subject_is_named(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    owner.execute("update raw.events set kind = 4 where kind = 3")
    assert "raw.events.kind" in found(scene, database)


def test_a_block_or_act_that_was_moved_is_named(
    scene: Scene, database: Database, owner: psycopg.Connection[Any]
) -> None:
    owner.execute(
        "update raw.blocks set parent_hash = '\\x00' where number = (select max(number) - 3 from raw.blocks)"
    )
    owner.execute("update book.act set block = block - 1 where block = (select max(block) from book.act)")
    assert {"raw.blocks.hash", "act.block"} <= set(found(scene, database))


def run(scene: Scene, url: str, tmp_path: Path, *arguments: str, rpc: str | None = None) -> Result:
    """`duebill verify` as a user calls it."""
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(scene.file))
    environment = {
        "DUEBILL_HOME": str(tmp_path / "home"),
        "DUEBILL_RPC_URL": rpc or scene.rpc.url,
        "DUEBILL_DATABASE_URL": url,
        "DUEBILL_DEPLOYMENT": str(file),
    }
    return CliRunner().invoke(verify_command, list(arguments), env=environment)


def test_the_command_says_how_it_went(
    scene: Scene, database: Database, owner: psycopg.Connection[Any], database_url: str, tmp_path: Path
) -> None:
    good = run(scene, database_url, tmp_path, "--json")
    assert good.exit_code == 0, good.output
    assert json.loads(good.stdout)["verified"] is True
    assert json.loads(good.stdout)["rows"]["piece"] > 3

    owner.execute("update book.piece set paid = paid + 1 where to_block is null and start_ = 20000000")
    bad = run(scene, database_url, tmp_path)
    assert bad.exit_code == 1
    assert "piece [0x" in bad.stdout and ", 20000000] paid: SQL has 10000001, events 10000000" in bad.stdout


@pytest.mark.parametrize("missing", ["node", "database", "deployment", "blocks"])
def test_the_command_says_when_it_could_not_compare(
    scene: Scene, database: Database, database_url: str, tmp_path: Path, missing: str
) -> None:
    if missing != "blocks":
        catch_up(scene, database)
    url = "postgresql://nobody@127.0.0.1:1/none" if missing == "database" else database_url
    rpc = "http://127.0.0.1:1" if missing == "node" else None
    if missing == "deployment":
        scene.file = {"name": "not a deployment"}
    result = run(scene, url, tmp_path, rpc=rpc)
    assert result.exit_code == 2, result.output
    assert "could not compare" in result.stderr


def book_tables() -> list[Table]:
    """Every table that verify has to hold to the chain."""
    every = table_of("piece").metadata.tables.values()
    return [table for table in every if table.info.get("shape") in ("versioned", "appended")]


@contextmanager
def changed(owner: psycopg.Connection[Any], table: Table, column: Column[Any]) -> Iterator[None]:
    """One row that holds now says something else."""
    where = "to_block is null" if table.info["shape"] == "versioned" else "true"
    row = owner.execute(f"select ctid, {column.name} from book.{table.name} where {where} limit 1").fetchone()
    assert row is not None, table.name
    put = f"update book.{table.name} set {column.name} = %s where ctid = %s returning ctid"
    moved = owner.execute(put, [other(row[1]), row[0]]).fetchone()
    assert moved is not None
    yield
    owner.execute(put, [row[1], moved[0]])


def other(value: Any) -> Any:
    """A value of the same kind."""
    match value:
        case bool():
            return not value
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])
        case str():
            return "X" + value[1:]
        case _:
            return value + 1
