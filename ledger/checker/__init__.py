"""From: a bundle, a pinned deployment, a block hash.
To: a verdict.
May import: the standard library alone, by relative imports."""
