"""`scripts/demo` as a user starts it, from a folder of its own, and whatever it leaves running."""

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
_STORY_SECONDS = 800.0
_END_SECONDS = 60.0


class Demo:
    """One run in `folder`, which is made and in whose name every process of the run is found again."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.said: list[str] = []
        folder.mkdir(parents=True)
        environment = {**os.environ, "HOME": str(folder)}
        environment.pop("DUEBILL_HOME", None)
        self._process = subprocess.Popen(
            [str(ROOT / "scripts" / "demo"), "--folder", str(folder), *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
            start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self.ended()
        for pid in running_in(self.folder):
            os.kill(pid, signal.SIGKILL)

    def until(self, pattern: str, seconds: float = _STORY_SECONDS) -> None:
        """Returns once a line says so. Raises AssertionError when the run ends before, or takes too long."""
        end = time.monotonic() + seconds
        while not any(re.search(pattern, line) for line in self.said):
            assert self._process.poll() is None, f"it ended without saying {pattern!r}:\n{self.text}"
            assert time.monotonic() < end, f"it does not say {pattern!r}:\n{self.text}"
            time.sleep(0.1)

    def interrupt(self) -> None:
        """What a terminal does at Ctrl-C: SIGINT to every process of the group."""
        os.killpg(self._process.pid, signal.SIGINT)

    def ended(self, seconds: float = _END_SECONDS) -> int:
        """The exit code."""
        code = self._process.wait(seconds)
        self._reader.join(seconds)
        return code

    @property
    def text(self) -> str:
        """The end of what it said."""
        return "\n".join(self.said[-40:])

    def answer(self) -> dict[str, Any]:
        """The last line, which is one JSON object."""
        found: dict[str, Any] = json.loads(self.said[-1])
        return found

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip("\n"))


def running_in(folder: Path) -> list[int]:
    """Processes whose command, environment or working directory names the folder; zombies and this process left out."""
    return [pid for pid in _processes() if pid != os.getpid() and str(folder) in _description(pid)]


def _processes() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            yield int(entry.name)


def _description(pid: int) -> str:
    place = Path("/proc") / str(pid)
    try:
        if (place / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return ""
        told = (place / "cmdline").read_bytes() + b"\0" + (place / "environ").read_bytes()
        return told.decode(errors="replace") + "\0" + str((place / "cwd").readlink())
    except OSError:
        return ""
