"""What the gate refuses, with what it found.

    WrongChain, WrongContract   the draft is for another chain or another deployment
    DraftExists                 the same act is already being signed, or took effect
    DraftClosed                 refused, withdrawn, lapsed or submitted: nothing can be added
    NotBound                    the signer, or who puts the draft up, is none of those whom it binds
    SignatureNotNeeded          enough persons have signed this message

What the contracts would refuse is told by their own error, as `foreseen` names it, before anything is sent.
"""

from dataclasses import dataclass

from ledger.domain.errors import ContractRefused, DraftRefused


@dataclass(eq=False)
class WrongChain(DraftRefused):
    """The draft is for another chain."""

    code = "wrong-chain"
    found: str
    limit: str


@dataclass(eq=False)
class WrongContract(DraftRefused):
    """The draft is for another deployment. contract: `ledger` or `parties`."""

    code = "wrong-contract"
    contract: str
    found: str
    limit: str


@dataclass(eq=False)
class DraftExists(DraftRefused):
    """The same act is already being signed. existing: the draft's id where the asker may see it; block:
    where it took effect."""

    code = "draft-exists"
    digest: str
    existing: str | None
    block: int | None


@dataclass(eq=False)
class DraftClosed(DraftRefused):
    """Nothing can be added to the draft. status: what it is."""

    code = "draft-closed"
    draft: str
    status: str


@dataclass(eq=False)
class NotBound(DraftRefused):
    """Who asks, or who signed, is none of those whom the draft binds. bound: the parties that it does
    bind."""

    code = "not-bound"
    who: str
    party: int | None
    bound: tuple[int, ...]


@dataclass(eq=False)
class SignatureNotNeeded(DraftRefused):
    """Enough persons have signed this message."""

    code = "signature-not-needed"
    message: str
    signer: str


def foreseen(name: str, **values: object) -> ContractRefused:
    """The contract's own refusal, by its error's name, known before it is asked."""
    return ContractRefused(name, values)
