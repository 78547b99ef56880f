"""Operations."""

from typing import Literal

from fastapi import APIRouter

from api.parameters import Timeout
from api.schemas.operations import Operation

router = APIRouter(prefix="/v1", tags=["operations"])


@router.get("/operations/{operation}", status_code=200, response_model=Operation)
def read_operation(
    *, operation: str, wait: Literal["mined", "final"] | None = None, timeout: Timeout = 20
) -> object:
    raise NotImplementedError
