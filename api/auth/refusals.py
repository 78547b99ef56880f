"""Who may not come in."""

from dataclasses import dataclass

from ledger.domain.errors import DuebillError


@dataclass(eq=False)
class SignInNeeded(DuebillError):
    """No session, or one that has ended. reason: which of these."""

    code = "sign-in-needed"
    reason: str


@dataclass(eq=False)
class SignInRefused(DuebillError):
    """The message or its signature does not hold. reason: what is wrong; found, limit: the values."""

    code = "sign-in-refused"
    reason: str
    found: str
    limit: str
