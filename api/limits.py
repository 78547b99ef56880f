"""The largest body: refused before it is read where its length is told, else as soon as it is passed."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import problem_response
from api.problems import problem

LARGEST_BODY_BYTES = 2_000_000


class BodyLimit:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > LARGEST_BODY_BYTES:
            await _refuse(int(told), scope, receive, send)
            return
        body = await _body(receive)
        if len(body) > LARGEST_BODY_BYTES:
            await _refuse(len(body), scope, receive, send)
            return
        await self._app(scope, _Replayed(body, receive), send)


async def _body(receive: Receive) -> bytes:
    """The body, or the part of it that shows that it is too large."""
    parts, size, more = [], 0, True
    while more and size <= LARGEST_BODY_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


class _Replayed:
    """Gives the body that was read, then whatever comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _refuse(found: int, scope: Scope, receive: Receive, send: Send) -> None:
    answer = problem_response(
        problem("too-large", {"found": found, "limit": LARGEST_BODY_BYTES}, scope["path"])
    )
    await answer(scope, receive, send)
