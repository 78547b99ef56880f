"""Processes made to be killed, a hundred in a row: forked from one that has imported everything and holds no thread.

python -m tests.faults.victims        a line of JSON in: {"job": "module:function", "arguments": […]}
                                      two lines out: the process's number when it begins, its status when it ends
"""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self


class Victims:
    """Use as a context; `run` gives the exit status of one victim, negative for the signal that ended it."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.faults.victims"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(30)
        assert self._server.stdout is not None
        self._server.stdout.close()

    def run(self, job: str, *arguments: Any, began: Callable[[int], None]) -> int:
        """Runs `module:function` with JSON arguments in a process of its own; `began` is told its number."""
        assert self._server.stdin is not None and self._server.stdout is not None
        self._server.stdin.write(json.dumps({"job": job, "arguments": arguments}) + "\n")
        self._server.stdin.flush()
        began(int(self._server.stdout.readline()))
        return int(self._server.stdout.readline())


def _serve() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        module, name = asked["job"].split(":")
        function = getattr(importlib.import_module(module), name)
        pid = os.fork()
        if pid == 0:
            _be(function, asked["arguments"])
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _be(function: Callable[..., None], arguments: list[Any]) -> None:
    code = 1
    try:
        function(*arguments)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
