"""The network that the service works on."""

from fastapi import APIRouter

from api.deps import Reader, ServiceHere
from api.schemas.network import Deployment, Head, Health
from api.standing import deployment_answer, health_answer, lag_of
from ledger.queries.pins import pin
from ledger.queries.written import Answer

router = APIRouter(tags=["network"])


@router.get("/health", response_model=Health)
def health(service: ServiceHere) -> Answer:
    """Whether database, mirror and node answer."""
    return health_answer(service)


@router.get("/v1/deployment", response_model=Deployment)
def deployment(service: ServiceHere) -> Answer:
    """Where the contracts are, and what a sign-in message names."""
    return deployment_answer(service)


@router.get("/v1/head", response_model=Head)
def read_head(reader: Reader, service: ServiceHere) -> Answer:
    """How far the mirror has come."""
    newest, final = pin(reader.read, None, "head"), pin(reader.read, None, "final")
    return {
        "head": newest.answer,
        "final": final.answer if any(final.hash) else None,
        "lag_blocks": lag_of(service, newest.number),
    }
