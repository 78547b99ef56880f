"""From: a node's JSON-RPC.
To: typed headers, logs, proofs and calls.
May import: domain, settings, telemetry."""
