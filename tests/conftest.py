"""Where the parts of the checkout lie, and a real database, for all tests."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger.sql.embedded import EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of this checkout."""
    return ROOT


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder with anvil, forge, cast, node, npm and solc."""
    return ROOT / ".tools" / "bin"


@pytest.fixture(scope="session")
def duebill() -> Path:
    """The command line as a user calls it."""
    return ROOT / ".venv" / "bin" / "duebill"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One running server for all tests of this process; it does not wait for the disk, for no test pulls the plug."""
    options = {"fsync": "off", "synchronous_commit": "off", "max_connections": "200"}
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), options) as server:
        yield server


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """An empty database of the test's own, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.url, autocommit=True) as owner:
        owner.execute(f"create database {name}")
        yield postgres.url.replace("/duebill?", f"/{name}?")
        owner.execute(f"drop database {name} with (force)")
