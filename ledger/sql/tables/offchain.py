"""What the service keeps for its users and the chain does not know: schema app.

Who sees a draft or a packet stands in the row, as parties and, before they are admitted, signers;
ledger/queries/access.py alone reads these columns."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from ledger.sql.tables.columns import metadata, number, octets, u64

_LIVE = ("collecting", "submitted")


def _text(name: str, **options: object) -> Column[str]:
    return Column(name, Text, nullable=False, **options)  # type: ignore[arg-type]


def _moment(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


def _json(name: str) -> Column[object]:
    return Column(name, JSONB, nullable=False)


# --- who is asking
nonce = Table("nonce", metadata, _text("nonce", primary_key=True), _moment("expires_at"), schema="app")
# token_hash: SHA-256 of the token. Party and person are read from book.signer at each request, never kept here.
session = Table(
    "session",
    metadata,
    octets("token_hash", primary_key=True),
    octets("signer"),
    _moment("created_at"),
    _moment("expires_at"),
    Column("revoked_at", DateTime(timezone=True), nullable=True),
    schema="app",
)
# fields: SHA-256 of each part of the request by name, so that a second body can be told where it differs;
# answer: JSON as it was sent.
idempotency = Table(
    "idempotency",
    metadata,
    octets("signer", primary_key=True),
    _text("key", primary_key=True),
    _json("fields"),
    Column("status", Integer, nullable=True),
    Column("answer", Text, nullable=True),
    _moment("created_at"),
    schema="app",
)

# --- drafts
# identity: digest of the message that makes the draft unlike others; subject: digest that events will name, once known;
# parties: whom it binds or who is shown it; signers: those named by an admission, who have no party yet; deadline: chain
# time; receivable: the one that it shows to its parties, set where its author sees it.
draft = Table(
    "draft",
    metadata,
    _text("id", primary_key=True),
    _text("kind"),
    _text("state"),
    _json("document"),
    octets("identity"),
    Column("subject", LargeBinary, nullable=True),
    Column("author_party", BigInteger, nullable=True),
    octets("author_signer"),
    Column("parties", ARRAY(BigInteger), nullable=False),
    Column("signers", ARRAY(LargeBinary), nullable=False),
    Column("receivable", LargeBinary, nullable=True),
    _json("summary"),
    Column("reason", Text, nullable=True),
    Column("operation", Text, nullable=True),
    Column("deadline", BigInteger, nullable=True),
    _moment("created_at"),
    Index("draft_identity_live_idx", "identity", unique=True, postgresql_where=Column("state").in_(_LIVE)),
    Index("draft_parties_idx", "parties", postgresql_using="gin"),
    Index("draft_signers_idx", "signers", postgresql_using="gin"),
    Index("draft_receivable_idx", "receivable"),
    schema="app",
)
# packet: HPKE ciphertext; draft and issue: what it goes with.
sealed = Table(
    "sealed",
    metadata,
    _text("id", primary_key=True),
    number("sender"),
    number("to_party"),
    Column("draft", Text, nullable=True),
    Column("issue", LargeBinary, nullable=True),
    _text("label"),
    octets("packet"),
    _moment("created_at"),
    Index("sealed_to_party_idx", "to_party", "id"),
    Index("sealed_sender_idx", "sender", "id"),
    Index("sealed_draft_idx", "draft"),
    Index("sealed_issue_idx", "issue"),
    schema="app",
)

# A holder shows a financier a receivable and asks for a quote for one of its pieces.
quote_request = Table(
    "quote_request",
    metadata,
    _text("id", primary_key=True),
    octets("receivable"),
    u64("start_"),
    number("holder"),
    number("financier"),
    _text("note"),
    _moment("created_at"),
    Index("quote_request_financier_idx", "financier", "receivable"),
    Index("quote_request_holder_idx", "holder"),
    schema="app",
)

# --- issues as signed, before and after the chain knows them
issue_document = Table(
    "issue_document",
    metadata,
    octets("digest", primary_key=True),
    _text("id", unique=True),
    number("debtor"),
    _json("message"),
    _json("signatures"),
    Column("suppliers", ARRAY(BigInteger), nullable=False),
    Column("complete", Boolean, nullable=False),
    number("deadline"),
    _moment("created_at"),
    Index("issue_document_suppliers_idx", "suppliers", postgresql_using="gin"),
    Index("issue_document_debtor_idx", "debtor"),
    schema="app",
)
payable_refusal = Table(
    "payable_refusal",
    metadata,
    Column("issue", LargeBinary, ForeignKey("app.issue_document.digest"), primary_key=True),
    octets("payable", primary_key=True),
    Column("supplier", BigInteger, primary_key=True, autoincrement=False),
    _text("reason"),
    _moment("created_at"),
    schema="app",
)

# --- directory
card = Table(
    "card",
    metadata,
    Column("party", BigInteger, primary_key=True, autoincrement=False),
    _text("name"),
    _json("ids"),
    Column("tag_public_key", Text, nullable=True),
    _moment("updated_at"),
    schema="app",
)
