"""The HTTP service: routes, and what holds for all of them."""

from fastapi import FastAPI

from api.routes import (
    cash,
    drafts,
    issues,
    network,
    operations,
    parties,
    receivables,
    sealed,
    sign_in,
    trades,
)
from api.schemas.problem import Problem

ROUTERS = (sign_in, network, parties, drafts, operations, sealed, trades, receivables, issues, cash)


def create_app() -> FastAPI:
    """The application."""
    app = FastAPI(
        title="Duebill", version="1", responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    )
    for module in ROUTERS:
        app.include_router(module.router)
    return app
