"""Operations, with long polls."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from api.deps import ServiceHere, Token
from api.parameters import Timeout
from api.schemas.operations import Operation
from api.waiting import operation_answer, until_reached
from ledger.queries.written import Answer

router = APIRouter(prefix="/v1", tags=["operations"])


@router.get("/operations/{operation}", response_model=Operation)
async def read_operation(
    request: Request,
    service: ServiceHere,
    token: Token,
    operation: str,
    wait: Literal["mined", "final"] | None = None,
    seconds: Timeout = 20,
) -> Answer:
    """Where an operation stands; with `wait`, answers once it got there, can no longer, or the time is
    over."""
    if wait is None:
        return await run_in_threadpool(operation_answer, service, token, operation)
    return await until_reached(service, token, operation, wait, seconds, request.is_disconnected)
