"""How the process and what it stands on are doing."""

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from api.service import Service
from ledger.chain.rpc import NodeError
from ledger.domain.acts import Domain
from ledger.queries.pins import head
from ledger.queries.refusals import NothingMirrored
from ledger.queries.written import Answer


def deployment_answer(service: Service) -> Answer:
    """As api/schemas/network.Deployment."""
    pinned, place = service.node.deployment, service.place
    domains = {
        "ledger": Domain(pinned.chain_id, pinned.ledger).to_json(),
        "parties": Domain(pinned.chain_id, pinned.parties).to_json(),
    }
    return {
        "name": pinned.name,
        "chain_id": pinned.chain_id,
        "ledger": pinned.ledger,
        "parties": pinned.parties,
        "rules": pinned.rules,
        "token": pinned.token,
        "block": pinned.block,
        "genesis_hash": pinned.genesis_hash,
        "finality": pinned.finality.kind + (f":{pinned.finality.depth}" if pinned.finality.depth else ""),
        "domains": domains,
        "sign_in": {"domain": place.domain, "uri": place.uri, "chain_id": place.chain_id},
    }


def lag_of(service: Service, stored: int) -> int | None:
    """Blocks by which the mirror is behind the node; None where the node does not answer."""
    try:
        return max(service.node.head_number() - stored, 0)
    except NodeError:
        return None


def health_answer(service: Service) -> Answer:
    """As api/schemas/network.Health."""
    failing: list[str] = []
    stored = None
    try:
        with service.database.read() as read:
            stored = head(read).number
    except NothingMirrored:
        failing.append("mirror")
    except (SQLAlchemyError, psycopg.Error):
        failing.append("database")
    if lag_of(service, 0) is None:
        failing.append("node")
    return {"status": "degraded" if failing else "ok", "failing": failing, "head": stored}
