"""The chain and database of tests/mirror."""

from tests.mirror.conftest import another_database, database, scene

__all__ = ["another_database", "database", "scene"]
