"""Child processes of `duebill up`: started with the service's settings, restarted when they fail, ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger.chain.process import ends_with_us
from ledger.telemetry import logger

log = logger("up")

_STOP_SECONDS = 15.0
# A process that fails at once is tried again after 1, 2, 4 … seconds, and given up after this many failures in a row.
_MOST_FAILURES = 6
_STEADY_SECONDS = 20.0


@dataclass(eq=False)
class Failed(Exception):
    """A process failed again and again. name: which; log: the file that holds what it said."""

    name: str
    log: Path

    def __str__(self) -> str:
        tail = self.log.read_text(errors="replace").splitlines()[-5:] if self.log.exists() else []
        return "\n".join([f"`duebill {self.name}` keeps failing; see {self.log}", *tail])


class Child:
    """One `duebill` process, with a log file of its own.

    Start it from the main thread: the kernel ends it with the thread.
    """

    def __init__(self, name: str, arguments: list[str], environment: Mapping[str, str], logs: Path) -> None:
        self.name = name
        self.log = logs / f"{name}.log"
        self._command = [sys.executable, "-m", "api.cli.main", name, *arguments]
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._not_before = 0.0
        self._failures = 0

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Starts the process; its log is appended to."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                start_new_session=True,
                preexec_fn=ends_with_us(),  # noqa: PLW1509 - it makes system calls alone
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self._environment},
            )
        self._started = time.monotonic()

    def keep_running(self) -> None:
        """Restarts the process where it has ended and its pause is over. Raises Failed when it ends again and again."""
        if self._process is not None and (code := self._process.poll()) is not None:
            self._process = None
            steady = time.monotonic() - self._started > _STEADY_SECONDS
            self._failures = 1 if steady else self._failures + 1
            if self._failures > _MOST_FAILURES:
                raise Failed(self.name, self.log)
            self._not_before = time.monotonic() + 2.0 ** (self._failures - 1)
            log.warning("a process ended and is started again", process=self.name, exit_code=code)
        if self._process is None and time.monotonic() >= self._not_before:
            self.start()

    def stop(self) -> None:
        """Ends the process: asked first, then made to."""
        if self._process is None:
            return
        for request in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            self._process.send_signal(request)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        self._process = None
