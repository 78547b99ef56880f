"""From: projections and operations.
To: feeds and webhooks.
May import: queries, outbox, sql, domain; never chain."""
