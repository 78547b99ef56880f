"""Every setting is documented, and a wrong one is refused by name."""

import dataclasses
from pathlib import Path

import pytest

from ledger.settings import SettingInvalid, Settings, as_markdown


def test_the_page_is_made_from_the_settings(checkout: Path) -> None:
    assert (checkout / "docs" / "settings.md").read_text() == as_markdown(), "run scripts/fix"


def test_the_page_names_every_setting() -> None:
    for field in dataclasses.fields(Settings):
        assert f"`DUEBILL_{field.name.upper()}`" in as_markdown()


def test_what_is_absent_or_empty_has_its_default() -> None:
    assert Settings.read({"DUEBILL_RPC_URL": ""}) == Settings.read({})


def test_the_home_is_absolute() -> None:
    assert Settings.read({"DUEBILL_HOME": "some where"}).home == Path.cwd() / "some where"


def test_a_wrong_value_is_refused_by_name() -> None:
    with pytest.raises(SettingInvalid, match="DUEBILL_LOG_LEVEL is 'loud'"):
        Settings.read({"DUEBILL_LOG_LEVEL": "loud"})
