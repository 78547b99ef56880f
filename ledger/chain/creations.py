"""What a deployment creates, in which order and where.

Pure, so that addresses are known before a chain sees them: the founding parties sign their Admission for the
address of Parties, which therefore comes first. Libraries are linked into whoever names them. Nothing here
needs more than eth_abi, rlp and Keccak, so that brownie's environment imports it too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rlp
from eth_abi.abi import encode

from ledger.domain.hashing import keccak
from ledger.domain.ids import NO_ADDRESS, Address, address_of_bytes

ARTEFACTS = Path(__file__).parent / "artefacts"
DAY_SECONDS = 86_400

Artefact = dict[str, Any]
Signatures = tuple[tuple[str, bytes], ...]
"""Signer's address and proof, in the order of the Admission's signers."""


@dataclass(frozen=True, kw_only=True)
class Founder:
    """A founding party: its Admission as an ABI tuple (attestor 0), and the signatures of its own signers."""

    admission: tuple[Any, ...]
    signatures: Signatures


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Version 1 of the rules, field by field contracts/interfaces/IRules.sol. Six calendar months, two clearing days."""

    source: bytes
    effective_from: int = 0
    tenor_months: int = 6
    tenor_days: int = 184
    grace_days: int = 30
    clearing_seconds: int = 2 * DAY_SECONDS
    late_rate_bps: int = 900
    day_count: int = 360
    unmatched_financeable: bool = False
    related_financeable: bool = False
    freezer: int = 0
    mover: int = 0


@dataclass(frozen=True, kw_only=True)
class CurrencyRule:
    """How a currency is paid. token: None is the deployment's own settlement token; amounts in minor units."""

    letters: str = "EUR"
    token: Address | None = None
    scale: int = 0
    smallest_piece: int = 1
    largest_face: int = 10**14


@dataclass(frozen=True, kw_only=True)
class Founding:
    """Everything that a deployment is made of. proposers: who may propose rules to the timelock; minter: who mints the settlement
    token, or None where every currency names a token of its own."""

    operator: Founder
    attestor: Founder
    rules: RuleSet
    currencies: tuple[CurrencyRule, ...] = (CurrencyRule(),)
    proposers: tuple[Address, ...]
    delay_seconds: int = 3 * DAY_SECONDS
    minter: Address | None = None


@dataclass(frozen=True)
class Creation:
    """One transaction that creates a contract: its name, the sender's nonce, where it will be, and its init code."""

    name: str
    nonce: int
    address: Address
    code: bytes


def contract_address(sender: Address, nonce: int) -> Address:
    """Where the contract lies that `sender` creates with `nonce`."""
    encoded: bytes = rlp.encode([bytes.fromhex(sender[2:]), nonce])
    return address_of_bytes(keccak(encoded)[12:])


def parties_address(sender: Address, nonce: int) -> Address:
    """Where Parties will lie when `creations` begins with `nonce`: the verifying contract that founders sign for."""
    return contract_address(sender, nonce)


def artefact(name: str) -> Artefact:
    """The compiled contract or library. Raises FileNotFoundError where there is none."""
    loaded: Artefact = json.loads((ARTEFACTS / f"{name}.json").read_text())
    return loaded


def creations(founding: Founding, sender: Address, nonce: int) -> tuple[Creation, ...]:
    """The whole deployment by `sender`, whose next nonce is `nonce`."""
    plan = _Plan(sender, nonce)
    operator, attestor = founding.operator, founding.attestor
    plan.create(
        "Parties",
        operator.admission,
        list(operator.signatures),
        attestor.admission,
        list(attestor.signatures),
    )
    if founding.minter is not None:
        plan.create("SettlementToken", "Duebill settlement token", "DBT", founding.minter)
    plan.create("Timelock", founding.delay_seconds, list(founding.proposers), [NO_ADDRESS])
    plan.create("Rules", plan.placed["Timelock"], *_rules(founding, plan.placed.get("SettlementToken")))
    for library in _libraries_of("Ledger"):
        plan.create(library)
    plan.create("Ledger", plan.placed["Parties"], plan.placed["Rules"])
    return tuple(plan.made)


def link(code: str, references: Mapping[str, Any], placed: Mapping[str, Address]) -> bytes:
    """Code in hex with the addresses of its libraries put in. Raises KeyError for a library that has no address."""
    for libraries in references.values():
        for name, places in libraries.items():
            address = placed[name][2:].lower()
            for place in places:
                first = 2 * place["start"]
                code = code[:first] + address + code[first + len(address) :]
    return bytes.fromhex(code)


class _Plan:
    """Collects creations and where they lie."""

    def __init__(self, sender: Address, nonce: int) -> None:
        self._sender = sender
        self._nonce = nonce
        self.made: list[Creation] = []
        self.placed: dict[str, Address] = {}

    def create(self, name: str, *arguments: Any) -> None:
        compiled = artefact(name)
        code = link(compiled["bytecode"], compiled["linkReferences"], self.placed)
        nonce = self._nonce + len(self.made)
        address = contract_address(self._sender, nonce)
        self.made.append(Creation(name, nonce, address, code + _arguments(compiled["abi"], arguments)))
        self.placed[name] = address


def _libraries_of(name: str) -> list[str]:
    """The libraries that a contract needs, each after those that it needs itself."""
    ordered: list[str] = []
    for libraries in artefact(name)["linkReferences"].values():
        for library in libraries:
            ordered += [each for each in (*_libraries_of(library), library) if each not in ordered]
    return ordered


def _rules(founding: Founding, own_token: Address | None) -> tuple[Any, ...]:
    rules = founding.rules
    tokens = [each.token or own_token for each in founding.currencies]
    if None in tokens:
        raise ValueError("a currency without a token needs the settlement token: name its minter")
    return (
        tuple(vars(rules).values()),
        [each.letters.encode("ascii") for each in founding.currencies],
        [
            (token, each.scale, each.smallest_piece, each.largest_face)
            for token, each in zip(tokens, founding.currencies, strict=True)
        ],
    )


def _arguments(abi: list[dict[str, Any]], arguments: tuple[Any, ...]) -> bytes:
    inputs = [each["inputs"] for each in abi if each["type"] == "constructor"]
    types = [_type(each) for each in (inputs[0] if inputs else [])]
    return encode(types, arguments)


def _type(parameter: dict[str, Any]) -> str:
    kind: str = parameter["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(_type(each) for each in parameter['components'])}){kind[len('tuple') :]}"
