"""The register of parties as of a block, with their cards in the directory."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, Table, select

from ledger.domain.errors import NotFound
from ledger.queries.cursor import Paging
from ledger.queries.pins import Pin
from ledger.queries.written import (
    POWERS,
    ROLES,
    SIGNER_KINDS,
    Answer,
    address,
    hex_text,
    limit_or_none,
    moment,
    name_at,
    names_of,
)
from ledger.sql.asof import as_of
from ledger.sql.sessions import Read
from ledger.sql.tables import book, offchain


def list_parties(read: Read, paging: Paging) -> Answer:
    """All parties, by number."""
    parts = _Parts(read, paging.pin, None)
    return paging.page(
        _parties(paging.pin),
        [book.party.c.party],
        lambda row: [row.party],
        lambda row: _answer(row, parts, paging.pin),
    )


def read_party(read: Read, party: int, at: Pin) -> Answer:
    """One party. Raises NotFound."""
    row = read.first(_parties(at).where(book.party.c.party == party))
    if row is None:
        raise NotFound(kind="party", id=str(party))
    return _answer(row, _Parts(read, at, party), at)


def card_of(read: Read, party: int) -> Answer | None:
    """A party's card in the directory."""
    row = read.first(select(offchain.card).where(offchain.card.c.party == party))
    return None if row is None else _card(row)


def tag_key_of(read: Read, party: int, at: Pin) -> bytes | None:
    """keccak256 of the party's tag public key (DER) as on chain; None for an unknown party."""
    found = read.scalar(
        select(book.party.c.tag_key).where(book.party.c.party == party, as_of(book.party, at.number))
    )
    return None if found is None else bytes(found)


def _parties(at: Pin) -> Select[Any]:
    return select(book.party).where(as_of(book.party, at.number))


class _Parts:
    """What belongs to the parties of a page, fetched by one statement a table."""

    def __init__(self, read: Read, at: Pin, party: int | None) -> None:
        def by_party(table: Table, order: str) -> dict[int, list[Any]]:
            found: dict[int, list[Any]] = defaultdict(list)
            statement = select(table).order_by(table.c[order])
            if table.schema == "book":
                statement = statement.where(as_of(table, at.number))
            if party is not None:
                statement = statement.where(table.c.party == party)
            for row in read.rows(statement):
                found[row.party].append(row)
            return found

        self.persons = by_party(book.person, "person")
        self.signers = by_party(book.signer, "person")
        self.limits = by_party(book.signer_limit, "currency")
        self.guardians = by_party(book.guardian, "guardian")
        self.cards = by_party(offchain.card, "party")


def _answer(row: Any, parts: _Parts, at: Pin) -> Answer:
    cards = parts.cards.get(row.party)
    return {
        "id": row.party,
        "record": hex_text(row.record),
        "roles": names_of(row.roles, ROLES),
        "sole": row.sole,
        "account": address(row.account),
        "sealing_key": hex_text(row.sealing_key),
        "tag_key": hex_text(row.tag_key),
        "group": row.party_group,
        "attestor": row.attestor,
        "evidence": hex_text(row.evidence),
        "persons": [
            {"number": each.person, "commitment": hex_text(each.commitment)}
            for each in parts.persons[row.party]
        ],
        "signers": [_signer(each) for each in parts.signers[row.party]],
        "limits": [_limit(each) for each in parts.limits[row.party]],
        "guardians": [address(each.guardian) for each in parts.guardians[row.party] if each.named],
        "card": _card(cards[0]) if cards else None,
        "block": row.from_block,
        "final": at.is_final(row.from_block),
    }


def _signer(row: Any) -> Answer:
    return {
        "address": address(row.signer),
        "kind": name_at(row.kind, SIGNER_KINDS),
        "person": row.person,
        "powers": names_of(row.powers, POWERS),
        "active_from": moment(row.active_from),
    }


def _limit(row: Any) -> Answer:
    return {
        "signer": address(row.signer),
        "currency": row.currency,
        "power": name_at(row.power, POWERS),
        "per_act": str(row.per_act),
        "per_day": limit_or_none(row.per_day),
    }


def _card(row: Any) -> Answer:
    return {
        "name": row.name,
        "ids": row.ids,
        "tag_public_key": row.tag_public_key,
        "updated_at": row.updated_at,
    }
