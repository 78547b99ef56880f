"""Desks of a debtor and a creditor, and the samples that they write to each other about."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from ledger.desk.comparing import Debtor
from ledger.desk.desk import Desk, NewDesk, create
from ledger.desk.passwords import Passwords
from ledger.desk.sellers import ids_of_text
from ledger.domain.powers import Power, Role
from ledger.domain.sellers import Seller, SellerRegister
from ledger.domain.tags import EXPONENT, KEY_BITS
from tests.desk.shown import COST, CREDITOR, DEBTOR, OTHER, PIN


@pytest.fixture(scope="session")
def story(checkout: Path) -> dict[str, Any]:
    """The cast of the samples."""
    found: dict[str, Any] = json.loads((checkout / "samples/story.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def invoices(checkout: Path) -> Path:
    """The folder of the sample invoices."""
    return checkout / "samples" / "invoices"


@pytest.fixture
def passwords() -> Passwords:
    """One password for all keys."""
    return Passwords.fixed("correct horse")


@pytest.fixture
def desk(tmp_path: Path, passwords: Passwords) -> Desk:
    """A debtor's desk with a maker and a checker, pinned."""
    wanted = NewDesk(
        "Nordwerk", Role.CORE_ENTERPRISE, False, ("vat:DE987650001",), "http://127.0.0.1:1", COST
    )
    made = create(tmp_path / "desk", wanted, passwords)
    made = made.with_person("maker", (Power.PROPOSE,), (), passwords)
    made = made.with_person("checker", (Power.CONFIRM,), (), passwords)
    return replace(made, party=DEBTOR, pin=PIN).save()


@pytest.fixture(scope="session")
def debtor(story: dict[str, Any]) -> Debtor:
    """The core enterprise of the samples, which knows tier 1 and one more supplier."""
    register = SellerRegister()
    for key, party in (("tier1", CREDITOR), ("supplier_b", OTHER)):
        found = story["parties"][key]
        register = register.with_seller(Seller(found["name"], party, ids_of_text(",".join(found["ids"]))))
    return Debtor(DEBTOR, ids_of_text(",".join(story["parties"]["core"]["ids"])), register)


@pytest.fixture(scope="session")
def tag_key() -> rsa.RSAPrivateKey:
    """The debtor's tag key."""
    return rsa.generate_private_key(EXPONENT, KEY_BITS[0])
