"""What waits to be sent to the chain, and every transaction that was sent for it: schema outbox.

Whether an operation took effect is not kept here: the mirror's tables say it, by the digest of the act, or
by the block of a transaction where a call has no act."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from ledger.sql.tables.columns import metadata, number, octets

# act: digest that an event will name, null for calls without one; reason: what makes a call without act one of a kind,
# so that asking twice enqueues once; deadline: chain time after which it cannot succeed; error: what the chain answered to the
# last try, at which block, and whether it holds for good; try_after: not before, by the wall clock.
operation = Table(
    "operation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("act", LargeBinary, nullable=True),
    Column("reason", Text, nullable=True, unique=True),
    octets("contract"),
    octets("calldata"),
    Column("deadline", BigInteger, nullable=True),
    Column("parties", ARRAY(BigInteger), nullable=False),
    Column("signers", ARRAY(LargeBinary), nullable=False),
    Column("error", JSONB, nullable=True),
    Column("error_block", BigInteger, nullable=True),
    Column("error_hash", LargeBinary, nullable=True),
    Column("error_lasts", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("try_after", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("operation_act_idx", "act", unique=True),
    Index("operation_open_idx", "try_after", postgresql_where=Column("closed").is_(False)),
    Index("operation_parties_idx", "parties", postgresql_using="gin"),
    schema="outbox",
)
# A signed transaction, written before it is sent. state: pending, mined, reverted, replaced (another of its nonce was mined),
# lost (its nonce was taken by a transaction that is not ours). block, block_hash: where it was mined.
sending = Table(
    "sending",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("operation", Text, ForeignKey("outbox.operation.id"), nullable=False),
    octets("sender"),
    number("nonce"),
    octets("tx_hash", unique=True),
    octets("raw"),
    number("gas"),
    Column("max_fee", Numeric(40, 0), nullable=False),
    Column("priority_fee", Numeric(40, 0), nullable=False),
    Column("state", Text, nullable=False),
    Column("block", BigInteger, nullable=True),
    Column("block_hash", LargeBinary, nullable=True),
    Column("settled", Boolean, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Index("sending_operation_idx", "operation"),
    Index("sending_open_idx", "sender", "nonce", postgresql_where=Column("settled").is_(False)),
    schema="outbox",
)
