"""JSON-RPC to a node over HTTP: one call or many in one request, on connections that stay open."""

import http.client
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

from ledger.domain.errors import DuebillError

_LONGEST_BATCH = 500
_LARGEST_ANSWER = 512 * 2**20


class NodeError(DuebillError):
    """The node did not give what was asked for."""


@dataclass(eq=False)
class NodeUnreachable(NodeError):
    """No answer came, or none that is JSON-RPC. Asking again may help."""

    code = "node-unreachable"
    url: str
    reason: str


@dataclass(eq=False)
class NodeRefused(NodeError):
    """The node answered with an error. data: what a reverted call returned, as 0x hex, or None."""

    code = "node-refused"
    method: str
    number: int
    message: str
    data: str | None


Call = tuple[str, list[Any]]


class Rpc:
    """A node. Safe to use from several threads, each has its own connection."""

    def __init__(self, url: str, *, timeout_seconds: float = 30.0) -> None:
        self.url = url
        self._parts = urlsplit(url)
        self._timeout = timeout_seconds
        self._local = threading.local()

    def call(self, method: str, *params: Any) -> Any:
        """The result of one call. Raises NodeUnreachable, NodeRefused."""
        result = self.ask([(method, list(params))])[0]
        if isinstance(result, NodeRefused):
            raise result
        return result

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The results of many calls, in their order. Raises NodeUnreachable, and the first NodeRefused."""
        results = self.ask(calls)
        for result in results:
            if isinstance(result, NodeRefused):
                raise result
        return results

    def ask(self, calls: Sequence[Call]) -> list[Any]:
        """As `batch`, but a refusal stands in the list as its NodeRefused. Raises NodeUnreachable alone."""
        results: list[Any] = []
        for first in range(0, len(calls), _LONGEST_BATCH):
            results += self._request(calls[first : first + _LONGEST_BATCH])
        return results

    def close(self) -> None:
        """Closes this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _request(self, calls: Sequence[Call]) -> list[Any]:
        body = [
            {"jsonrpc": "2.0", "id": at, "method": method, "params": params}
            for at, (method, params) in enumerate(calls)
        ]
        answer = self._post(orjson.dumps(body if len(body) > 1 else body[0]))
        try:
            parsed = orjson.loads(answer)
            answers = parsed if isinstance(parsed, list) else [parsed]
            if len(answers) != len(calls) and len(answers) == 1 and "error" in answers[0]:
                return [_result(method, answers[0]) for method, _ in calls]
            by_id = {each["id"]: each for each in answers}
            return [_result(method, by_id[at]) for at, (method, _) in enumerate(calls)]
        except (orjson.JSONDecodeError, KeyError, TypeError) as wrong:
            raise NodeUnreachable(self.url, f"not an answer of JSON-RPC: {answer[:200]!r}") from wrong

    def _post(self, body: bytes) -> bytes:
        # A kept connection may have been closed by the node since; a fresh one tells whether the node is there.
        is_kept = getattr(self._local, "connection", None) is not None
        try:
            return self._post_once(body)
        except (http.client.HTTPException, OSError) as failed:
            self.close()
            if not is_kept or isinstance(failed, TimeoutError):
                raise NodeUnreachable(self.url, repr(failed)) from failed
        try:
            return self._post_once(body)
        except (http.client.HTTPException, OSError) as failed:
            self.close()
            raise NodeUnreachable(self.url, repr(failed)) from failed

    def _post_once(self, body: bytes) -> bytes:
        connection = getattr(self._local, "connection", None) or self._connect()
        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        connection.request("POST", path, body, {"content-type": "application/json"})
        response = connection.getresponse()
        answer: bytes = response.read(_LARGEST_ANSWER)
        if not response.isclosed() and response.read(1):
            raise http.client.HTTPException(f"an answer above {_LARGEST_ANSWER} bytes")
        if response.status != 200:
            raise http.client.HTTPException(f"status {response.status}: {answer[:200]!r}")
        return answer

    def _connect(self) -> http.client.HTTPConnection:
        parts = self._parts
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=self._timeout)
        connection.connect()
        # Small requests must not wait for the acknowledgement of the one before.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._local.connection = connection
        return connection


def _result(method: str, answer: dict[str, Any]) -> Any:
    error = answer.get("error")
    if error is None:
        return answer["result"]
    data = error.get("data")
    if isinstance(data, dict):
        data = data.get("data")
    return NodeRefused(
        method,
        int(error.get("code", 0)),
        str(error.get("message", ""))[:2000],
        data if isinstance(data, str) else None,
    )
