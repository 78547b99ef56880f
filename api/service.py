"""What the routes of one process share: database, node, deployment, clock, and who tells of news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.auth.ethereum import Place
from api.news import News
from ledger.sql.engine import Database
from ledger.workflows.node import Node


@dataclass(frozen=True)
class Service:
    """clock: the wall clock, aware; place: what sign-in messages name."""

    database: Database
    node: Node
    place: Place
    clock: Callable[[], datetime]
    news: News
