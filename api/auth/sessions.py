"""Sessions and nonces. A token is shown once; at rest there is its SHA-256 alone, so that a stolen table opens nothing."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from ledger.sql.sessions import App, Read
from ledger.sql.tables import offchain

NONCE_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(hours=12)


def new_nonce(app: App, now: datetime) -> tuple[str, datetime]:
    """A nonce that is good once, and until when; what has ended is swept out."""
    app.run(delete(offchain.nonce).where(offchain.nonce.c.expires_at < now))
    nonce, expires = secrets.token_hex(16), now + NONCE_LIFE
    app.run(insert(offchain.nonce).values(nonce=nonce, expires_at=expires))
    return nonce, expires


def spend_nonce(app: App, nonce: str, now: datetime) -> bool:
    """Whether the nonce was given, not yet spent, and not too old; it is spent now."""
    table = offchain.nonce.c
    spent = app.run(delete(offchain.nonce).where(table.nonce == nonce, table.expires_at >= now))
    return spent.rowcount == 1


def open_session(app: App, signer: bytes, now: datetime, until: datetime | None) -> tuple[str, datetime]:
    """A new token, and until when it holds: at most SESSION_LIFE, and not longer than the signed message says."""
    token = secrets.token_urlsafe(32)
    expires = min(now + SESSION_LIFE, until) if until is not None else now + SESSION_LIFE
    app.run(
        insert(offchain.session).values(
            token_hash=_hash(token), signer=signer, created_at=now, expires_at=expires
        )
    )
    return token, expires


def signer_of(read: Read, token: str, now: datetime) -> bytes | None:
    """Whose session a token is; None for one that is unknown, ended or revoked."""
    table = offchain.session.c
    found: bytes | None = read.scalar(
        select(table.signer).where(
            table.token_hash == _hash(token), table.expires_at > now, table.revoked_at.is_(None)
        )
    )
    return found


def revoke(app: App, token: str, now: datetime) -> None:
    """Ends a session at once."""
    app.run(
        update(offchain.session).where(offchain.session.c.token_hash == _hash(token)).values(revoked_at=now)
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
