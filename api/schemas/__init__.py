"""From: JSON.
To: typed requests and answers.
May import: ledger.domain."""
