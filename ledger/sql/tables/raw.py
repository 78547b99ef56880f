"""What the node said: blocks of the stored chain, the events of our contracts in them, and how their bytes are laid out."""

from sqlalchemy import ARRAY, BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from ledger.sql.tables.columns import metadata, number, octets

blocks = Table(
    "blocks",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    octets("hash", unique=True),
    octets("parent_hash"),
    number("time"),
    schema="raw",
)

# topics: the log's topics one after the other, 32 bytes each; kind and subject: the journal into which the event folds.
events = Table(
    "events",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("log_index", Integer, primary_key=True, autoincrement=False),
    octets("emitter"),
    Column("kind", SmallInteger, nullable=False),
    octets("subject"),
    octets("tx_hash"),
    Column("tx_index", Integer, nullable=False),
    octets("topics"),
    octets("data"),
    Index("events_subject_idx", "kind", "subject", "block", "log_index"),
    schema="raw",
)

# fields: "name:type" of each 32-byte word, those of the topics after the first, then those of the data; all are static.
event_layouts = Table(
    "event_layouts",
    metadata,
    octets("emitter", primary_key=True),
    octets("topic", primary_key=True),
    Column("name", Text, nullable=False),
    Column("fields", ARRAY(Text), nullable=False),
    schema="raw",
)
