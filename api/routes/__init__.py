"""From: one resource's requests.
To: calls of workflows and queries, without logic or SQL.
May import: api.schemas, api.deps, ledger.workflows, ledger.queries."""
