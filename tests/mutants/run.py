"""Shows that each safeguard's test can fail: applies one patch at a time and looks for the test that turns red.

A mutant is `tests/mutants/NAME.patch`: a unified diff whose head says

    # breaks: the safeguard that is taken away, in words
    # test: forge:CONTRACT_OR_FILE::TEST   or   pytest:PATH[::NAME]

The runner works in copies of the checkout that share its environments and begin from its compile cache, so that only
what a patch touches is compiled again. A mutant is killed when its test ran and failed; one whose patch no longer applies,
whose code does not compile, or whose test passes is told as such and fails the run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[2]
SHARED = (".venv", ".venv-tools", ".tools", "node_modules")
SECONDS_A_TEST = 600


@dataclass(frozen=True)
class Mutant:
    """One patch: what it breaks, and the test that must notice."""

    path: Path
    breaks: str
    runner: str
    target: str


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant; `detail` is the end of the output where it was not killed."""

    mutant: Mutant
    killed: bool
    reason: str
    seconds: float
    detail: str = ""


def read_mutant(path: Path) -> Mutant:
    """The mutant in `path`. Raises ValueError when its head lacks a line or names an unknown runner."""
    head = path.read_text("utf-8")
    breaks = re.search(r"^# breaks: (.+)$", head, re.M)
    test = re.search(r"^# test: (forge|pytest):(\S+)$", head, re.M)
    if breaks is None or test is None:
        raise ValueError(f"{path.name}: needs the lines '# breaks: …' and '# test: forge:… | pytest:…'")
    return Mutant(path, breaks.group(1), test.group(1), test.group(2))


def copy_checkout(into: Path) -> None:
    """A copy of every file that git knows or would know, with the environments linked and the compile cache copied."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source = ROOT / name
        if source.is_file():
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in SHARED:
        if (ROOT / name).exists():
            (into / name).symlink_to(ROOT / name, target_is_directory=True)
    if (ROOT / "build").is_dir():
        shutil.copytree(ROOT / "build", into / "build", dirs_exist_ok=True)


def patch(tree: Path, mutant: Mutant, *, reverse: bool) -> bool:
    """Applies or takes back the mutant's diff in `tree`; False when it does not fit."""
    command = ["git", "apply", "--unidiff-zero", "--recount", *(["-R"] if reverse else []), str(mutant.path)]
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    return subprocess.run(command, cwd=tree, capture_output=True, env=environment, check=False).returncode == 0


def command_of(mutant: Mutant) -> list[str]:
    """The command that runs just the test that the mutant names."""
    if mutant.runner == "pytest":
        return [str(ROOT / ".venv-tools/bin/python"), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.target]
    where, _, test = mutant.target.partition("::")
    match = ["--match-path", f"**/{where}"] if where.endswith(".sol") else ["--match-contract", f"^{where}$"]
    return [str(ROOT / ".tools/bin/forge"), "test", *match, *(["--match-test", test] if test else [])]


def judge(mutant: Mutant, code: int, output: str) -> tuple[bool, str]:
    """Whether the named test ran and failed, and how it is told."""
    if mutant.runner == "pytest":
        red = code == 1 and re.search(r"\b\d+ failed\b", output) is not None
    else:
        red = code != 0 and "[FAIL" in output
    if red:
        return True, "killed"
    return False, "SURVIVED" if code == 0 else "BROKEN: its test could not run"


def try_mutant(mutant: Mutant, tree: Path) -> Verdict:
    """Applies the mutant in `tree`, runs its test, takes it back."""
    began = time.monotonic()
    if not patch(tree, mutant, reverse=False):
        return Verdict(mutant, False, "STALE: the patch does not apply", time.monotonic() - began)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            command_of(mutant), cwd=tree, capture_output=True, text=True, env=environment, timeout=SECONDS_A_TEST, check=False
        )
        killed, reason = judge(mutant, done.returncode, done.stdout + done.stderr)
        detail = "" if killed else "\n".join((done.stdout + done.stderr).splitlines()[-15:])
    except subprocess.TimeoutExpired:
        killed, reason, detail = False, f"BROKEN: no answer in {SECONDS_A_TEST} s", ""
    if not patch(tree, mutant, reverse=True):
        raise RuntimeError(f"{mutant.path.name} could not be taken back from {tree}")
    return Verdict(mutant, killed, reason, time.monotonic() - began, detail)


def run(mutants: list[Mutant], workers: int) -> list[Verdict]:
    """Tries all mutants, each worker in a tree of its own, and tells each verdict as it comes."""
    trees: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for number in range(workers):
            tree = Path(folder) / str(number)
            tree.mkdir()
            copy_checkout(tree)
            trees.put(tree)

        def one(mutant: Mutant) -> Verdict:
            tree = trees.get()
            try:
                verdict = try_mutant(mutant, tree)
            finally:
                trees.put(tree)
            print(f"{verdict.seconds:6.1f} s  {verdict.reason:<9}  {mutant.path.stem}: {mutant.breaks}", flush=True)
            if verdict.detail:
                print(verdict.detail, flush=True)
            return verdict

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(one, mutants))


def main() -> int:
    """Exit 0 when every mutant that was asked for is killed."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    arguments.add_argument("names", nargs="*", help="only mutants whose name contains one of these")
    arguments.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    asked = arguments.parse_args()
    mutants = [read_mutant(path) for path in sorted((ROOT / "tests/mutants").glob("*.patch"))]
    chosen = [m for m in mutants if not asked.names or any(name in m.path.stem for name in asked.names)]
    if not chosen:
        print("no mutant has such a name", file=sys.stderr)
        return 2
    verdicts = run(chosen, asked.workers)
    killed = sum(v.killed for v in verdicts)
    print(f"mutants: {killed} of {len(verdicts)} killed")
    return 0 if killed == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
