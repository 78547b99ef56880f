"""What set-up promises before anything is installed: three Pythons and no other, everything by hash, one compiler."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

SOURCE = "// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n"


def a_python(folder: Path, name: str, version: str) -> Path:
    """A stand-in interpreter that is of no version that fits."""
    program = folder / name
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\nexit 1\n')
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["3.10.13", "3.14.0", "2.7.18"])
def test_another_python_is_refused_and_the_three_are_named(
    checkout: Path, tmp_path: Path, version: str
) -> None:
    other = a_python(tmp_path, "python", version)
    answer = subprocess.run(
        [checkout / "scripts" / "setup"],
        env={"PATH": os.environ["PATH"], "DUEBILL_PYTHON": str(other)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert f"Python {version}" in answer.stderr
    assert "3.11, 3.12 or 3.13" in answer.stderr


def test_no_python_that_fits_is_said_so(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "setup"
    script.write_text((checkout / "scripts" / "setup").read_text())
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        a_python(tmp_path, name, "3.9.2")
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    answer = subprocess.run(
        ["/bin/sh", script],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "found Python 3.9.2" in answer.stderr
    assert "3.11, 3.12 or 3.13" in answer.stderr


def test_what_is_set_up_is_not_set_up_again(checkout: Path) -> None:
    answer = subprocess.run(
        [checkout / "scripts" / "setup", "tests"], capture_output=True, text=True, check=True
    )
    assert answer.stderr == ""


def test_every_locked_python_package_has_a_hash(checkout: Path) -> None:
    for lock in (checkout / "requirements").glob("*.txt"):
        packages = re.split(r"\n(?=\S)", lock.read_text().strip())
        assert packages
        assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_every_locked_node_package_has_a_hash_and_no_address(checkout: Path) -> None:
    packages = json.loads((checkout / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert name == "" or package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def solc(checkout: Path, folder: Path, question: object) -> dict[str, object]:
    answer = subprocess.run(
        [checkout / ".tools" / "solc" / "solc-v0.8.37", "--standard-json"],
        input=json.dumps(question),
        cwd=folder,
        env=os.environ | {"DUEBILL_SOLC_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    output: dict[str, object] = json.loads(answer.stdout)
    return output


def test_the_compiler_is_the_locked_one(checkout: Path) -> None:
    answer = subprocess.run(
        [checkout / ".tools" / "bin" / "solc", "--version"], capture_output=True, text=True, check=True
    )
    assert "Version: 0.8.37+commit." in answer.stdout


def test_a_kept_result_is_not_used_once_an_imported_file_has_changed(checkout: Path, tmp_path: Path) -> None:
    question = {
        "language": "Solidity",
        "sources": {"A.sol": {"content": SOURCE + 'import {B} from "./B.sol";\ncontract A is B {}\n'}},
        "settings": {"outputSelection": {"*": {"*": ["abi"]}}},
    }
    (tmp_path / "B.sol").write_text(SOURCE + "contract B { function first() external {} }\n")
    first = solc(checkout, tmp_path, question)
    assert solc(checkout, tmp_path, question) == first
    (tmp_path / "B.sol").write_text(SOURCE + "contract B { function second() external {} }\n")
    assert "second" in json.dumps(solc(checkout, tmp_path, question))
    assert "first" in json.dumps(first)
