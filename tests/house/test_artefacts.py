"""What is deployed is what contracts/ gives, and it can be deployed."""

import json
import subprocess
from pathlib import Path

CODE_LIMIT = 24_576  # EIP-170
INIT_CODE_LIMIT = 49_152  # EIP-3860


def artefacts(checkout: Path) -> list[Path]:
    found = sorted((checkout / "ledger" / "chain" / "artefacts").glob("*.json"))
    assert found, "run scripts/compile"
    return found


def test_the_committed_artefacts_are_those_of_the_sources(checkout: Path) -> None:
    answer = subprocess.run(
        [checkout / "scripts" / "compile", "--check"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_all_code_fits_below_the_limits(checkout: Path) -> None:
    for file in artefacts(checkout):
        artefact = json.loads(file.read_text())
        assert len(artefact["deployedBytecode"]) // 2 <= CODE_LIMIT, file.name
        assert len(artefact["bytecode"]) // 2 <= INIT_CODE_LIMIT, file.name
