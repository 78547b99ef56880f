"""The migrations make the tables that the code knows; each role may write its own schemas alone."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic import command
from sqlalchemy import func, select
from sqlalchemy.exc import InternalError

from ledger.sql.engine import Database, Role, with_role
from ledger.sql.migrate import configuration, upgrade
from ledger.sql.tables import book, raw


def test_the_migrations_make_what_the_tables_say(database_url: str) -> None:
    upgrade(database_url)
    command.check(configuration(database_url))


def test_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(upgrade, database_url) for _ in range(4)]:
            done.result(timeout=60)
    with Database(database_url).read() as read:
        assert read.scalar(select(func.count()).select_from(raw.blocks)) == 0


@pytest.mark.parametrize(
    ("role", "writes"),
    [(Role.MIRROR, {"raw", "book"}), (Role.APP, {"outbox", "app"}), (Role.READ, set())],
)
def test_a_role_writes_its_own_schemas_alone(database_url: str, role: Role, writes: set[str]) -> None:
    upgrade(database_url)
    with psycopg.connect(database_url, autocommit=True) as owner:
        for table in book.piece.metadata.tables.values():
            for right in ("INSERT", "UPDATE", "DELETE"):
                asked = "select has_table_privilege(%s::name, %s, %s)"
                row = owner.execute(asked, [str(role), f"{table.schema}.{table.name}", right]).fetchone()
                assert row == (table.schema in writes,), (role, table.fullname, right)
    with psycopg.connect(with_role(database_url, role)) as connection:
        assert connection.execute("select current_user").fetchone() == (str(role),)


def test_a_reading_session_cannot_write(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    with pytest.raises(InternalError, match="read-only transaction"), database.read() as read:
        read.rows(select(func.lo_create(0)))
    database.close()


def test_one_reading_session_sees_one_state(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    block = "insert into raw.blocks values (1, '\\x01', '\\x00', 7)"
    with database.read() as read:
        before = read.scalar(select(func.count()).select_from(raw.blocks))
        with psycopg.connect(database_url, autocommit=True) as owner:
            owner.execute(block)
        assert read.scalar(select(func.count()).select_from(raw.blocks)) == before == 0
    with database.read() as read:
        assert read.scalar(select(func.count()).select_from(raw.blocks)) == 1
    database.close()


def test_what_a_failed_command_wrote_is_gone(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)

    def fail() -> None:
        with database.app() as app:
            app.notify("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.listen("x") as connection:
        assert list(connection.notifies(timeout=0.1)) == []
    database.close()
