"""Shows that each safeguard's test can fail: applies one patch at a time and looks for the test that turns red.

A mutant is `tests/mutants/NAME.patch`: a unified diff whose head says

    # breaks: the safeguard that is taken away, in words
    # test: forge:CONTRACT_OR_FILE::TEST   or   pytest:PATH[::NAME]

The runner works in copies of the checkout that share its environments. First every named test must pass there, unpatched.
Then a mutant is killed when its test ran and failed; one whose patch no longer applies, whose code does not compile, or
whose test passes is told as such and fails the run.

Contracts are compiled without the optimizer, which is four times as fast; each mutant begins from the artefacts of the
unpatched tree and forge is pointed to one test file, so that only what the patch touches is compiled again.
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
SECONDS_A_TEST = 300
ARTEFACTS = Path("build/forge")


@dataclass(frozen=True)
class Mutant:
    """One patch: what it breaks, and the test that must notice. `file` is where the test stands."""

    path: Path
    breaks: str
    runner: str
    file: str
    test: str


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant; `detail` is the end of the output where it was not killed."""

    mutant: Mutant
    killed: bool
    reason: str
    seconds: float
    detail: str = ""


def read_mutant(path: Path) -> Mutant:
    """The mutant in `path`. Raises ValueError when its head lacks a line or names a test that is nowhere."""
    head = path.read_text("utf-8")
    breaks = re.search(r"^# breaks: (.+)$", head, re.MULTILINE)
    test = re.search(r"^# test: (forge|pytest):(\S+)$", head, re.MULTILINE)
    if breaks is None or test is None:
        raise ValueError(f"{path.name}: needs the lines '# breaks: …' and '# test: forge:… | pytest:…'")
    where, _, name = test.group(2).partition("::")
    file = forge_file(where) if test.group(1) == "forge" else where
    if file is None or not (ROOT / file).exists():
        raise ValueError(f"{path.name}: there is no test {where}")
    return Mutant(path, breaks.group(1), test.group(1), file, name)


def forge_file(where: str) -> str | None:
    """The test file that is called `where`, or in which the contract of that name stands."""
    for path in sorted((ROOT / "tests/forge").rglob("*.sol")):
        if path.name == where or re.search(
            rf"^contract {re.escape(where)}\b", path.read_text("utf-8"), re.MULTILINE
        ):
            return str(path.relative_to(ROOT))
    return None


def copy_checkout(into: Path) -> None:
    """A copy of every file that git knows or would know, with the environments linked."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        source = ROOT / name
        if source.is_file():
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in SHARED:
        if (ROOT / name).exists():
            (into / name).symlink_to(ROOT / name, target_is_directory=True)


def patch(tree: Path, mutant: Mutant, *, reverse: bool) -> bool:
    """Applies or takes back the mutant's diff in `tree`; False when it does not fit."""
    command = ["git", "apply", "--unidiff-zero", "--recount", *(["-R"] if reverse else []), str(mutant.path)]
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    return (
        subprocess.run(command, cwd=tree, capture_output=True, env=environment, check=False).returncode == 0
    )


def call(command: list[str], tree: Path, seconds: int = SECONDS_A_TEST) -> tuple[int, str]:
    """Exit code and output of a test command in `tree`. Raises subprocess.TimeoutExpired."""
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(tree),
        "FOUNDRY_OPTIMIZER": "false",
    }
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, env=environment, timeout=seconds, check=False
    )
    return done.returncode, done.stdout + done.stderr


def forge(*arguments: str) -> list[str]:
    """A call of the tests of the contracts."""
    return [str(ROOT / ".tools/bin/forge"), "test", *arguments]


def pytest(*targets: str) -> list[str]:
    """A call of the tests in Python."""
    return [
        str(ROOT / ".venv-tools/bin/python"),
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        *targets,
    ]


def command_of(mutant: Mutant) -> list[str]:
    """The command that runs just the test that the mutant names."""
    if mutant.runner == "pytest":
        return pytest(f"{mutant.file}::{mutant.test}" if mutant.test else mutant.file)
    return forge("--match-path", mutant.file, *(["--match-test", mutant.test] if mutant.test else []))


def judge(mutant: Mutant, code: int, output: str) -> tuple[bool, str]:
    """Whether the named test ran and failed, and how it is told."""
    if mutant.runner == "pytest":
        red = code == 1 and re.search(r"\b\d+ failed\b", output) is not None
    else:
        red = code != 0 and "[FAIL" in output
    if red:
        return True, "killed"
    return False, "SURVIVED" if code == 0 else "BROKEN: its test could not run"


