"""From: a PostgreSQL server, embedded or given.
To: sessions and tables.
May import: domain, settings, telemetry."""
