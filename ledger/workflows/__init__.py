"""From: a party's intention.
To: drafts, and operations in the outbox.
May import: outbox, queries, sql, chain, documents, domain."""
