"""Structured logs: one JSON object a line, on stderr, with the names of docs/words.md as keys.

log = telemetry.logger("mirror")
log.info("batch written", first_block=17, last_block=41, events=400)
"""

import datetime
import json
import logging
import sys
from typing import TextIO

_FIELDS = "duebill_fields"


class Logger:
    """Writes events of one part of the system; every event has a fixed sentence and named values."""

    def __init__(self, part: str) -> None:
        self._logger = logging.getLogger(f"duebill.{part}")

    def debug(self, event: str, **values: object) -> None:
        """What only somebody who looks for a fault wants to see."""
        self._write(logging.DEBUG, event, values)

    def info(self, event: str, **values: object) -> None:
        """What went as it should."""
        self._write(logging.INFO, event, values)

    def warning(self, event: str, **values: object) -> None:
        """What was mended or will be tried again."""
        self._write(logging.WARNING, event, values)

    def error(self, event: str, **values: object) -> None:
        """What somebody has to look at; with the traceback where an exception is being handled."""
        self._write(logging.ERROR, event, values, trace=sys.exc_info()[0] is not None)

    def _write(self, level: int, event: str, values: dict[str, object], *, trace: bool = False) -> None:
        self._logger.log(level, event, extra={_FIELDS: values}, exc_info=trace)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name.removeprefix("duebill."),
            "event": record.getMessage(),
        }
        line |= getattr(record, _FIELDS, {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def logger(part: str) -> Logger:
    """The logger of one part; `part` is a drawer's name, such as `relay`."""
    return Logger(part)


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Sends all logs of this process to `stream` (default stderr), from `level` on. Called once, at the edge."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("duebill").setLevel(level.upper())
