"""Pages send a reader only to what is there: files, folders, links, and the tests and events of the contracts' doors."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = "ledger|api|contracts|scripts|tests|docs|samples"


def pages(checkout: Path) -> list[Path]:
    return [
        *sorted((checkout / "docs").glob("**/*.md")),
        *(checkout / name for name in ("README.md", "README.zh-CN.md", "contracts/README.md")),
    ]


def absent(page: Path, checkout: Path) -> Iterator[str]:
    """The paths of the checkout that the page's code names, and the files that it links to, which are not there."""
    text = page.read_text(encoding="utf-8")
    for named in re.findall(rf"`((?:{FOLDERS})/[^`\s*…]*)", text):
        if not (checkout / named).exists():
            yield named
    for linked in re.findall(r"\]\(([^)#:]+)\)", text):
        if not (page.parent / linked).exists():
            yield linked


def test_every_path_and_link_leads_somewhere(checkout: Path) -> None:
    missing = [
        f"{page.relative_to(checkout)}: {each}" for page in pages(checkout) for each in absent(page, checkout)
    ]
    assert not missing, "\n".join(["", *missing])


def test_a_path_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("`ledger/gone.py` and [words](words.md), `scripts/check`")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "check").touch()
    assert list(absent(page, tmp_path)) == ["ledger/gone.py", "words.md"]


@pytest.mark.parametrize(("column", "keyword"), [(0, "function"), (1, "event"), (2, "error"), (3, "tests")])
def test_the_table_of_doors_names_what_the_contracts_have(checkout: Path, column: int, keyword: str) -> None:
    source = "\n".join(path.read_text() for path in sorted((checkout / "contracts").glob("**/*.sol")))
    tests = {path.name.removesuffix(".t.sol") for path in (checkout / "tests" / "forge").glob("**/*.t.sol")}
    rows = re.findall(
        r"^\| (`\w+\.\w+`.*) \|$", (checkout / "contracts" / "README.md").read_text(), re.MULTILINE
    )
    assert len(rows) > 10
    for row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        names = (
            [cells[0].split("`")[1].split(".")[1]] if column == 0 else re.findall(r"[A-Z]\w+", cells[column])
        )
        for name in names:
            known = name in tests if keyword == "tests" else f"{keyword} {name}(" in source
            assert known, f"{keyword} {name} is not there"
