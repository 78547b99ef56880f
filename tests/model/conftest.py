"""Chain and database of the workloads."""

from tests.mirror.conftest import another_database, database

__all__ = ["another_database", "database"]
