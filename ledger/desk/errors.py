"""What a desk refuses, before anything leaves it.

DeskError
├── NoDesk               the folder is no desk
├── DeskExists           the folder is one already
├── UnknownPerson        nobody of this name has a key here
├── NameTaken            somebody of this name has one
├── WrongPassword        the password does not open the key
├── NotAdmitted          the party has no number yet
├── OtherDeployment      a draft or a service of another chain or contract than the desk is pinned to
├── OtherMessage         what the service shows is not what was agreed
├── PacketUnreadable     a sealed packet that this desk's key does not open, or that is none
├── DocumentUnknown      no such document is kept here
├── DocumentChanged      a document that is not the one which was committed to
└── Stopped              what a person has to look at first; each reason can be released by its code
"""

from dataclasses import dataclass

from ledger.domain.errors import DuebillError


class DeskError(DuebillError):
    """Refused by a party's own desk."""


@dataclass(eq=False)
class NoDesk(DeskError):
    """The folder is no desk, or its desk.json cannot be read."""

    code = "no-desk"
    folder: str
    reason: str


@dataclass(eq=False)
class DeskExists(DeskError):
    """A desk is not made over another."""

    code = "desk-exists"
    folder: str


@dataclass(eq=False)
class UnknownPerson(DeskError):
    """Nobody of this name has a key here. known: who has."""

    code = "unknown-person"
    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NameTaken(DeskError):
    """A key is never written over."""

    code = "name-taken"
    name: str


@dataclass(eq=False)
class WrongPassword(DeskError):
    """The password does not open this key. of: whose."""

    code = "wrong-password"
    of: str


@dataclass(eq=False)
class NotAdmitted(DeskError):
    """The party has no number yet, so it can bind itself to nothing."""

    code = "not-admitted"
    party: str


@dataclass(eq=False)
class OtherDeployment(DeskError):
    """Another chain or contract than this desk is pinned to. field: which."""

    code = "other-deployment"
    field: str
    found: str
    pinned: str


@dataclass(eq=False)
class OtherMessage(DeskError):
    """What the service gave back is not what this desk sent or opened."""

    code = "other-message"
    what: str
    found: str
    wanted: str


@dataclass(eq=False)
class PacketUnreadable(DeskError):
    """The packet was sealed for another key or other parties, was changed on the way, or is none."""

    code = "packet-unreadable"
    reason: str


@dataclass(eq=False)
class DocumentUnknown(DeskError):
    """No document of this name or commitment is kept here."""

    code = "document-unknown"
    name: str


@dataclass(eq=False)
class DocumentChanged(DeskError):
    """The file is not the one that was committed to."""

    code = "document-changed"
    name: str
    found: str
    committed: str


@dataclass(eq=False)
class Stopped(DeskError):
    """Nothing was signed. reasons: by code, what a person has to look at."""

    code = "stopped"
    reasons: dict[str, str]

    def __str__(self) -> str:
        return "; ".join(f"{code}: {detail}" for code, detail in self.reasons.items())
