"""Permits, distributions, payouts."""

from fastapi import APIRouter, Response

from api.deps import Writer
from api.parameters import Key
from api.schemas.cash import DistributionIn, PayoutIn, PermitIn
from api.schemas.operations import Accepted
from ledger.domain.ids import address_of_text
from ledger.workflows import move_cash

router = APIRouter(prefix="/v1", tags=["cash"])


@router.post("/permits", status_code=202, response_model=Accepted)
def relay_permit(writer: Writer, body: PermitIn, key: Key) -> Response:
    """Brings an ERC-2612 permit of a cash account to the chain."""
    permit = move_cash.Permit(
        token=address_of_text(body.token),
        owner=address_of_text(body.owner),
        spender=address_of_text(body.spender),
        value=int(body.value),
        deadline=int(body.deadline),
        proof=bytes.fromhex(body.signature[2:]),
    )
    return writer.once(
        key, body, Accepted, lambda acting: {"operation": move_cash.relay_permit(acting, permit)}, 202
    )


@router.post("/distributions", status_code=202, response_model=Accepted)
def distribute(writer: Writer, body: DistributionIn, key: Key) -> Response:
    """Pays out what is due to pieces of one receivable."""
    receivable, starts = bytes.fromhex(body.receivable[2:]), [int(each) for each in body.starts]
    return writer.once(
        key,
        body,
        Accepted,
        lambda acting: {"operation": move_cash.distribute(acting, receivable, starts)},
        202,
    )


@router.post("/payouts", status_code=202, response_model=Accepted)
def pay_out(writer: Writer, body: PayoutIn, key: Key) -> Response:
    """Pays the party's own credit out."""
    token = address_of_text(body.token)
    return writer.once(
        key, body, Accepted, lambda acting: {"operation": move_cash.pay_out(acting, body.party, token)}, 202
    )
