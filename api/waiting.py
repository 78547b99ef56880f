"""Long polls on operations: asked again at each news, until the status is reached, can no longer be, or
the time is over."""

import time
from collections.abc import Awaitable, Callable

from fastapi.concurrency import run_in_threadpool

from api.deps import reading_of
from api.problems import problem
from api.service import Service
from ledger.queries.operations import ENDED, Status, read_operation
from ledger.queries.written import Answer

_LONGEST_PAUSE_SECONDS = 2.0
"""News may be missed when the database restarts: ask at least this often."""


def operation_answer(service: Service, token: str, operation: str) -> Answer:
    """As api/schemas/operations.Operation. Raises NotFound, SignInNeeded."""
    with service.database.read() as read:
        reader = reading_of(service, read, token)
        found = read_operation(read, operation, reader.viewer)
    error = found["error"]
    if isinstance(error, dict):
        found["error"] = problem(str(error["code"]), dict(error["fields"]))
    return found


async def until_reached(
    service: Service,
    token: str,
    operation: str,
    wanted: str,
    timeout_seconds: float,
    is_gone: Callable[[], Awaitable[bool]],
) -> Answer:
    """The operation once it is `wanted` or further, has ended, or the time is over."""
    enough = {*ENDED, Status.MINED} if wanted == Status.MINED else set(ENDED)
    end = time.monotonic() + timeout_seconds
    while True:
        # News that come while we ask must not be missed: take hold of the event before asking.
        news = service.news.ticket()
        found = await run_in_threadpool(operation_answer, service, token, operation)
        left = end - time.monotonic()
        if found["status"] in enough or left <= 0 or await is_gone():
            return found
        await service.news.wait(news, min(left, _LONGEST_PAUSE_SECONDS))
