"""Who plays: the parties of samples/story.json, their persons, powers and limits."""

import json
from dataclasses import dataclass
from typing import Any

from scripts.story.party import ROOT

INVOICES = ROOT / "samples" / "invoices"
STORY: dict[str, Any] = json.loads((ROOT / "samples" / "story.json").read_text(encoding="utf-8"))
FINANCIER = {"name": "Hanse Lieferantenbank AG", "ids": ["lei:894500HANSELIEFBK0185"]}


@dataclass(frozen=True)
class Person:
    """A human of a party. limits: `CURRENCY:POWER:ACT[:DAY]`."""

    name: str
    powers: str
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """How a party is made. tags: it also buys, so it needs a tag key; cash: what its account begins with, minor units."""

    key: str
    name: str
    roles: str
    persons: tuple[Person, ...]
    ids: tuple[str, ...] = ()
    sole: bool = False
    tags: bool = False
    cash: int = 0


_SUPPLIER = (
    Person("admin", "administer"),
    Person("sales", "propose,receive,transfer,pay", ("EUR:all:1000000.00:5000000.00",)),
)
_CORE = (
    Person("admin", "administer"),
    Person("deputy", "administer"),
    Person("maker", "propose,pay", ("EUR:propose:1000000.00", "EUR:pay:500000.00")),
    Person("checker", "confirm,pay", ("EUR:confirm:1000000.00:2000000.00", "EUR:pay:500000.00:2000000.00")),
    Person("warehouse", "receive", ("EUR:receive:1000000.00",)),
)


def cast() -> tuple[Role, ...]:
    """The seven parties that are admitted during the story, in the order of admission."""
    found = STORY["parties"]
    suppliers = [
        _role(key, found[key], "supplier", _SUPPLIER) for key in ("supplier_a", "supplier_b", "supplier_c")
    ]
    one = (Person("reuter", "propose,receive,transfer,pay", ("EUR:all:500000.00",)),)
    bank = (
        Person("admin", "administer"),
        Person("dealer", "finance,receive,transfer,pay", ("EUR:all:2000000.00:10000000.00",)),
    )
    return (
        _role("core", found["core"], "core-enterprise", _CORE, tags=True, cash=500_000_00),
        _role("tier1", found["tier1"], "supplier", _SUPPLIER, tags=True),
        _role("tier2", found["tier2"], "supplier", one),
        *suppliers,
        _role("financier", FINANCIER, "financier", bank, cash=1_000_000_00),
    )


def _role(key: str, found: dict[str, Any], roles: str, persons: tuple[Person, ...], **more: Any) -> Role:
    return Role(key, found["name"], roles, persons, tuple(found["ids"]), bool(found.get("sole")), **more)
