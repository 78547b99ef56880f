"""What can go wrong between a desk and the service.

ClientError
├── ServiceRefused        the service answered with a problem
└── ServiceUnreachable    it did not answer, or not as a service of this version does
"""

from api.schemas.problem import Problem


class ClientError(Exception):
    """No answer that can be used."""


class ServiceRefused(ClientError):
    """The service answered with a problem (RFC 9457)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.title}: {problem.detail}")


class ServiceUnreachable(ClientError):
    """No answer, or none that can be read. url: of the service."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")
