"""How failures leave the service: every one a problem document."""

import traceback

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api.problems import problem, problem_of
from api.schemas.problem import Problem
from ledger import telemetry
from ledger.domain.errors import DuebillError

log = telemetry.logger("api")
_TYPE = "application/problem+json"
_LONGEST_TRACE = 8_000


def problem_response(document: Problem) -> Response:
    """The document with its status."""
    return Response(orjson.dumps(document.model_dump()), document.status, media_type=_TYPE)


def answer_failures(app: FastAPI) -> None:
    """Has the application answer every failure with a problem."""
    app.add_exception_handler(DuebillError, _expected)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _routing)
    for away in (OperationalError, PoolTimeout):
        app.add_exception_handler(away, _database_away)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(Exception, _unexpected)


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, DuebillError)
    return problem_response(problem_of(error, request.url.path))


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "field": ".".join(str(part) for part in each["loc"]),
            "limit": each["msg"],
            "found": _shown(each["input"]),
        }
        for each in error.errors()[:20]
    ]
    return problem_response(problem("malformed", {"errors": errors}, request.url.path))


def _routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "not-found" if error.status_code == 404 else "malformed"
    found = problem(code, {"detail": str(error.detail)}, request.url.path)
    return problem_response(found.model_copy(update={"status": error.status_code}))


def _database_away(request: Request, error: Exception) -> Response:
    log.warning("the database does not answer", path=request.url.path, reason=str(error)[:500])
    return problem_response(problem("database-unreachable", {}, request.url.path))


def _unstorable(request: Request, error: Exception) -> Response:
    """Text with a NUL, or a number beyond what a column takes: no such thing can be there, or be kept."""
    reason = str(getattr(error, "orig", error)).splitlines()[0][:200]
    return problem_response(problem("malformed", {"reason": reason}, request.url.path))


def _unexpected(request: Request, error: Exception) -> Response:
    trace = "".join(traceback.format_exception(error))[-_LONGEST_TRACE:]
    log.error("a request failed", path=request.url.path, error=repr(error)[:500], trace=trace)
    return problem_response(problem("internal", {}, request.url.path))


def _shown(value: object) -> str:
    """What was found, short; never a whole body, and nothing that UTF-8 cannot write."""
    text = value if isinstance(value, str) else f"{type(value).__name__} {value!r:.60}"
    return text[:80].encode("utf-8", "backslashreplace").decode()
