"""From: SQL.
To: answers as of any block, to those who may see them.
May import: sql, outbox, domain; never chain."""
