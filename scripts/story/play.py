"""`scripts/demo`: plays the whole story on a fresh local chain and keeps serving, or with --once ends after it."""

import argparse
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from scripts.story import (
    chapter_1_admission,
    chapter_2_trade,
    chapter_3_confirmation,
    chapter_4_payables,
    chapter_5_passing_on,
    chapter_6_financing,
    chapter_7_refusals,
    chapter_8_settlement,
    chapter_9_audit,
)
from scripts.story.party import DUEBILL, Refused
from scripts.story.screen import Outcome, show
from scripts.story.stage import Stage, StageFailed, open_stage, prepare
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
        site = prepare(folder)
        note(f"the story begins after {so_far():.1f} s")
        founders, founding = chapter_1_admission.found(site)
        with step("a fresh chain, PostgreSQL, contracts, mirror, relay and API"):
            stage = open_stage(
                site, founding, "--finality", asked.finality, "--block-seconds", str(asked.block_seconds)
            )
        stage.parties.update(founders)
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
    """All chapters; the counts of the last line."""
    chapter_1_admission.play(stage)
    trades = chapter_2_trade.play(stage)
    receivable = chapter_3_confirmation.play(stage, trades)
    others = chapter_4_payables.play(stage, trades)
    pieces = chapter_5_passing_on.play(stage, receivable)
    sale = chapter_6_financing.play(stage, pieces["tier2"])
    chapter_7_refusals.play(stage, trades)
    settled = chapter_8_settlement.play(stage, receivable, pieces)
    verified = chapter_9_audit.play(stage, receivable)
    rows = sum(verified["rows"].values())
    show(Outcome(receivable, sale, settled, rows, verified["events"], so_far()))
    return {
        "parties": len(stage.parties),
        "trades": len(trades),
        "receivables": 1 + len(others),
        "pieces": len(pieces),
        "events": verified["events"],
        "rows": rows,
        "differences": len(verified["differences"]),
        "seconds": round(so_far(), 1),
        "verified": bool(verified["verified"]),
    }


def _serve(stage: Stage, folder: Path) -> None:
    print(f"\nThe API serves at {stage.url} (documentation: {stage.url}/docs).")
    print(f"Every party's folder: {stage.desks}. Service, logs and database: {stage.home}.")
    print("\nGo on as one of the parties, say the financier:")
    print(f"  export DUEBILL_DESK={_word(stage.parties['financier'].desk)}")
    print(f"  export DUEBILL_DESK_PASSWORD_FILE={_word(stage.parties['financier'].password_file)}")
    print(f"  {_word(DUEBILL)} holdings")
    print(f"The parties: {', '.join(sorted(each.desk.name for each in stage.parties.values()))}.")
    print("SQL against the chain, as the operator of the service would ask:")
    print(f"  env DUEBILL_HOME={_word(stage.home)} {_word(DUEBILL)} verify\n")
    print("Ctrl-C ends everything and removes these folders (--keep leaves them).", flush=True)
    while True:
        stage.ensure_up()
        time.sleep(0.5)


def _word(value: object) -> str:
    """As a shell reads it as one word."""
    return shlex.quote(str(value))


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
    parser.add_argument(
        "--finality", default="depth:2", help="after how many blocks an act is final: depth:N | tag | instant"
    )
    parser.add_argument(
        "--block-seconds", type=float, default=0.25, help="time between blocks. Default: 0.25"
    )
    return parser.parse_args()


def _end_on_signals() -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, end)
