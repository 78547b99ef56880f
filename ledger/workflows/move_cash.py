"""Calls on cash that need no act, tried and enqueued: permits, distributions, payouts."""

from dataclasses import dataclass

from ledger.domain.errors import BadField, NotAllowed
from ledger.domain.hashing import keccak
from ledger.domain.ids import Address, ReceivableId, address_bytes
from ledger.outbox.queue import Waiting, enqueue
from ledger.queries.access import party_of
from ledger.queries.pins import pin
from ledger.queries.receivables import read_receivable
from ledger.workflows.acting import Acting
from ledger.workflows.node import Prepared
from ledger.workflows.refusals import WrongContract


@dataclass(frozen=True)
class Permit:
    """ERC-2612: the owner of an account lets the ledger pull up to `value`, token units, until `deadline`."""

    token: Address
    owner: Address
    spender: Address
    value: int
    deadline: int
    proof: bytes


def relay_permit(acting: Acting, permit: Permit) -> str:
    """The operation. Raises WrongContract for any other token or spender, ContractRefused when it would
    fail."""
    pinned = acting.node.deployment
    for name, found, wanted in (
        ("token", permit.token, pinned.token),
        ("ledger", permit.spender, pinned.ledger),
    ):
        if found != wanted:
            raise WrongContract(contract=name, found=found, limit=str(wanted))
    if len(permit.proof) != 65:
        raise BadField(field="signature", found=f"{len(permit.proof)} bytes", limit="65 bytes")
    _within("value", permit.value, 256)
    _within("deadline", permit.deadline, 48)
    prepared = acting.node.permit(
        permit.token, permit.owner, permit.spender, permit.value, permit.deadline, permit.proof
    )
    acting.node.try_call(prepared)
    return _enqueue(acting, "permit", prepared, keccak(prepared.calldata).hex(), permit.deadline)


def distribute(acting: Acting, receivable: bytes, starts: list[int]) -> str:
    """The operation. Raises NotFound for a receivable that the asker does not see, ContractRefused."""
    at = pin(acting.app, None, "head")
    read_receivable(acting.app, receivable, at, acting.viewer)
    for each in starts:
        _within("starts", each, 64)
    prepared = acting.node.distribute(ReceivableId(int.from_bytes(receivable)), sorted(set(starts)))
    acting.node.try_call(prepared)
    return _enqueue(acting, "distribute", prepared, f"{keccak(prepared.calldata).hex()}:{at.number}", None)


def pay_out(acting: Acting, party: int, token: Address) -> str:
    """The operation. Raises NotAllowed for another party's credit, ContractRefused."""
    if party_of(acting.viewer, "payout") != party:
        raise NotAllowed(what="payout", reason=f"only party {party} asks for its own credit")
    at = pin(acting.app, None, "head")
    prepared = acting.node.pay_out(party, token)
    acting.node.try_call(prepared)
    return _enqueue(acting, "payout", prepared, f"{party}:{address_bytes(token).hex()}:{at.number}", None)


def _within(field: str, value: int, bits: int) -> None:
    if value >= 1 << bits:
        raise BadField(field=field, found=str(value), limit=f"below 2^{bits}")


def _enqueue(acting: Acting, kind: str, prepared: Prepared, reason: str, deadline: int | None) -> str:
    party = acting.viewer.party
    call = Waiting(
        kind=kind,
        contract=prepared.contract_bytes,
        calldata=prepared.calldata,
        reason=f"{kind}:{reason}",
        deadline=deadline,
        parties=() if party is None else (party,),
        signers=(acting.viewer.signer,),
    )
    return enqueue(acting.app, call, acting.now)
