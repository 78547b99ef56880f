"""Why the mirror stops. None of these is tried again: somebody has to look first; nothing of the batch was believed.

    MirrorAlarm
    ├── HeadDiffers         logs are missing, altered or in another order: the head made from them is not the contract's
    ├── ReorgPastFinality   the node's chain leaves the stored one before its last final block
    ├── WrongChain          the node, the database and the deployment file are not of one chain
    ├── SubjectMissing      an event changes what no event began
    └── NoProgress          the node or the database stayed away for too long
LogMalformed and UnknownEvent (of what reads the logs) stop it too.
"""

from dataclasses import dataclass

from ledger.domain.errors import DuebillError


class MirrorAlarm(DuebillError):
    """The mirror cannot go on by itself."""


@dataclass(eq=False)
class HeadDiffers(MirrorAlarm):
    """contract: whose head it is; block: at whose end; made: from the logs; told: by the contract. Digests in hex."""

    code = "head-differs"
    contract: str
    emitter: str
    block: int
    made: str
    told: str


@dataclass(eq=False)
class ReorgPastFinality(MirrorAlarm):
    """fork: the first block that both chains share, counting back from the stored head; final: the last final block."""

    code = "reorg-past-finality"
    fork: int
    final: int
    stored: int


@dataclass(eq=False)
class WrongChain(MirrorAlarm):
    """what: chain id, genesis or first block; found, expected: as text."""

    code = "wrong-chain"
    what: str
    found: str
    expected: str


@dataclass(eq=False)
class SubjectMissing(MirrorAlarm):
    """table, key: the row that should have been there."""

    code = "subject-missing"
    table: str
    key: str


@dataclass(eq=False)
class NoProgress(MirrorAlarm):
    """seconds: for how long; reason: the last failure."""

    code = "no-progress"
    seconds: int
    reason: str
