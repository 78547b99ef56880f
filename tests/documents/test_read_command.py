"""`duebill read` as others script against it: one JSON object a line, exit 1 if any file was refused."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.cli.read import read
from tests.documents.sample_invoice import document

_CHECKOUT = Path(__file__).resolve().parents[2]
_FIELDS = [
    "file",
    "number",
    "issue_date",
    "due_date",
    "payment_terms",
    "type_code",
    "currency",
    "total",
    "prepaid",
    "payable",
    "seller",
    "buyer",
    "payee",
    "order_reference",
    "objections",
]


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(read, [str(argument) for argument in arguments])


def _lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good invoice.xml"
    path.write_bytes(document())
    return path


def test_an_invoice_is_one_object_with_every_field(good: Path) -> None:
    result = _run("--today", "2026-03-16", good)
    (answer,) = _lines(result)
    assert result.exit_code == 0
    assert list(answer) == _FIELDS
    assert answer == {
        "file": str(good), "number": "A-1", "issue_date": "2026-03-02", "due_date": "2026-05-31",
        "payment_terms": "Net on the due date.", "type_code": "380", "currency": "EUR", "total": "119.00",
        "prepaid": None, "payable": "100.00", "payee": None, "order_reference": None, "objections": [],
        "seller": {
            "name": "Seller Ltd.", "legal_id": "0199:LEI-1", "vat_id": "DE951200002", "electronic_id": None,
        },
        "buyer": {"name": "Buyer SE", "legal_id": None, "vat_id": None, "electronic_id": None},
    }  # fmt: skip


def test_one_refused_file_spoils_the_exit_but_not_the_others(good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"<a>")
    result = _run(good, bad, tmp_path, tmp_path / "missing.xml", good)
    answers = _lines(result)
    assert result.exit_code == 1
    assert [list(answer) == ["file", "refused"] for answer in answers] == [False, True, True, True, False]
    assert answers[1]["refused"].startswith("not-well-formed: ")
    assert answers[3] == {
        "file": str(tmp_path / "missing.xml"),
        "refused": "unreadable: the file cannot be read: No such file or directory",
    }


def test_objections_do_not_spoil_the_exit(good: Path) -> None:
    result = _run("--today", "2026-06-01", good)
    assert result.exit_code == 0
    assert _lines(result)[0]["objections"] == ["past-due"]


def test_today_defaults_to_the_wall_clock(tmp_path: Path) -> None:
    path = tmp_path / "old.xml"
    path.write_bytes(document((">2026-05-31<", ">2001-01-01<")))
    assert _lines(_run(path))[0]["objections"] == ["past-due"]


@pytest.mark.parametrize("arguments", [[], ["--today", "soon", "x.xml"], ["--today", "2026-02-30", "x.xml"]])
def test_wrong_use_is_told_and_exits_2(arguments: list[str]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_what_would_steer_a_terminal_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "steering.xml"
    path.write_bytes(document((">A-1<", ">A\u202e1\x9b2J\u200b华<")))
    result = _run(path)
    assert "A\\u202e1\\u009b2J\\u200b华" in result.stdout
    assert _lines(result)[0]["number"] == "A\u202e1\x9b2J\u200b华"


def test_as_a_process_in_a_plain_locale(tmp_path: Path) -> None:
    odd_name = tmp_path / "r\udcffchnung.xml"
    odd_name.write_bytes(document((">Seller Ltd.<", ">华信精密铸造<")))
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli.read import read; read()", odd_name],
        cwd=_CHECKOUT, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.decode())
    assert answer["seller"]["name"] == "华信精密铸造"
    assert answer["file"] == str(odd_name)


def test_help_says_what_it_prints_and_how_it_exits() -> None:
    output = _run("--help").output
    for word in ("FILE", "--today", "objections", "refused", "Exit status"):
        assert word in output
