"""The HTTP service: routes, and what holds for all of them."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response

from api.answers import answer_failures
from api.limits import BodyLimit
from api.routes import (
    cash,
    drafts,
    issues,
    network,
    operations,
    parties,
    quotes,
    receivables,
    sealed,
    sign_in,
    trades,
)
from api.schemas.problem import Problem
from api.service import Service
from ledger import telemetry

log = telemetry.logger("api")
ROUTERS = (
    sign_in,
    network,
    parties,
    drafts,
    quotes,
    operations,
    sealed,
    trades,
    receivables,
    issues,
    cash,
)


def create_app(service: Service | None = None) -> FastAPI:
    """The application over a service; without one it only describes itself."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if service is not None:
            service.news.start()
        yield
        if service is not None:
            service.news.stop()

    app = FastAPI(
        title="Duebill",
        version="1",
        description="Confirmed payables on an Ethereum chain.",
        responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}},
        lifespan=lifespan,
    )
    app.state.service = service
    answer_failures(app)
    app.middleware("http")(_log_requests)
    app.add_middleware(BodyLimit)
    for module in ROUTERS:
        app.include_router(module.router)
    return app


async def _log_requests(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    begun = time.monotonic()
    response = await call(request)
    log.info(
        "request",
        method=request.method,
        path=request.url.path,
        status=response.status_code,
        milliseconds=round((time.monotonic() - begun) * 1000, 1),
    )
    return response
