"""From: the chain's logs.
To: raw events and versioned projections; the only writer of both.
May import: sql, chain, domain."""
