"""A refusal is read by a clerk: what is wrong in words, amounts and times as people write them, a hint in their language."""

import os
import subprocess
from pathlib import Path

from tests.cli.conftest import Town

ORDER = ("order", "--amount", "10.00", "--document", "x", "--as", "maker", "--yes")


def test_a_refusal_of_the_service_is_told_once_and_without_the_contracts_word(town: Town) -> None:
    error = town.debtor(*ORDER, "--seller", 99).answer["error"]
    assert (error["code"], error["title"], error["detail"]) == ("unknown-party", "No such party", "party: 99")


def test_a_file_that_is_no_invoice_is_told_why_in_words(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "bad.xml"
    file.write_text("<a", "utf-8")
    error = town.supplier("import", file).answer["error"]
    assert error["code"] == "invoice-refused"
    assert "not well-formed XML: line 1" in error["detail"]


def test_times_and_amounts_are_as_people_write_them(town: Town, checkout: Path) -> None:
    town.supplier.do("import", checkout / "samples/invoices/huaxin-0117.xml")
    ask = ("request", "--debtor", town.debtor.number, "--as", "lin", "--yes", "--use")
    late = town.supplier(*ask, "huaxin-0117.xml", "--due", "2020-05-31").answer["error"]
    assert (late["code"], "dueAt: 2020-05-31 22:00:00 UTC" in late["detail"]) == ("due-too-early", True), late
    much = town.supplier(*ask, "huaxin-0117.xml:130000", "--due", "2026-05-31").answer["error"]
    assert "found: 130000.00 EUR, limit: at most the 120000.00 EUR" in much["detail"]


def test_the_hint_is_in_the_language_of_the_title(town: Town, tmp_path: Path) -> None:
    error = town.supplier("show", "x", "--desk", tmp_path, "--lang", "zh").answer["error"]
    assert (error["title"], error["hint"][:2]) == ("该文件夹不是工作台", "用 ")


def test_the_inbox_speaks_the_language_asked_for(town: Town) -> None:
    town.debtor.do(*ORDER, "--seller", town.supplier.number)
    inbox = subprocess.run(
        [town.network.duebill, "inbox", "--lang", "zh", "--desk", town.supplier.desk],
        env={**os.environ, "DUEBILL_DESK_PASSWORD": town.supplier.password},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "参与方" in inbox.stdout
