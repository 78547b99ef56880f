"""`scripts/nightly`: runs all parts one after the other, keeps each outcome, and writes docs/nightly.md when all are done."""

import argparse
import json
import os
import platform
import secrets
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from ledger.chain.process import ends_with_us
from scripts.nightly_parts import ROOT, Part, parts
from scripts.run_tests import count

FOLDER = ROOT / "build" / "nightly"
STATE = FOLDER / "state.json"
PAGE = ROOT / "docs" / "nightly.md"
_TAIL_LINES = 40
_PART_SECONDS = 3600


@dataclass(frozen=True)
class Outcome:
    """What came of a part. passed, failed: tests, or mutants killed and not killed."""

    seconds: float
    passed: int
    failed: int
    exit_code: int


def main() -> int:
    """0 when every part has passed, in this start or in an earlier one that this goes on from."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = _state(asked.scale, asked.fresh)
    planned = parts(state["seed"], state["scale"])
    done: dict[str, Any] = state["outcomes"]
    if done:
        print(
            f"goes on after {len(done)} of {len(planned)} parts, seed {state['seed']}; --fresh begins anew",
            flush=True,
        )
    for part in planned:
        if part.name in done and (done[part.name]["exit_code"] == 0 or not asked.failed):
            continue
        done[part.name] = asdict(_run(part))
        _keep(state)
    PAGE.write_text(_page(state, planned), encoding="utf-8")
    STATE.unlink()
    broken = [name for name, each in done.items() if each["exit_code"] != 0]
    print(f"{len(planned) - len(broken)} of {len(planned)} parts passed; see docs/nightly.md", flush=True)
    return 1 if broken else 0


def _run(part: Part) -> Outcome:
    print(f"=== {part.name}: {part.proves}\n    {part.repeated}", flush=True)
    begun, log = time.monotonic(), FOLDER / f"{part.name}.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            part.command, cwd=ROOT, env=os.environ | dict(part.environment), stdin=subprocess.DEVNULL, stdout=output,
            stderr=output, start_new_session=True, preexec_fn=ends_with_us(),  # noqa: PLW1509 - it makes system calls alone
        )  # fmt: skip
        try:
            code = process.wait(_PART_SECONDS)
        except BaseException as ended:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            if not isinstance(ended, subprocess.TimeoutExpired):
                raise
            code = -signal.SIGTERM
    lines = log.read_text(encoding="utf-8").splitlines()
    counts = [_count(part, line) for line in lines]
    outcome = Outcome(
        round(time.monotonic() - begun, 1), sum(p for p, _ in counts), sum(f for _, f in counts), code
    )
    if code != 0:
        print("\n".join(lines[-_TAIL_LINES:]))
    print(
        f"    {outcome.seconds:.0f} s, {outcome.passed} passed, {outcome.failed} failed, exit code {code}",
        flush=True,
    )
    return outcome


def _count(part: Part, line: str) -> tuple[int, int]:
    if part.name != "mutants":
        return count(line)
    words = line.split()
    if line.startswith("mutants: ") and words[2] == "of":
        return int(words[1]), int(words[3]) - int(words[1])
    return 0, 0


def _state(scale: int | None, fresh: bool) -> dict[str, Any]:
    """The state of a run that was broken off on this commit, else a new one."""
    commit = _said("git", "rev-parse", "--short=12", "HEAD")
    if STATE.exists() and not fresh:
        found: dict[str, Any] = json.loads(STATE.read_text(encoding="utf-8"))
        if found["commit"] == commit and scale in (None, found["scale"]):
            return found
        print("another commit or scale than that of the run that was broken off: begins anew", flush=True)
    new = {
        "commit": commit, "seed": secrets.randbits(32), "scale": scale or 1, "outcomes": {},
        "begun": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }  # fmt: skip
    _keep(new)
    return new


def _keep(state: dict[str, Any]) -> None:
    aside = STATE.with_suffix(".new")
    aside.write_text(json.dumps(state, indent=1), encoding="utf-8")
    aside.replace(STATE)


def _page(state: dict[str, Any], planned: list[Part]) -> str:
    done = state["outcomes"]
    broken = [part for part in planned if done[part.name]["exit_code"] != 0]
    minutes = sum(each["seconds"] for each in done.values()) / 60
    lines = [
        "# The last nightly run",
        "",
        "Written by `scripts/nightly`. All seeds follow from one; each command below repeats its part alone.",
        "",
        f"- begun {state['begun']} on commit `{state['commit']}`, seed {state['seed']}, scale {state['scale']}",
        f"- {os.cpu_count()} cores, Python {platform.python_version()}, {_said('.tools/bin/forge', '--version')},"
        f" {_said('.tools/bin/anvil', '--version')}",
        f"- {len(planned) - len(broken)} of {len(planned)} parts passed, {minutes:.0f} minutes",
        f"- failed: {', '.join(part.name for part in broken) or 'none'}",
        "",
        "| part | what it shows | seed | seconds | passed | failed |",
        "|---|---|---|---|---|---|",
    ]
    for part in planned:
        each = done[part.name]
        seed = "" if part.seed is None else part.seed
        failed = max(each["failed"], int(each["exit_code"] != 0))
        lines.append(
            f"| {part.name} | {part.proves} | {seed} | {each['seconds']:.0f} | {each['passed']} | {failed} |"
        )
    lines += ["", "```", *(part.repeated for part in planned), "```"]
    return "\n".join(lines) + "\n"


def _said(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[0].strip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/nightly", description=(__doc__ or "").strip())
    parser.add_argument("--fresh", action="store_true", help="forget a run that was broken off")
    parser.add_argument("--scale", type=int, help="how many times as long as usual. Default: 1")
    parser.add_argument("--failed", action="store_true", help="going on, run again what has failed")
    return parser.parse_args()
