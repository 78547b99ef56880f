"""An option that was given, but holds nothing, is never taken for one that was left out: that would mean all of it."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Town
from tests.cli.test_on_a_network import ask, invoice


@pytest.fixture(scope="module")
def receivable(town: Town, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A confirmed one of tier 1."""
    folder = tmp_path_factory.mktemp("empty")
    draft = ask(
        town,
        town.supplier,
        invoice(folder, checkout / "samples/invoices", "INV-EMPTY"),
        "--trade",
        town.trade,
    )
    town.debtor.do("confirm", draft, "--as", "maker", "--yes")
    return str(town.debtor.do("sign", draft, "--as", "checker", "--yes")["receivable"])


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("supplier", ("transfer", "{}-0", "--to", "2", "--amount", "", "--as", "lin")),
        ("supplier", ("transfer", "{}-0", "--to", "2", "--price", "", "--as", "lin")),
        ("debtor", ("pay", "{}", "--amount", "", "--as", "maker")),
        ("debtor", ("pay", "{}", "--all", "--at-most", "", "--as", "maker")),
        ("debtor", ("quote", "{}-0", "--price", "", "--as", "maker")),
    ],
)
def test_an_empty_amount_is_no_amount(town: Town, receivable: str, by: str, words: tuple[str, ...]) -> None:
    party = getattr(town, by)
    before = len(party.do("inbox", "--all")["drafts"])
    told = party(*(each.format(receivable) for each in words), "--yes")
    assert (told.code, told.refusal) == (1, "bad-amount"), told
    assert len(party.do("inbox", "--all")["drafts"]) == before


def test_a_history_tells_money_and_times_as_people_write_them(town: Town, receivable: str) -> None:
    told = subprocess.run(
        [town.network.duebill, "history", receivable, "--desk", town.supplier.desk],
        env={**os.environ, "DUEBILL_DESK_PASSWORD": town.supplier.password},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert (
        "ReceivableConfirmed  debtor 3, creditor 4, face 120,000.00, currency EUR, due_at 2026-05-31 22:00:00"
        in told
    )
