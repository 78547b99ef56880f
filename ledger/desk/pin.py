"""The one deployment that a desk works on. Whatever names another chain or contract is refused before it is read further."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ledger.desk.errors import OtherDeployment
from ledger.domain.acts import Domain
from ledger.domain.drafts import Draft
from ledger.domain.errors import BadField, DuebillError
from ledger.domain.ids import Address, address_of_text


@dataclass(frozen=True)
class Pin:
    """Chain and contracts. genesis_hash: of block 0, empty where it is not known; token: the settlement token, or empty."""

    name: str
    chain_id: int
    ledger: Address
    parties: Address
    token: str
    genesis_hash: str

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> Self:
        """From a deployment file, GET /v1/deployment, or desk.json. Raises BadField."""
        try:
            return cls(
                name=str(found["name"]),
                chain_id=int(found["chain_id"]),
                ledger=address_of_text(found["ledger"]),
                parties=address_of_text(found["parties"]),
                token=str(found.get("token") or ""),
                genesis_hash=str(found.get("genesis_hash") or ""),
            )
        except (KeyError, TypeError, ValueError, DuebillError) as wrong:
            raise BadField("deployment", str(wrong)[:80], "name, chain_id, ledger, parties") from None

    def to_json(self) -> dict[str, Any]:
        """As desk.json keeps it."""
        return dict(vars(self))

    def domain(self) -> Domain:
        """Where acts of the ledger are signed for."""
        return Domain(self.chain_id, self.ledger)

    def check(self, found: "Pin") -> None:
        """Raises OtherDeployment for a service of another chain or other contracts."""
        for name in ("chain_id", "ledger", "parties", "genesis_hash"):
            mine, theirs = getattr(self, name), getattr(found, name)
            if mine != theirs and not (name == "genesis_hash" and not (mine and theirs)):
                raise OtherDeployment(name, str(theirs), str(mine))

    def check_draft(self, draft: Draft) -> None:
        """Raises OtherDeployment for a draft of another chain or other contracts."""
        for name in ("chain_id", "ledger", "parties"):
            if getattr(draft, name) != getattr(self, name):
                raise OtherDeployment(name, str(getattr(draft, name)), str(getattr(self, name)))
