"""A party's desk: its folder, its persons and their keys, what it is pinned to.

DIR/desk.json        who the party is, its persons, the deployment that it is pinned to, the secret behind its salts
DIR/keystore/        one encrypted key for each person, and that of the cash account
DIR/sealing_key.pem  opens what others seal to the party        DIR/tag_key.pem  makes tags (debtors only)
DIR/documents/       invoices and papers with their secrets     DIR/sellers.json the debtor's seller register
DIR/session.json     tokens of the service, until they end
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from ledger.desk import keystore, sealing
from ledger.desk.errors import DeskExists, NameTaken, NoDesk, NotAdmitted, UnknownPerson
from ledger.desk.folder import make_folder, read_json, write_json
from ledger.desk.keys import stretched
from ledger.desk.passwords import Passwords
from ledger.desk.pin import Pin
from ledger.domain.ids import (
    NO_DIGEST,
    Address,
    Digest,
    PartyId,
    PersonNumber,
    address_of_text,
    digest_of_text,
    digest_text,
)
from ledger.domain.powers import Power, Role
from ledger.domain.units import Amount, Currency

FORMAT = "desk/1"
ACCOUNT = "account"
"""The cash account's name in the keystore; no person can have it."""
DESK = "desk"
"""Whose password opens the sealing key and the tag key."""


@dataclass(frozen=True)
class PersonLimit:
    """What a person may do alone with one power: an act and a UTC day, minor units."""

    currency: Currency
    power: Power
    per_act: Amount
    per_day: Amount


