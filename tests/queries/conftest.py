"""The chain and database of tests/mirror."""

from tests.mirror.conftest import database, scene

__all__ = ["database", "scene"]