def try_mutant(mutant: Mutant, tree: Path, artefacts: Path) -> Verdict:
    """Applies the mutant in `tree`, runs its test, takes it back."""
    began = time.monotonic()
    if not patch(tree, mutant, reverse=False):
        return Verdict(mutant, False, "STALE: the patch does not apply", time.monotonic() - began)
    try:
        code, output = call(command_of(mutant), tree)
        killed, reason = judge(mutant, code, output)
        detail = "" if killed else "\n".join(output.splitlines()[-15:])
    except subprocess.TimeoutExpired:
        killed, reason, detail = False, f"BROKEN: no answer in {SECONDS_A_TEST} s", ""
    if not patch(tree, mutant, reverse=True):
        raise RuntimeError(f"{mutant.path.name} could not be taken back from {tree}")
    if mutant.runner == "forge":
        restore(tree, artefacts)
    return Verdict(mutant, killed, reason, time.monotonic() - began, detail)


def restore(tree: Path, artefacts: Path) -> None:
    """Gives `tree` the artefacts of the unpatched contracts."""
    shutil.rmtree(tree / ARTEFACTS, ignore_errors=True)
    if artefacts.is_dir():
        shutil.copytree(artefacts, tree / ARTEFACTS)


def red_before(mutants: list[Mutant], tree: Path) -> str:
    """Runs every named test unpatched, which also compiles all that is needed; the output where one fails, else nothing."""
    files = sorted({m.file for m in mutants if m.runner == "forge"})
    targets = sorted({f"{m.file}::{m.test}" if m.test else m.file for m in mutants if m.runner == "pytest"})
    commands = [forge("--match-path", "{" + ",".join(files) + "}")] if files else []
    commands += [pytest(*targets)] if targets else []
    for command in commands:
        code, output = call(command, tree, 3 * SECONDS_A_TEST)
        if code != 0:
            return "\n".join(output.splitlines()[-30:])
    return ""


def try_all(mutants: list[Mutant], folder: Path, workers: int) -> list[Verdict]:
    """Tries all mutants, each worker in a tree of its own, and tells each verdict as it comes. `folder` holds the first tree."""
    trees: Queue[Path] = Queue()
    trees.put(folder / "0")
    artefacts = folder / "artefacts"
    if (folder / "0" / ARTEFACTS).is_dir():
        shutil.copytree(folder / "0" / ARTEFACTS, artefacts)
    for number in range(1, workers):
        copy_checkout(folder / str(number))
        restore(folder / str(number), artefacts)
        trees.put(folder / str(number))

    def one(mutant: Mutant) -> Verdict:
        tree = trees.get()
        try:
            verdict = try_mutant(mutant, tree, artefacts)
        finally:
            trees.put(tree)
        print(
            f"{verdict.seconds:6.1f} s  {verdict.reason:<9}  {mutant.path.stem}: {mutant.breaks}", flush=True
        )
        if verdict.detail:
            print(verdict.detail, flush=True)
        return verdict

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, mutants))


def names_in_ci(mutants: list[Mutant]) -> set[str]:
    """The names in ci.txt. Raises ValueError for one that no patch has."""
    lines = (ROOT / "tests/mutants/ci.txt").read_text("utf-8").splitlines()
    names = {line for line in lines if line and not line.startswith("#")}
    if unknown := names - {each.path.stem for each in mutants}:
        raise ValueError(f"ci.txt: no patch is named {', '.join(sorted(unknown))}")
    return names


def main() -> int:
    """Exit 0 when every mutant that was asked for is killed."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    arguments.add_argument("names", nargs="*", help="only mutants whose name contains one of these")
    arguments.add_argument(
        "--runner", choices=("forge", "pytest"), help="only mutants whose test is one of these"
    )
    arguments.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    arguments.add_argument("--ci", action="store_true", help="only those of ci.txt, one for each safeguard")
    asked = arguments.parse_args()
    mutants = [read_mutant(path) for path in sorted((ROOT / "tests/mutants").glob("*.patch"))]
    named = [m for m in mutants if not asked.names or any(name in m.path.stem for name in asked.names)]
    in_ci = names_in_ci(mutants) if asked.ci else {m.path.stem for m in mutants}
    chosen = [m for m in named if asked.runner in {None, m.runner} and m.path.stem in in_ci]
    if not chosen:
        print("no mutant has such a name", file=sys.stderr)
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        copy_checkout(folder / "0")
        red = red_before(chosen, folder / "0")
        if red:
            print(f"a test that a mutant names fails without the mutant:\n{red}", file=sys.stderr)
            return 1
        print(f"{time.monotonic() - began:6.1f} s  every named test passes without a mutant", flush=True)
        verdicts = try_all(chosen, folder, asked.workers)
    killed = sum(v.killed for v in verdicts)
    print(f"mutants: {killed} of {len(verdicts)} killed in {time.monotonic() - began:.0f} s")
    return 0 if killed == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
