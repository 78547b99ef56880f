"""From: requests of people and machines.
To: what ledger answers.
May import: ledger."""
