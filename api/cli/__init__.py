"""From: what a person types.
To: commands of ledger and calls of the API.
May import: api.client, ledger."""
