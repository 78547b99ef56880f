"""From: the chain's history of one subject.
To: a bundle that proves it.
May import: queries, chain, domain."""
