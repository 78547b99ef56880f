"""The network that the service works on."""

from fastapi import APIRouter

from api.schemas.network import Deployment, Head

router = APIRouter(prefix="/v1", tags=["network"])


@router.get("/deployment", status_code=200, response_model=Deployment)
def deployment() -> object:
    raise NotImplementedError


@router.get("/head", status_code=200, response_model=Head)
def head() -> object:
    raise NotImplementedError
