"""What `scripts/nightly` runs: each part with a seed of its own, and the command that repeats it."""

import random
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A property of the contracts gets so many seconds, and the invariants so many runs; with scale 1 forge takes about 8 minutes.
_FUZZ_SECONDS = 8
_INVARIANT_RUNS = 300
_PROPERTIES = (
    "tests/domain/test_settlement_properties.py", "tests/domain/test_book_histories.py", "tests/domain/test_acts.py",
    "tests/domain/test_drafts.py", "tests/domain/test_tags.py", "tests/domain/test_summaries.py",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part. seed: what its random draws follow from, None where nothing is drawn; environment: put before the command."""

    name: str
    proves: str
    command: tuple[str, ...]
    seed: int | None = None
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def repeated(self) -> str:
        """The command as a user types it."""
        words = [f"{name}={shlex.quote(value)}" for name, value in self.environment]
        return " ".join([*words, *(_shown(each) for each in self.command)])


def parts(seed: int, scale: int) -> list[Part]:
    """All parts of a run, in order; the same for the same seed and scale."""
    draw = random.Random(seed)
    found = [_forge(draw, scale)]
    found += [_properties(draw, number) for number in range(1, 12 * scale + 1)]
    found += [_reorgs(draw, number) for number in range(1, 6 * scale + 1)]
    found += [_story(draw, number) for number in range(1, scale + 1)]
    found += [
        Part("faults", "mirror, relay and API killed between any two messages to PostgreSQL; a node that lies",
             _pytest("tests/faults")),
        Part("mutants", "each safeguard taken away turns the test red that it names", ("tests/mutants/run",)),
    ]  # fmt: skip
    return found


def _forge(draw: random.Random, scale: int) -> Part:
    seed = draw.getrandbits(32)
    command = (
        ".tools/bin/forge",
        "test",
        "--fuzz-seed",
        hex(seed),
        "--fuzz-timeout",
        str(_FUZZ_SECONDS * scale),
    )
    environment = (
        ("FOUNDRY_PROFILE", "nightly"), ("FOUNDRY_INVARIANT_RUNS", str(_INVARIANT_RUNS * scale)),
    )  # fmt: skip
    return Part("forge", "properties and invariants of the contracts", command, seed, environment)


def _properties(draw: random.Random, number: int) -> Part:
    seed = draw.getrandbits(32)
    command = _pytest(f"--hypothesis-seed={seed}", *_PROPERTIES)
    return Part(
        f"properties-{number}", "properties of the domain, thousands of histories of a line", command, seed
    )


def _reorgs(draw: random.Random, number: int) -> Part:
    seed = draw.getrandbits(32)
    proves = "blocks taken back, 1 to 32 at a time, at every step of four debts"
    return Part(f"reorgs-{number}", proves, _pytest("tests/model"), seed, (("TEST_SEEDS", str(seed)),))


def _story(draw: random.Random, number: int) -> Part:
    seed = draw.getrandbits(32)
    command = _pytest("-m", "nightly", "tests/story")
    return Part(
        f"story-{number}",
        "blocks taken back in the middle of the demo's story",
        command,
        seed,
        (("TEST_SEEDS", str(seed)),),
    )


def _pytest(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", "-q", "--show-capture=no", *arguments)


def _shown(word: str) -> str:
    return ".venv-tools/bin/python" if word == sys.executable else shlex.quote(word)
