"""Sealed packets."""

from typing import Literal

from fastapi import APIRouter

from api.parameters import Cursor, Key, Limit
from api.schemas.sealed import Sealed, SealedHead, SealedIn, SealedPage

router = APIRouter(prefix="/v1", tags=["sealed"])


@router.post("/sealed", status_code=201, response_model=SealedHead)
def send_packet(*, body: SealedIn, key: Key) -> object:
    raise NotImplementedError


@router.get("/sealed", status_code=200, response_model=SealedPage)
def list_packets(
    *, box: Literal["inbox", "sent"] = "inbox", limit: Limit = 100, cursor: Cursor = None
) -> object:
    raise NotImplementedError


@router.get("/sealed/{packet}", status_code=200, response_model=Sealed)
def read_packet(*, packet: str) -> object:
    raise NotImplementedError
