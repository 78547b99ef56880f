"""The tables of outbox and app."""

from pathlib import Path

from alembic import op

revision = "0002_outbox_app"
down_revision = "0001_raw_book"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs the SQL beside this file."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(text.replace("%", "%%"))  # the driver takes a bare % for a placeholder
