"""From: a signature, key or cookie.
To: who is asking, and what they may.
May import: ledger.queries, ledger.sql."""
