"""One request to the API as a job for tests/faults/victims.py."""

from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.ethereum import Place
from api.news import News
from api.service import Service
from ledger.chain.deployment import Deployment
from ledger.chain.rpc import Rpc
from ledger.sql.engine import Database
from ledger.workflows.node import Node


def client(node: str, database: str, deployment: dict[str, Any]) -> TestClient:
    """The application over a database, without long polls."""
    place, opened = Deployment.of_json(deployment), Database(database)
    service = Service(
        database=opened,
        node=Node(Rpc(node), place),
        place=Place("testserver", "http://testserver", place.chain_id),
        clock=lambda: datetime.now(UTC),
        news=News(opened),
    )
    return TestClient(create_app(service))


def run(
    node: str, database: str, deployment: dict[str, Any], headers: dict[str, str], body: dict[str, Any]
) -> None:
    """Puts a draft up."""
    answer = client(node, database, deployment).post("/v1/drafts", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
