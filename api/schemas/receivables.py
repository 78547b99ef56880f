"""Receivables, pieces, their history; uses of invoices and exposure."""

from typing import Any

from api.schemas.fields import Amount, At, Instant, Out, Row


class Standing(Out):
    """paid: C, what has been paid on the whole line; principal, interest of it; returned: what came back
    to the debtor (nominal, pieces, netted); owed: principal still owed."""

    paid: Amount
    principal: Amount
    interest_accrued: Amount
    returned_nominal: Amount
    returned_count: int
    netted: Amount
    owed: Amount


class Receivable(Row):
    """A debt. status: confirmed or settled; record_at: from then on pieces move to the debtor only."""

    id: str
    debtor: int
    creditor: int
    face: Amount
    due_at: Instant
    record_at: Instant | None
    place: str
    undertaking: str
    text: str
    trade: str | None
    agent: int | None
    guarantor: int | None
    invoices: str
    rules: int
    issue: str | None
    related: bool
    confirmed_at: Instant
    act: str
    status: str
    standing: Standing
    live_pieces: int


class Piece(Row):
    """A holder's interval. start and version as decimal; due: what it is owed now; flags: ended,
    waiting, locked, frozen, last-level, draws-capacity, written-off; until: when waiting or lock lapses."""

    id: str
    token_id: str
    receivable: str
    start: str
    length: Amount
    holder: int
    debtor: int
    due_at: Instant
    paid: Amount
    due: Amount
    version: int
    flags: list[str]
    until: Instant | None


class Event(Out):
    """One event of the contracts, decoded. act: digest of the act, null where the call has none; fields:
    by the ABI's names."""

    name: str
    act: str | None
    fields: dict[str, Any]
    block: int
    block_hash: str
    time: Instant
    tx: str
    log_index: int
    final: bool


class UseOf(Out):
    """What one receivable uses of an invoice."""

    receivable: str
    amount: Amount


class InvoiceUse(Row):
    """How much of one invoice is used. remaining: what may still be confirmed on it; receivables: by
    which, with amounts."""

    debtor: int
    tag: str
    used: str
    total: str
    remaining: str
    receivables: list[UseOf]


class Exposure(Out):
    """What a debtor owes on receivables first confirmed to one supplier, by currency."""

    creditor: int
    currency: str
    receivables: int
    face: Amount
    owed: Amount


class Exposures(Out):
    """All of a debtor's."""

    debtor: int
    items: list[Exposure]
    as_of: At


class Credit(Row):
    """Money that could not be paid out, token units."""

    party: int
    token: str
    credit: str
