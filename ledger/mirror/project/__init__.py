"""From: decoded events, in the chain's order.
To: rows, as pure functions; one handler an event.
May import: sql.tables, domain."""