@dataclass(frozen=True)
class Person:
    """A human of the party with a key at this desk. number: the position in the party's list, from 1."""

    name: str
    number: PersonNumber
    address: Address
    powers: tuple[Power, ...]
    limits: tuple[PersonLimit, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What desk.json holds. party: None until admitted; secret: behind the salts of persons and record; cost: scrypt's N."""

    folder: Path
    name: str
    roles: Role
    sole: bool
    ids: tuple[str, ...]
    service: str
    secret: bytes
    salt: bytes
    cost: int
    sealing_key: bytes
    tag_key: Digest = NO_DIGEST
    account: Address | None = None
    guardians: tuple[Address, ...] = ()
    persons: tuple[Person, ...] = ()
    party: PartyId | None = None
    pin: Pin | None = None

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The desk in this folder. Raises NoDesk."""
        found = read_json(folder / "desk.json")
        try:
            return cls(folder=folder, **_from_json(found))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise NoDesk(str(folder), f"desk.json is not what it was written as: {wrong!r}") from None

    def save(self) -> Self:
        """Writes desk.json."""
        write_json(self.folder / "desk.json", _to_json(self))
        return self

    @property
    def number(self) -> PartyId:
        """The party's number on chain. Raises NotAdmitted."""
        if self.party is None:
            raise NotAdmitted(self.name)
        return self.party

    def person(self, name: str) -> Person:
        """Somebody with a key here. Raises UnknownPerson."""
        for each in self.persons:
            if each.name == name:
                return each
        raise UnknownPerson(name, tuple(each.name for each in self.persons))

    def key(self, name: str, passwords: Passwords) -> keystore.SigningKey:
        """A person's unlocked key, or the cash account's. Raises UnknownPerson, WrongPassword."""
        if name != ACCOUNT:
            self.person(name)
        return keystore.open_key(self._key_file(name), passwords.of(name))

    def passphrase(self, passwords: Passwords) -> bytes:
        """Of the sealing key's and the tag key's files."""
        return stretched(passwords.of(DESK), self.salt, self.cost)

    def open_sealing_key(self, passwords: Passwords) -> X25519PrivateKey:
        """What opens packets sealed to this party. Raises WrongPassword."""
        return sealing.open_sealing_key(self.folder / "sealing_key.pem", self.passphrase(passwords))

    def with_person(
        self, name: str, powers: tuple[Power, ...], limits: tuple[PersonLimit, ...], passwords: Passwords
    ) -> Self:
        """The desk with a new person, whose key is made now. Raises NameTaken."""
        if name in (ACCOUNT, DESK) or any(each.name == name for each in self.persons):
            raise NameTaken(name)
        address = keystore.new_key(self._key_file(name), passwords.of(name), self.cost)
        number = PersonNumber(len(self.persons) + 1)
        return replace(self, persons=(*self.persons, Person(name, number, address, powers, limits))).save()

    def with_account(self, passwords: Passwords) -> Self:
        """The desk with a new cash account. Raises NameTaken."""
        address = keystore.new_key(self._key_file(ACCOUNT), passwords.of(ACCOUNT), self.cost)
        return replace(self, account=address).save()

    def _key_file(self, name: str) -> Path:
        return self.folder / "keystore" / f"{name}.json"


@dataclass(frozen=True)
class NewDesk:
    """What a desk is made from. ids: `scheme:value`."""

    name: str
    roles: Role
    sole: bool
    ids: tuple[str, ...]
    service: str
    cost: int


def create(folder: Path, wanted: NewDesk, passwords: Passwords) -> Desk:
    """Makes a desk with its sealing key. Raises DeskExists."""
    if (folder / "desk.json").exists():
        raise DeskExists(str(folder))
    make_folder(folder)
    make_folder(folder / "keystore")
    make_folder(folder / "documents")
    salt = secrets.token_bytes(16)
    passphrase = stretched(passwords.of(DESK), salt, wanted.cost)
    public = sealing.new_sealing_key(folder / "sealing_key.pem", passphrase)
    secret = secrets.token_bytes(32)
    return Desk(folder=folder, **vars(wanted), secret=secret, salt=salt, sealing_key=public).save()


def _to_json(desk: Desk) -> dict[str, Any]:
    return {
        "duebill": FORMAT,
        "name": desk.name,
        "party": desk.party,
        "roles": [role_name(each) for each in desk.roles],
        "sole": desk.sole,
        "ids": list(desk.ids),
        "service": desk.service,
        "deployment": desk.pin.to_json() if desk.pin else None,
        "sealing_key": "0x" + desk.sealing_key.hex(),
        "tag_key": digest_text(desk.tag_key),
        "account": desk.account,
        "guardians": list(desk.guardians),
        "persons": [_person_json(each) for each in desk.persons],
        "secret": desk.secret.hex(),
        "salt": desk.salt.hex(),
        "cost": desk.cost,
    }


def _from_json(found: Mapping[str, Any]) -> dict[str, Any]:
    if found["duebill"] != FORMAT:
        raise ValueError(f"format {found['duebill']}")
    return {
        "name": found["name"],
        "party": None if found["party"] is None else PartyId(int(found["party"])),
        "roles": roles_of(found["roles"]),
        "sole": bool(found["sole"]),
        "ids": tuple(found["ids"]),
        "service": found["service"],
        "pin": Pin.of_json(found["deployment"]) if found["deployment"] else None,
        "sealing_key": bytes.fromhex(found["sealing_key"][2:]),
        "tag_key": digest_of_text(found["tag_key"]),
        "account": address_of_text(found["account"]) if found["account"] else None,
        "guardians": tuple(address_of_text(each) for each in found["guardians"]),
        "persons": tuple(_person(at, each) for at, each in enumerate(found["persons"], 1)),
        "secret": bytes.fromhex(found["secret"]),
        "salt": bytes.fromhex(found["salt"]),
        "cost": int(found["cost"]),
    }


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "address": person.address,
        "powers": [each.name.lower() for each in person.powers],
        "limits": [
            [each.currency, each.power.name.lower(), str(each.per_act), str(each.per_day)]
            for each in person.limits
        ],
    }


def _person(number: int, found: Mapping[str, Any]) -> Person:
    limits = tuple(
        PersonLimit(Currency(currency), Power[power.upper()], Amount(int(act)), Amount(int(day)))
        for currency, power, act, day in found["limits"]
    )
    powers = tuple(Power[each.upper()] for each in found["powers"])
    return Person(found["name"], PersonNumber(number), address_of_text(found["address"]), powers, limits)


def role_name(role: Role) -> str:
    """ "core-enterprise" and so on."""
    return str(role.name).lower().replace("_", "-")


def roles_of(names: list[str]) -> Role:
    """The roles of these names. Raises ValueError, naming those that exist."""
    known = {role_name(each): each for each in Role}
    roles = Role(0)
    for name in names:
        if name not in known:
            raise ValueError(f"no role {name!r}; there are {', '.join(known)}")
        roles |= known[name]
    return roles
