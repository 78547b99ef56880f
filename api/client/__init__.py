"""From: calls of the command line.
To: requests to the API.
May import: api.schemas, ledger.domain."""
