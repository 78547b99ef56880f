"""Kills a process between any two messages that it sends to PostgreSQL.

A proxy that speaks the wire protocol as far as it must to count: a first message without a type, then messages of one
byte of type and four of length. The N-th message since `arm` does not reach the server; its sender is killed with
SIGKILL instead, and the server sees a connection that broke off after N − 1.
"""

import os
import signal
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

_CHUNK = 1 << 16


class KillingProxy:
    """Use as a context; processes connect to `url` instead of to the server.

    One victim at a time: `arm(after)` before it connects, `victim(pid)` as soon as its number is known."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._left: int | None = None
        self._victim: int | None = None
        self._known = threading.Event()
        self._ends = False
        self.messages = 0
        """Counted since `arm`, the one that killed included."""
        self.has_killed = threading.Event()

    @property
    def url(self) -> str:
        """The server's URL with the proxy in its place."""
        parts = urlsplit(self._server_url)
        port = self._listener.getsockname()[1]
        return (
            f"postgresql://{parts.username}@127.0.0.1:{port}{parts.path}?sslmode=disable&gssencmode=disable"
        )

    def arm(self, after: int) -> None:
        """Counts from now on; message number `after` kills who sends it."""
        with self._lock:
            self._left, self._victim, self.messages = after, None, 0
            self._known.clear()
            self.has_killed.clear()

    def victim(self, pid: int) -> None:
        """Who is killed."""
        self._victim = pid
        self._known.set()

    def disarm(self) -> None:
        """Counts no more."""
        with self._lock:
            self._left = None

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends = True
        self._listener.close()

    def _accept(self) -> None:
        while not self._ends:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = self._connect()
            threading.Thread(target=_copy, args=(server, client), daemon=True).start()
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _connect(self) -> socket.socket:
        parts = urlsplit(self._server_url)
        folder = unquote(dict(parse_qsl(parts.query))["host"])
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{folder}/.s.PGSQL.5432")
        return server

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        waiting, has_started = b"", False
        try:
            while chunk := client.recv(_CHUNK):
                waiting += chunk
                while message := _first_message(waiting, has_started):
                    waiting, has_started = waiting[len(message) :], True
                    if not self._may_pass():
                        return
                    server.sendall(message)
        except OSError:
            pass
        finally:
            _close(server)
            _close(client)

    def _may_pass(self) -> bool:
        with self._lock:
            if self.has_killed.is_set():
                return False
            self.messages += 1
            if self._left is None or self.messages < self._left:
                return True
        self._known.wait(10)
        if self._victim is not None:
            os.kill(self._victim, signal.SIGKILL)
            self.has_killed.set()
        return False


def _first_message(waiting: bytes, has_started: bool) -> bytes:
    """The first whole message, or nothing."""
    start = 1 if has_started else 0
    if len(waiting) < start + 4:
        return b""
    length = start + struct.unpack_from("!I", waiting, start)[0]
    return waiting[:length] if len(waiting) >= length else b""


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    except OSError:
        pass
    finally:
        _close(target)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
