"""`scripts/demo`: plays the whole story on a fresh local chain and keeps serving, or with --once ends after it."""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from scripts.story import chapter_1_admission, chapter_3_trade, chapter_4_confirmation
from scripts.story.party import Refused
from scripts.story.stage import Stage, StageFailed, open_stage
from scripts.story.tell import note, so_far, step


def main() -> int:
    """The exit code: 0 when the story went as it should and SQL equals the chain."""
    asked = _arguments()
    _end_on_signals()
    folder = Path(tempfile.mkdtemp(prefix="duebill-demo-", dir=asked.folder))
    # Keys of a demo guard nothing: their passwords may be cheap to guess.
    os.environ.setdefault("DUEBILL_KEYSTORE_COST", "4096")
    stage: Stage | None = None
    try:
        with step("a fresh chain, PostgreSQL, contracts, mirror, relay and API"):
            stage = open_stage(folder)
        note(f"the story begins after {so_far():.1f} s")
        counts = _play(stage)
        if not asked.once:
            _serve(stage, folder)
        print(json.dumps(counts), flush=True)
        return 0
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except (StageFailed, Refused, AssertionError) as failed:
        print(f"\nthe story stopped: {failed}\nlogs: {folder / 'service' / 'logs'}", file=sys.stderr)
        folder = Path()
        return 1
    finally:
        if stage is not None:
            stage.stop()
        if folder != Path() and not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _play(stage: Stage) -> dict[str, object]:
    chapter_1_admission.play(stage)
    trades = chapter_3_trade.play(stage)
    receivable = chapter_4_confirmation.play(stage, trades)
    return {"receivable": receivable, "verified": True}


def _serve(stage: Stage, folder: Path) -> None:
    print(f"\nThe API serves at {stage.url} (documentation: {stage.url}/docs).")
    print(f"Every party's folder: {stage.desks}. Service, logs and database: {stage.home}.")
    print("Ctrl-C ends everything and removes these folders (--keep leaves them).", flush=True)
    while True:
        stage.ensure_up()
        time.sleep(0.5)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=(__doc__ or "").strip())
    parser.add_argument(
        "--once", action="store_true", help="end after the story; last line: one JSON object of counts"
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the folders of service and parties where they are"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the demo's folder is made. Default: the system's temporary folder"
    )
    return parser.parse_args()


def _end_on_signals() -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, end)
