"""Every refusal has its row in the one table, and docs/errors.md says what the table says."""

import re
from pathlib import Path

import pytest

from api import idempotency
from api.auth import refusals as sign_in
from api.problems import ROWS, TABLE, as_markdown, problem_of
from ledger.chain.abi import artefact
from ledger.domain import errors
from ledger.domain.errors import ContractRefused, DuebillError, NotFound
from ledger.queries import refusals as queries
from ledger.workflows import refusals as workflows

CONTRACTS = ("Ledger", "Parties", "Trades", "Receivables", "Pieces", "Settlement", "Payments")
# Errors of libraries that only our own mistake could raise.
INTERNAL = {
    "InvalidShortString",
    "StringTooLong",
    "ReentrancyGuardReentrantCall",
    "SafeCastOverflowedUintDowncast",
}


def names() -> set[str]:
    found = {
        entry["name"]
        for contract in CONTRACTS
        for entry in artefact(contract)["abi"]
        if entry["type"] == "error"
    }
    return found - INTERNAL


@pytest.mark.parametrize("name", sorted(names()))
def test_every_error_of_the_contracts_has_its_row(name: str) -> None:
    assert problem_of(ContractRefused(name, {})).code in TABLE


def codes() -> set[str]:
    modules = (errors, queries, workflows, sign_in, idempotency)
    classes = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    return {each.code for each in classes if issubclass(each, DuebillError) and "code" in vars(each)}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_refusal_of_the_service_has_its_row(code: str) -> None:
    assert code in TABLE


def test_codes_are_one_of_a_kind_and_have_both_titles() -> None:
    assert len(TABLE) == len(ROWS)
    for row in ROWS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.code)
        assert row.en and re.search(r"[\u4e00-\u9fff]", row.zh)
        assert 400 <= row.status < 600


def test_the_page_is_made_from_the_table(checkout: Path) -> None:
    assert (checkout / "docs" / "errors.md").read_text(encoding="utf-8") == as_markdown()


def test_a_problem_keeps_what_was_found() -> None:
    found = problem_of(NotFound(kind="piece", id="7"), "/v1/pieces/7")
    assert (found.status, found.code, found.instance) == (404, "not-found", "/v1/pieces/7")
    assert found.fields == {"kind": "piece", "id": "7"}
    assert "piece" in found.detail
