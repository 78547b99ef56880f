"""The same key and request get the same answer; another request under the key is refused, saying where
it differs.

The key is written first, in the transaction of the effect: of two that come at once, the second waits for
the first."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from ledger.domain.errors import InputRefused, invariant
from ledger.sql.sessions import App
from ledger.sql.tables import offchain


@dataclass(eq=False)
class KeyReused(InputRefused):
    """The key was used for another request. differs: the parts of the request that do."""

    code = "key-reused"
    key: str
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """The answer of the first time. answer: JSON."""

    status: int
    answer: str


def request_parts(method: str, target: str, body: dict[str, Any]) -> dict[str, str]:
    """SHA-256 of each part of a request, by name."""
    parts = {"method": method, "target": target} | {f"body.{name}": value for name, value in body.items()}
    return {
        # json, for it writes whatever it has read: also numbers beyond 64 bits and lone surrogates.
        name: hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()
        for name, value in parts.items()
    }


def begin(app: App, signer: bytes, key: str, parts: dict[str, str], now: datetime) -> Kept | None:
    """The kept answer, or None when this is the first time. Raises KeyReused."""
    table = offchain.idempotency
    mine = insert(table).values(signer=signer, key=key, fields=parts, created_at=now)
    if app.run(mine.on_conflict_do_nothing().returning(table.c.key)).first() is not None:
        return None
    row = app.first(select(table).where(table.c.signer == signer, table.c.key == key))
    invariant(row is not None and row.status is not None, "a committed key has its answer")
    assert row is not None
    differs = sorted(name for name in {*row.fields, *parts} if row.fields.get(name) != parts.get(name))
    if differs:
        raise KeyReused(key=key, differs=tuple(differs))
    return Kept(row.status, row.answer)


def keep(app: App, signer: bytes, key: str, kept: Kept) -> None:
    """Keeps the answer beside the effect."""
    table = offchain.idempotency
    app.run(
        update(table)
        .where(table.c.signer == signer, table.c.key == key)
        .values(status=kept.status, answer=kept.answer)
    )
