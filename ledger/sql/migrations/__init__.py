"""From: an older schema.
To: today's schema.
May import: sqlalchemy and alembic alone."""
