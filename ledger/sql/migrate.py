"""Brings a database to the schema of this version."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

_SCRIPTS = Path(__file__).resolve().parent / "migrations"
# Two processes that start at once must not both create the schema; any constant will do.
_LOCK = 0x6475_6562_696C_6C01


def upgrade(url: str) -> None:
    """Applies all migrations that the database has not seen. The user of the URL must own it and be able to create roles."""
    with psycopg.connect(url, autocommit=True) as waiting:
        waiting.execute("select pg_advisory_lock(%s)", [_LOCK])
        command.upgrade(configuration(url), "head")


def configuration(url: str) -> Config:
    """Alembic's settings without a file: where the scripts are, which database they change."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["url"] = url
    return config
