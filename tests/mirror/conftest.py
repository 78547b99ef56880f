"""A real chain with the contracts on it, a real database, and the mirror between them."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.sql.embedded import EmbeddedPostgres
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade
from tests.mirror.scene import Scene


@pytest.fixture
def scene(tools: Path, tmp_path: Path) -> Iterator[Scene]:
    """Parties and contracts on a chain of the test's own; each act is mined at once."""
    with LocalChain(tmp_path, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
        yield Scene(Rpc(chain.url))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with the schema."""
    upgrade(database_url)
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def another_database(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """A second one, to compare with."""
    name = f"other_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.url, autocommit=True) as owner:
        owner.execute(f"create database {name}")
        url = postgres.url.replace("/duebill?", f"/{name}?")
        upgrade(url)
        opened = Database(url)
        yield opened
        opened.close()
        owner.execute(f"drop database {name} with (force)")
