"""Calls on cash that need no act: permits, distributions, payouts."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import AddressText, Decimal, Hex, In, PartyNumber, ReceivableText

MAX_STARTS = 100


class PermitIn(In):
    """An ERC-2612 permit that the owner of a cash account signed; the relay brings it to the chain.
    spender: the ledger."""

    token: AddressText
    owner: AddressText
    spender: AddressText
    value: Decimal
    deadline: Decimal
    signature: Hex


class DistributionIn(In):
    """Pays out what is due to these pieces; those that wait are skipped."""

    receivable: ReceivableText
    starts: Annotated[list[Decimal], Field(min_length=1, max_length=MAX_STARTS)]


class PayoutIn(In):
    """Pays a party's credit in a token out to its account."""

    party: PartyNumber
    token: AddressText
