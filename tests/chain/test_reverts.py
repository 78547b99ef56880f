"""A refusal is told by the contract's own name, wherever the code lies that refuses."""

import pytest

from ledger.chain.abi import artefact, selector
from ledger.chain.reverts import Reverts


@pytest.mark.parametrize(
    "contract", ["Ledger", "Parties", "Rules", "Pieces", "Receivables", "Trades", "Payments", "Settlement"]
)
def test_every_error_of_contracts_and_libraries_is_read_by_its_name(contract: str) -> None:
    reverts = Reverts.of_artefacts()
    for entry in artefact(contract)["abi"]:
        if entry["type"] == "error" and all(each["type"] != "string" for each in entry["inputs"]):
            data = selector(entry) + "00" * 32 * len(entry["inputs"])
            assert reverts.refusal(data).name == entry["name"]
