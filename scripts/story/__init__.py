"""From: the commands of a party's desk, as anybody would call them; samples/invoices.
To: the terminal, and one line of counts.
May import: the standard library alone, so that the story shows what a user has."""
