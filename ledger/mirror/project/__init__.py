"""From: one decoded event.
To: rows to write, pure.
May import: domain."""
