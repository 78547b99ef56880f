"""`scripts/demo` keeps its word: the story ends verified, two run side by side, and Ctrl-C leaves nothing behind."""

from pathlib import Path

import pytest

from tests.story.started import Demo, running_in


@pytest.mark.timeout(900)
def test_the_story_ends_verified_beside_another(tmp_path: Path) -> None:
    with Demo(tmp_path / "the first", "--once") as first:
        first.until("auditor: founded with the contracts", 240)
        with Demo(tmp_path / "the second", "--once") as second:
            second.until("auditor: founded with the contracts", 240)
            assert running_in(second.folder)
            second.interrupt()
            assert second.ended() == 130, second.text
            assert running_in(second.folder) == []
            assert [each.name for each in second.folder.glob("duebill-demo-*")] == []
        first.until('"verified"')
        assert first.ended() == 0, first.text

        counts = first.answer()
        assert counts["verified"] is True
        assert counts["differences"] == 0
        assert (counts["parties"], counts["receivables"]) == (9, 9)
        assert counts["events"] > 100 and counts["rows"] > 100
        assert running_in(first.folder) == []
        assert [each.name for each in first.folder.glob("duebill-demo-*")] == []
