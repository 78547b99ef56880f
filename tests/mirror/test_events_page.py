"""The page on events is that of the contracts and the mirror."""

from pathlib import Path

from ledger.mirror.project.page import as_markdown


def test_the_page_is_made_from_the_contracts_and_the_mirror(checkout: Path) -> None:
    assert (checkout / "docs" / "events.md").read_text() == as_markdown(), "run scripts/fix"
