"""From: a party's own keys, files and intentions.
To: signed acts, tags and sealed files, at the party's own desk.
May import: chain, documents, domain; never sql."""
