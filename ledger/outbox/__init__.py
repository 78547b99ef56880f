"""From: complete acts.
To: what waits to be sent, with its state.
May import: sql, domain; never chain."""
