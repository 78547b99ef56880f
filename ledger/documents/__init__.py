"""From: files that parties bring (invoices now; bank statements and the vault later).
To: typed facts for desk, workflows and the command line.
May import: ledger.domain, parsers of the formats; never chain, SQL or the network."""
