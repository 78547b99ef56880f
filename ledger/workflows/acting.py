"""One command of one person: the transaction that it runs in, who gives it, and when."""

from dataclasses import dataclass
from datetime import datetime

from ulid import ULID

from ledger.queries.access import Viewer
from ledger.queries.facts import StoredFacts
from ledger.sql.sessions import App
from ledger.workflows.node import Node


@dataclass(frozen=True)
class Acting:
    """app: commits with the command's effect and its idempotency key, or not at all; now: the wall
    clock, for the service's own records; facts: the stored head, whose time is what deadlines go by."""

    app: App
    viewer: Viewer
    facts: StoredFacts
    node: Node
    now: datetime

    @property
    def chain_time(self) -> int:
        """The stored head's time."""
        return self.facts.chain_time

    def new_id(self) -> str:
        """A ULID: ids sort by when they were made."""
        return str(ULID.from_datetime(self.now))
