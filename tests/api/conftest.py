"""One town for all tests of a file; they do not change each other's papers."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger import telemetry
from ledger.chain.local import ChainOptions, LocalChain
from ledger.chain.rpc import Rpc
from ledger.sql.embedded import EmbeddedPostgres
from ledger.sql.engine import Database
from ledger.sql.migrate import upgrade
from tests.api.town import Town


@pytest.fixture(scope="module")
def town(tools: Path, tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Town]:
    """Chain, database, mirror, relay and API; each transaction is mined at once."""
    name = f"town_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.url, autocommit=True) as owner:
        owner.execute(f"create database {name}")
        url = postgres.url.replace("/duebill?", f"/{name}?")
        upgrade(url)
        home = tmp_path_factory.mktemp("chain")
        with LocalChain(home, tools / "anvil", ChainOptions(block_seconds=None)) as chain:
            database = Database(url)
            with Town(Rpc(chain.url), database) as opened:
                opened.caught_up()
                yield opened
            database.close()
        owner.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session", autouse=True)
def told() -> None:
    """Failures of the service show in the test's captured output."""
    telemetry.configure("warning")
