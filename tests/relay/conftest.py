"""The chain and database of tests/mirror, and a relay whose rounds the test begins itself."""

import pytest

from ledger.sql.engine import Database
from tests.mirror.conftest import database, scene
from tests.mirror.scene import Scene
from tests.relay.desk import Desk

__all__ = ["database", "scene"]


@pytest.fixture
def desk(scene: Scene, database: Database) -> Desk:
    """Enqueues acts, begins rounds, asks where operations stand."""
    return Desk(scene, database)
