"""The deployment file: which contracts on which chain this service stands on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.chain.abi import artefact, event_layouts
from ledger.chain.decode import Decoders
from ledger.chain.finality import Finality
from ledger.chain.headers import Hex
from ledger.domain.errors import BadField
from ledger.domain.ids import Address, BlockNumber, address_of_text

EMITTERS = ("Ledger", "Parties", "Rules")
"""The contracts whose events are journalled, in the order in which their heads are told."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """token: the settlement token of local use, or None; libraries: name to address; first_block, block: the first and last in
    which contracts were created; genesis_hash: of block 0, 0x hex; code_hashes: keccak256 of each contract's code, 0x hex."""

    name: str
    chain_id: int
    finality: Finality
    ledger: Address
    parties: Address
    rules: Address
    token: Address | None
    first_block: BlockNumber
    block: BlockNumber
    genesis_hash: str
    libraries: Mapping[str, Address]
    code_hashes: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> "Deployment":
        """Reads deployments/NAME.json or the local deployment.json. Raises BadField, FileNotFoundError."""
        try:
            return cls.of_json(json.loads(path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadField("deployment", str(path), f"a deployment file: {wrong!r}") from wrong

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> "Deployment":
        """Reads the parsed content of a deployment file. Raises KeyError, TypeError, ValueError, BadId."""
        return cls(
            name=found["name"],
            chain_id=int(found["chain_id"]),
            finality=Finality.of_text(found["finality"]),
            ledger=address_of_text(found["ledger"]),
            parties=address_of_text(found["parties"]),
            rules=address_of_text(found["rules"]),
            token=address_of_text(found["token"]) if found["token"] else None,
            first_block=BlockNumber(int(found["first_block"])),
            block=BlockNumber(int(found["block"])),
            genesis_hash=found["genesis_hash"],
            libraries={name: address_of_text(text) for name, text in found["libraries"].items()},
            code_hashes=found["code_hashes"],
        )

    @property
    def emitters(self) -> Mapping[str, Hex]:
        """Name and address (hex without prefix) of Ledger, Parties and Rules."""
        addresses = (self.ledger, self.parties, self.rules)
        return {name: Hex(text[2:].lower()) for name, text in zip(EMITTERS, addresses, strict=True)}

    def decoders(self) -> Decoders:
        """The events of the deployed contracts, by the artefacts of this version."""
        return Decoders(
            {address: event_layouts(artefact(name)["abi"]) for name, address in self.emitters.items()}
        )
