"""From: the contracts' events and the service's own records.
To: one SQLAlchemy table each, by schema: raw, book, outbox, offchain (app).
May import: SQLAlchemy alone."""
