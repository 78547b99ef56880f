"""From: SQL and the chain.
To: their differences.
May import: sql, chain, queries, domain; never mirror."""
