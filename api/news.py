"""Wakes long polls when the mirror has a new head or the outbox changed: one listening thread for the
whole process."""

import asyncio
import threading
from contextlib import suppress

import psycopg

from ledger import telemetry
from ledger.outbox.queue import CHANNEL
from ledger.sql.engine import Database

HEAD = "duebill_head"
_PAUSE_SECONDS = 0.5

log = telemetry.logger("api")


class News:
    """Start it in the event loop that serves requests."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ends = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()

    def start(self) -> None:
        """Begins to listen."""
        self._loop = asyncio.get_running_loop()
        for channel in (HEAD, CHANNEL):
            threading.Thread(
                target=self._listen, args=(channel,), name=f"news-{channel}", daemon=True
            ).start()

    def stop(self) -> None:
        """Ends the listening threads soon."""
        self._ends.set()

    def ticket(self) -> asyncio.Event:
        """What the next news will set; take it before asking for the state that is awaited."""
        return self._changed

    async def wait(self, ticket: asyncio.Event, timeout_seconds: float) -> None:
        """Returns at the first news since the ticket was taken, or after the time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(ticket.wait(), timeout_seconds)

    def _listen(self, channel: str) -> None:
        while not self._ends.is_set():
            try:
                with self._database.listen(channel) as connection:
                    self._tell()  # what came while nobody listened
                    while not self._ends.is_set():
                        for _ in connection.notifies(timeout=_PAUSE_SECONDS, stop_after=1):
                            self._tell()
            except psycopg.Error as failed:
                log.warning("listening is begun again", channel=channel, reason=str(failed))
                self._ends.wait(_PAUSE_SECONDS)

    def _tell(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            with suppress(RuntimeError):  # the loop closed in between
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        # Those who wait hold the old event; whoever comes after waits for the next news.
        waited, self._changed = self._changed, asyncio.Event()
        waited.set()
