"""The whole system, deployed as `duebill deploy` does it, with the parties of the story; each test begins where that stands."""

from typing import Any

import pytest
from brownie import accounts

from scripts.deploy import deploy
from tests.contracts.company import Scene


@pytest.fixture(scope="module")
def scene(module_isolation: Any) -> Scene:
    """Everything deployed, everybody admitted and funded."""
    built = Scene(deploy(accounts[0]), accounts[0])
    built.admit_all()
    return built


@pytest.fixture(autouse=True)
def _isolated(scene: Scene, fn_isolation: Any) -> None:
    return
