"""Sign-in with Ethereum: a nonce, a session for a signed message, and its end."""

from fastapi import APIRouter

from api.auth import ethereum, sessions
from api.auth.refusals import SignInRefused
from api.deps import ServiceHere, Token
from api.schemas.sign_in import Nonce, Session, SignIn
from ledger.domain.ids import address_bytes
from ledger.queries.access import viewer_of
from ledger.queries.pins import head
from ledger.queries.written import ROLES, Answer, names_of

router = APIRouter(prefix="/v1/auth", tags=["sign-in"])


@router.post("/nonce", status_code=201, response_model=Nonce)
def nonce(service: ServiceHere) -> Answer:
    """A nonce for one sign-in message."""
    with service.database.app() as app:
        value, expires = sessions.new_nonce(app, service.clock())
    return {"nonce": value, "expires_at": expires}


@router.post("/sessions", status_code=201, response_model=Session)
def open_session(body: SignIn, service: ServiceHere) -> Answer:
    """A session for whoever signed the message."""
    now = service.clock()
    proof = bytes.fromhex(body.signature[2:])
    signed = ethereum.verify(body.message, proof, service.place, service.node, now)
    signer = address_bytes(signed.signer)
    with service.database.app() as app:
        if not sessions.spend_nonce(app, signed.nonce, now):
            raise SignInRefused(
                "the nonce was not given, is spent or has ended", signed.nonce, "a fresh nonce"
            )
        token, expires = sessions.open_session(app, signer, now, signed.until)
        viewer = viewer_of(app, signer, head(app).time)
    return {
        "token": token,
        "signer": signed.signer,
        "party": viewer.party,
        "person": viewer.person,
        "roles": names_of(viewer.roles, ROLES),
        "expires_at": expires,
    }


@router.delete("/sessions/current", status_code=204, response_model=None)
def close_session(service: ServiceHere, token: Token) -> None:
    """Ends the session that asks; ending it twice is no failure."""
    with service.database.app() as app:
        sessions.revoke(app, token, service.clock())
