"""Blocks are taken back in the middle of the demo's story, and the story goes on as if nothing had been."""

import json
from pathlib import Path

import pytest

from ledger.chain.rpc import Rpc
from tests.model.seeds import seeds
from tests.story.started import Demo
from tests.story.storm import FINALITY, Storm


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", seeds(1))
def test_the_story_ends_verified_though_blocks_are_taken_back(tmp_path: Path, seed: int) -> None:
    options = ("--once", "--finality", f"depth:{FINALITY}", "--block-seconds", "0.05")
    with Demo(tmp_path / "shaken", *options) as demo:
        demo.until("== 2 ")
        (state,) = demo.folder.glob("duebill-demo-*/service/up.json")
        with Storm(Rpc(json.loads(state.read_text(encoding="utf-8"))["rpc"]), seed) as storm:
            # From there on the story reads what is not final yet: what the relay paid out by itself.
            demo.until("== 8 ", 1500)
            storm.calm()
            demo.until('"verified"')
            assert demo.answer()["verified"] is True
            assert len(storm.depths) > 10
        assert demo.ended() == 0, demo.text
