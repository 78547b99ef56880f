"""Everything that belongs to CI, part by part; called by scripts/test. Ends with the time of each part and a count."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = str(min(4, os.cpu_count() or 1))
_PYTEST = re.compile(r"(\d+) (passed|failed|errors?)\b")
_FORGE = re.compile(r"(\d+) tests? passed, (\d+) failed")


@dataclass(frozen=True)
class Part:
    """One part: its command, and whether it is there yet."""

    name: str
    command: tuple[str, ...]
    needs: str
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a part."""

    name: str
    seconds: float
    passed: int
    failed: int
    exit_code: int


PARTS = (
    Part("checks", ("scripts/check",), "scripts/check"),
    Part("forge", (".tools/bin/forge", "test"), "tests/forge", (("FOUNDRY_PROFILE", "ci"),)),
    Part("brownie", ("scripts/brownie-test",), "tests/contracts"),
    Part(
        "pytest",
        (sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadfile", "--durations=15",
         "--ignore=tests/house", "tests"),
        "tests",
    ),
    Part("mutants", ("tests/mutants/run", "--ci"), "tests/mutants/run"),
)  # fmt: skip


def main() -> int:
    """Runs all parts, also after one has failed; returns the exit code."""
    outcomes = [run(part) for part in PARTS if (ROOT / part.needs).exists()]
    print("\npart        seconds  passed  failed")
    for outcome in outcomes:
        note = "" if outcome.exit_code == 0 else f"   exit code {outcome.exit_code}"
        print(f"{outcome.name:10} {outcome.seconds:8.1f} {outcome.passed:7} {outcome.failed:7}{note}")
    print(f"{'all':10} {sum(outcome.seconds for outcome in outcomes):8.1f}")
    broken = sum(max(outcome.failed, int(outcome.exit_code != 0)) for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {broken} failed", flush=True)
    return 1 if broken else 0


def run(part: Part) -> Outcome:
    """Runs one part and shows its output as it comes."""
    print(f"\n=== {part.name}: {' '.join(part.command)}", flush=True)
    begun = time.monotonic()
    environment = os.environ | dict(part.environment)
    process = subprocess.Popen(
        part.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    passed = failed = 0
    for line in process.stdout:
        print(line, end="", flush=True)
        more_passed, more_failed = count(line)
        passed, failed = passed + more_passed, failed + more_failed
    exit_code = process.wait()
    return Outcome(part.name, time.monotonic() - begun, passed, failed, exit_code)


def count(line: str) -> tuple[int, int]:
    """How many tests a closing line of pytest or forge says passed and failed; nothing in other lines."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip()
    if forge := _FORGE.search(plain):
        return int(forge[1]), int(forge[2])
    if not re.fullmatch(r"=*\s*[\d, a-z]+ in [\d.:()sh ]+=*", plain) and "passed," not in plain:
        return 0, 0
    found = [(int(number), kind) for number, kind in _PYTEST.findall(plain)]
    passed = sum(number for number, kind in found if kind == "passed")
    return passed, sum(number for number, kind in found if kind != "passed")


if __name__ == "__main__":
    raise SystemExit(main())
