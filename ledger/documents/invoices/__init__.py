"""From: the bytes of an invoice file, whatever its syntax (UBL 2.1 now).
To: the `Invoice` that desk, workflows and the command line work with, or why it was refused.
May import: ledger.domain, lxml, iso4217; nothing that opens a connection."""
