"""Sign-in with Ethereum."""

from fastapi import APIRouter

from api.schemas.sign_in import Nonce, Session, SignIn

router = APIRouter(prefix="/v1", tags=["sign-in"])


@router.post("/auth/nonce", status_code=201, response_model=Nonce)
def nonce() -> object:
    raise NotImplementedError


@router.post("/auth/sessions", status_code=201, response_model=Session)
def open_session(*, body: SignIn) -> object:
    raise NotImplementedError


@router.delete("/auth/sessions/current", status_code=204, response_model=None)
def close_session() -> None:
    raise NotImplementedError
