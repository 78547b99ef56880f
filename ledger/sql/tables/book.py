"""What follows from the events: versioned rows for what can change, appended rows for what happened, journals, one checkpoint.

Amounts are minor units of the receivable's currency; times are the chain's UTC seconds."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, SmallInteger, Table

from ledger.sql.tables.columns import appended, letters, metadata, number, octets, small, u64, versioned


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


# --- parties
party = versioned(
    "party",
    [number("party", primary_key=True)],
    [
        octets("record"),
        small("roles"),
        _flag("sole"),
        octets("account"),
        octets("sealing_key"),
        octets("tag_key"),
        number("party_group"),
        number("attestor"),
        octets("evidence"),
    ],
)
person = versioned(
    "person", [number("party", primary_key=True), small("person", primary_key=True)], [octets("commitment")]
)
signer = versioned(
    "signer",
    [octets("signer", primary_key=True)],
    [number("party"), small("kind"), small("person"), small("powers"), number("active_from")],
    Index("signer_party_idx", "party"),
)
signer_limit = versioned(
    "signer_limit",
    [
        octets("signer", primary_key=True),
        letters("currency", primary_key=True),
        small("power", primary_key=True),
    ],
    [number("party"), u64("per_act"), u64("per_day")],
)
guardian = versioned(
    "guardian", [number("party", primary_key=True), octets("guardian", primary_key=True)], [_flag("named")]
)

# --- rules
rules = versioned(
    "rules",
    [number("version", primary_key=True)],
    [
        octets("source"),
        number("effective_from"),
        small("tenor_months"),
        small("tenor_days"),
        small("grace_days"),
        number("clearing_seconds"),
        number("late_rate_bps"),
        small("day_count"),
        _flag("unmatched_financeable"),
        _flag("related_financeable"),
        number("freezer"),
        number("mover"),
        _flag("closed"),
    ],
)
currency_rule = versioned(
    "currency_rule",
    [number("version", primary_key=True), letters("currency", primary_key=True)],
    [octets("token"), small("scale"), u64("smallest_piece"), u64("largest_face")],
)

# --- trades
trade = versioned(
    "trade",
    [octets("trade", primary_key=True)],
    [
        number("buyer"),
        number("seller"),
        letters("currency"),
        u64("amount"),
        octets("document"),
        u64("received"),
        u64("drawn"),
    ],
    Index("trade_buyer_idx", "buyer"),
    Index("trade_seller_idx", "seller"),
)
receipt = appended(
    "receipt",
    [octets("trade"), octets("tag"), u64("amount"), octets("document"), small("person"), u64("received")],
    Index("receipt_trade_idx", "trade"),
)
trade_invoice = appended(
    "trade_invoice",
    [octets("trade"), u64("amount"), octets("document")],
    Index("trade_invoice_trade_idx", "trade"),
)

# --- receivables
receivable = appended(
    "receivable",
    [
        octets("receivable", unique=True),
        number("debtor"),
        number("creditor"),
        u64("face"),
        letters("currency"),
        number("due_at"),
        letters("place"),
        small("undertaking"),
        octets("text"),
        octets("trade"),
        number("agent"),
        number("guarantor"),
        octets("invoices"),
        number("rules"),
        octets("issue"),
        _flag("related"),
        number("confirmed_at"),
    ],
    Index("receivable_debtor_idx", "debtor"),
    Index("receivable_creditor_idx", "creditor"),
    Index("receivable_trade_idx", "trade"),
)
# level: C; principal: P; interest: accrued and unpaid.
level = versioned(
    "level",
    [octets("receivable", primary_key=True)],
    [u64("level"), u64("principal"), u64("interest"), number("accrued_at")],
)
# nominal: E; count: K; netted: N.
returned = versioned(
    "returned", [octets("receivable", primary_key=True)], [u64("nominal"), number("count"), u64("netted")]
)
last = versioned(
    "last", [octets("receivable", primary_key=True)], [u64("nominal"), u64("money"), u64("remainder")]
)
receivable_use = appended(
    "receivable_use",
    [octets("receivable"), number("debtor"), octets("tag"), u64("amount"), u64("total")],
    Index("receivable_use_receivable_idx", "receivable"),
    Index("receivable_use_debtor_tag_idx", "debtor", "tag"),
)
invoice_use = versioned(
    "invoice_use",
    [number("debtor", primary_key=True), octets("tag", primary_key=True)],
    [u64("used"), u64("total")],
)

# --- pieces
piece = versioned(
    "piece",
    [octets("receivable", primary_key=True), u64("start_", primary_key=True)],
    [number("holder"), u64("length"), u64("paid"), number("version"), small("flags"), number("until")],
    Index("piece_holder_idx", "holder"),
)
cut = appended(
    "cut",
    [octets("receivable"), u64("left_start"), u64("left_length"), u64("right_start"), u64("right_length")],
    Index("cut_receivable_idx", "receivable"),
)
assignment = appended(
    "assignment",
    [
        octets("receivable"),
        u64("start_"),
        number("from_party"),
        number("to_party"),
        u64("length"),
        u64("price"),
        _flag("recourse"),
        octets("undoes"),
        octets("quote"),
    ],
    Index("assignment_receivable_idx", "receivable"),
    Index("assignment_act_idx", "act"),
)

# --- settlement
payment = appended(
    "payment",
    [octets("receivable"), u64("rise"), u64("pulled")],
    Index("payment_receivable_idx", "receivable"),
)
payout = appended(
    "payout",
    [octets("receivable"), u64("start_"), number("holder"), u64("amount"), _flag("credited")],
    Index("payout_receivable_idx", "receivable"),
    Index("payout_holder_idx", "holder"),
)
bank_payment = appended(
    "bank_payment",
    [octets("receivable"), u64("start_"), u64("amount"), octets("evidence")],
    Index("bank_payment_receivable_idx", "receivable"),
    Index("bank_payment_act_idx", "act"),
)
acknowledgement = appended(
    "acknowledgement",
    [octets("receivable"), u64("start_"), number("by_party"), octets("bank_paid")],
    Index("acknowledgement_receivable_idx", "receivable"),
)
giving_back = appended(
    "giving_back", [octets("receivable"), u64("start_")], Index("giving_back_receivable_idx", "receivable")
)

# --- what a party has at the ledger
issue = versioned(
    "issue",
    [octets("issue", primary_key=True)],
    [
        number("debtor"),
        octets("root"),
        letters("currency"),
        number("count"),
        u64("total"),
        number("last_due_at"),
        number("rules"),
        number("deadline"),
        number("taken"),
        u64("taken_total"),
    ],
    Index("issue_debtor_idx", "debtor"),
)
quote_fill = versioned(
    "quote_fill", [octets("quote", primary_key=True)], [number("financier"), u64("filled")]
)
cap = versioned(
    "cap",
    [
        octets("signer", primary_key=True),
        letters("currency", primary_key=True),
        small("power", primary_key=True),
    ],
    [number("party"), number("day"), u64("amount")],
)
credit = versioned(
    "credit", [number("party", primary_key=True), octets("token", primary_key=True)], [u64("credit")]
)
revocation = appended(
    "revocation",
    [number("party"), octets("digest"), octets("leaf")],
    Index("revocation_digest_idx", "digest"),
)

# --- what everything stands on
# The first event that names an act: an operation with this digest is mined, and final once its block is.
act = Table(
    "act",
    metadata,
    octets("act", primary_key=True),
    Column("block", BigInteger, nullable=False),
    Column("log_index", Integer, nullable=False),
    octets("tx_hash"),
    Index("act_block_idx", "block"),
    schema="book",
    info={"shape": "act"},
)
# kind and id as in the contracts' `journal(kind, id)`; kind 0, id 0 is the head of the emitter.
journal = versioned(
    "journal",
    [
        octets("emitter", primary_key=True),
        Column("kind", SmallInteger, nullable=False, primary_key=True, autoincrement=False),
        octets("id", primary_key=True),
    ],
    [octets("head")],
)
# One row. number, hash, time: the stored head; final_number: the last block that counts as final by the network's finality;
# checked_number: the last block up to which the heads agreed with the contracts; heads: of Ledger, Parties, Rules at `number`.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("single", Boolean, primary_key=True),
    number("chain_id"),
    number("first_number"),
    number("number"),
    octets("hash"),
    number("time"),
    number("final_number"),
    number("checked_number"),
    octets("ledger_head"),
    octets("parties_head"),
    octets("rules_head"),
    CheckConstraint("single", name="one_row"),
    schema="book",
    info={"shape": "checkpoint"},
)
