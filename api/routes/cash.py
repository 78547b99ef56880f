"""Permits, distributions, payouts."""

from fastapi import APIRouter

from api.parameters import Key
from api.schemas.cash import DistributionIn, PayoutIn, PermitIn
from api.schemas.operations import Accepted

router = APIRouter(prefix="/v1", tags=["cash"])


@router.post("/permits", status_code=202, response_model=Accepted)
def relay_permit(*, body: PermitIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/distributions", status_code=202, response_model=Accepted)
def distribute(*, body: DistributionIn, key: Key) -> object:
    raise NotImplementedError


@router.post("/payouts", status_code=202, response_model=Accepted)
def pay_out(*, body: PayoutIn, key: Key) -> object:
    raise NotImplementedError
