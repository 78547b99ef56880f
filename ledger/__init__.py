"""From: what parties sign and what the chain says.
To: answers, projections and transactions.
May import: its own drawers in the order of pyproject.toml's layers; never api."""
