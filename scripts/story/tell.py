"""How the story is told on the terminal: chapters, steps with their time, and what must hold."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_begun = time.monotonic()


def chapter(title: str) -> None:
    """Opens a chapter."""
    print(f"\n== {title}", flush=True)


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """One step: its sentence while it runs, its time when it is done."""
    begun = time.monotonic()
    on_terminal = sys.stdout.isatty()
    if on_terminal:
        print(f"   … {sentence}", end="\r", flush=True)
    yield
    took = time.monotonic() - begun
    print(f"{took:5.1f} s  {sentence}", flush=True)


def note(sentence: str) -> None:
    """What a reader should notice."""
    print(f"         {sentence}", flush=True)


def so_far() -> float:
    """Seconds since the story's program started."""
    return time.monotonic() - _begun


def must(holds: bool, sentence: str) -> None:
    """The story ends here when something that it promises does not hold."""
    if not holds:
        raise AssertionError(f"does not hold: {sentence}")
