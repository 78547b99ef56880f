"""From: the outbox.
To: transactions on the chain.
May import: outbox, sql, chain, domain."""
