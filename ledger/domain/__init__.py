"""From: plain values.
To: the words and rules of receivables, pure.
May import: the standard library and hashing alone."""
