-- Roles are the cluster's, not the database's: another database may have made them already.
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['duebill_mirror', 'duebill_app', 'duebill_read'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END $$;

CREATE SCHEMA raw;
CREATE SCHEMA book;
CREATE SCHEMA outbox;
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA raw, book TO duebill_mirror, duebill_app, duebill_read;
GRANT USAGE ON SCHEMA outbox, app TO duebill_app, duebill_read;
-- Only the mirror writes what comes from the chain; only the service writes what waits and what the chain does not know.
ALTER DEFAULT PRIVILEGES IN SCHEMA raw, book GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO duebill_mirror;
ALTER DEFAULT PRIVILEGES IN SCHEMA raw, book GRANT SELECT ON TABLES TO duebill_app, duebill_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA outbox, app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO duebill_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA outbox, app GRANT SELECT ON TABLES TO duebill_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA outbox, app GRANT USAGE ON SEQUENCES TO duebill_app;

CREATE TABLE book.acknowledgement (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    by_party BIGINT NOT NULL,
    bank_paid BYTEA NOT NULL,
    CONSTRAINT acknowledgement_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX acknowledgement_receivable_idx ON book.acknowledgement (receivable);

CREATE TABLE book.act (
    act BYTEA NOT NULL,
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    tx_hash BYTEA NOT NULL,
    CONSTRAINT act_pkey PRIMARY KEY (act)
);
CREATE INDEX act_block_idx ON book.act (block);

CREATE TABLE book.assignment (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    from_party BIGINT NOT NULL,
    to_party BIGINT NOT NULL,
    length NUMERIC(20, 0) NOT NULL,
    price NUMERIC(20, 0) NOT NULL,
    recourse BOOLEAN NOT NULL,
    undoes BYTEA NOT NULL,
    quote BYTEA NOT NULL,
    CONSTRAINT assignment_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX assignment_act_idx ON book.assignment (act);
CREATE INDEX assignment_receivable_idx ON book.assignment (receivable);

CREATE TABLE book.bank_payment (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    evidence BYTEA NOT NULL,
    CONSTRAINT bank_payment_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX bank_payment_act_idx ON book.bank_payment (act);
CREATE INDEX bank_payment_receivable_idx ON book.bank_payment (receivable);

CREATE TABLE book.cap (
    signer BYTEA NOT NULL,
    currency VARCHAR NOT NULL,
    power INTEGER NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    party BIGINT NOT NULL,
    day BIGINT NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    CONSTRAINT cap_pkey PRIMARY KEY (signer, currency, power, from_block)
);
CREATE INDEX cap_from_block_idx ON book.cap (from_block);
CREATE UNIQUE INDEX cap_open_idx ON book.cap (signer, currency, power) WHERE to_block IS NULL;
CREATE INDEX cap_to_block_idx ON book.cap (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.checkpoint (
    single BOOLEAN NOT NULL,
    chain_id BIGINT NOT NULL,
    first_number BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    time BIGINT NOT NULL,
    final_number BIGINT NOT NULL,
    checked_number BIGINT NOT NULL,
    ledger_head BYTEA NOT NULL,
    parties_head BYTEA NOT NULL,
    rules_head BYTEA NOT NULL,
    CONSTRAINT checkpoint_pkey PRIMARY KEY (single),
    CONSTRAINT checkpoint_one_row_check CHECK (single)
);

CREATE TABLE book.credit (
    party BIGINT NOT NULL,
    token BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    credit NUMERIC(20, 0) NOT NULL,
    CONSTRAINT credit_pkey PRIMARY KEY (party, token, from_block)
);
CREATE INDEX credit_from_block_idx ON book.credit (from_block);
CREATE UNIQUE INDEX credit_open_idx ON book.credit (party, token) WHERE to_block IS NULL;
CREATE INDEX credit_to_block_idx ON book.credit (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.currency_rule (
    version BIGINT NOT NULL,
    currency VARCHAR NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    token BYTEA NOT NULL,
    scale INTEGER NOT NULL,
    smallest_piece NUMERIC(20, 0) NOT NULL,
    largest_face NUMERIC(20, 0) NOT NULL,
    CONSTRAINT currency_rule_pkey PRIMARY KEY (version, currency, from_block)
);
CREATE INDEX currency_rule_from_block_idx ON book.currency_rule (from_block);
CREATE UNIQUE INDEX currency_rule_open_idx ON book.currency_rule (version, currency) WHERE to_block IS NULL;
CREATE INDEX currency_rule_to_block_idx ON book.currency_rule (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.cut (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    left_start NUMERIC(20, 0) NOT NULL,
    left_length NUMERIC(20, 0) NOT NULL,
    right_start NUMERIC(20, 0) NOT NULL,
    right_length NUMERIC(20, 0) NOT NULL,
    CONSTRAINT cut_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX cut_receivable_idx ON book.cut (receivable);

CREATE TABLE book.giving_back (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    CONSTRAINT giving_back_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX giving_back_receivable_idx ON book.giving_back (receivable);

CREATE TABLE book.guardian (
    party BIGINT NOT NULL,
    guardian BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    named BOOLEAN NOT NULL,
    CONSTRAINT guardian_pkey PRIMARY KEY (party, guardian, from_block)
);
CREATE INDEX guardian_from_block_idx ON book.guardian (from_block);
CREATE UNIQUE INDEX guardian_open_idx ON book.guardian (party, guardian) WHERE to_block IS NULL;
CREATE INDEX guardian_to_block_idx ON book.guardian (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.invoice_use (
    debtor BIGINT NOT NULL,
    tag BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    used NUMERIC(20, 0) NOT NULL,
    total NUMERIC(20, 0) NOT NULL,
    CONSTRAINT invoice_use_pkey PRIMARY KEY (debtor, tag, from_block)
);
CREATE INDEX invoice_use_from_block_idx ON book.invoice_use (from_block);
CREATE UNIQUE INDEX invoice_use_open_idx ON book.invoice_use (debtor, tag) WHERE to_block IS NULL;
CREATE INDEX invoice_use_to_block_idx ON book.invoice_use (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.issue (
    issue BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    debtor BIGINT NOT NULL,
    root BYTEA NOT NULL,
    currency VARCHAR NOT NULL,
    count BIGINT NOT NULL,
    total NUMERIC(20, 0) NOT NULL,
    last_due_at BIGINT NOT NULL,
    rules BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    taken_total NUMERIC(20, 0) NOT NULL,
    CONSTRAINT issue_pkey PRIMARY KEY (issue, from_block)
);
CREATE INDEX issue_debtor_idx ON book.issue (debtor);
CREATE INDEX issue_from_block_idx ON book.issue (from_block);
CREATE UNIQUE INDEX issue_open_idx ON book.issue (issue) WHERE to_block IS NULL;
CREATE INDEX issue_to_block_idx ON book.issue (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.journal (
    emitter BYTEA NOT NULL,
    kind SMALLINT NOT NULL,
    id BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    head BYTEA NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (emitter, kind, id, from_block)
);
CREATE INDEX journal_from_block_idx ON book.journal (from_block);
CREATE UNIQUE INDEX journal_open_idx ON book.journal (emitter, kind, id) WHERE to_block IS NULL;
CREATE INDEX journal_to_block_idx ON book.journal (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.last (
    receivable BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    nominal NUMERIC(20, 0) NOT NULL,
    money NUMERIC(20, 0) NOT NULL,
    remainder NUMERIC(20, 0) NOT NULL,
    CONSTRAINT last_pkey PRIMARY KEY (receivable, from_block)
);
CREATE INDEX last_from_block_idx ON book.last (from_block);
CREATE UNIQUE INDEX last_open_idx ON book.last (receivable) WHERE to_block IS NULL;
CREATE INDEX last_to_block_idx ON book.last (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.level (
    receivable BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    level NUMERIC(20, 0) NOT NULL,
    principal NUMERIC(20, 0) NOT NULL,
    interest NUMERIC(20, 0) NOT NULL,
    accrued_at BIGINT NOT NULL,
    CONSTRAINT level_pkey PRIMARY KEY (receivable, from_block)
);
CREATE INDEX level_from_block_idx ON book.level (from_block);
CREATE UNIQUE INDEX level_open_idx ON book.level (receivable) WHERE to_block IS NULL;
CREATE INDEX level_to_block_idx ON book.level (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.party (
    party BIGINT NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    record BYTEA NOT NULL,
    roles INTEGER NOT NULL,
    sole BOOLEAN NOT NULL,
    account BYTEA NOT NULL,
    sealing_key BYTEA NOT NULL,
    tag_key BYTEA NOT NULL,
    party_group BIGINT NOT NULL,
    attestor BIGINT NOT NULL,
    evidence BYTEA NOT NULL,
    CONSTRAINT party_pkey PRIMARY KEY (party, from_block)
);
CREATE INDEX party_from_block_idx ON book.party (from_block);
CREATE UNIQUE INDEX party_open_idx ON book.party (party) WHERE to_block IS NULL;
CREATE INDEX party_to_block_idx ON book.party (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.payment (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    rise NUMERIC(20, 0) NOT NULL,
    pulled NUMERIC(20, 0) NOT NULL,
    CONSTRAINT payment_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX payment_receivable_idx ON book.payment (receivable);

CREATE TABLE book.payout (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    holder BIGINT NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    credited BOOLEAN NOT NULL,
    CONSTRAINT payout_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX payout_holder_idx ON book.payout (holder);
CREATE INDEX payout_receivable_idx ON book.payout (receivable);

CREATE TABLE book.person (
    party BIGINT NOT NULL,
    person INTEGER NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    commitment BYTEA NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (party, person, from_block)
);
CREATE INDEX person_from_block_idx ON book.person (from_block);
CREATE UNIQUE INDEX person_open_idx ON book.person (party, person) WHERE to_block IS NULL;
CREATE INDEX person_to_block_idx ON book.person (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.piece (
    receivable BYTEA NOT NULL,
    start_ NUMERIC(20, 0) NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    holder BIGINT NOT NULL,
    length NUMERIC(20, 0) NOT NULL,
    paid NUMERIC(20, 0) NOT NULL,
    version BIGINT NOT NULL,
    flags INTEGER NOT NULL,
    until BIGINT NOT NULL,
    CONSTRAINT piece_pkey PRIMARY KEY (receivable, start_, from_block)
);
CREATE INDEX piece_from_block_idx ON book.piece (from_block);
CREATE INDEX piece_holder_idx ON book.piece (holder);
CREATE UNIQUE INDEX piece_open_idx ON book.piece (receivable, start_) WHERE to_block IS NULL;
CREATE INDEX piece_to_block_idx ON book.piece (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.quote_fill (
    quote BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    financier BIGINT NOT NULL,
    filled NUMERIC(20, 0) NOT NULL,
    CONSTRAINT quote_fill_pkey PRIMARY KEY (quote, from_block)
);
CREATE INDEX quote_fill_from_block_idx ON book.quote_fill (from_block);
CREATE UNIQUE INDEX quote_fill_open_idx ON book.quote_fill (quote) WHERE to_block IS NULL;
CREATE INDEX quote_fill_to_block_idx ON book.quote_fill (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.receipt (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    trade BYTEA NOT NULL,
    tag BYTEA NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    document BYTEA NOT NULL,
    person INTEGER NOT NULL,
    received NUMERIC(20, 0) NOT NULL,
    CONSTRAINT receipt_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX receipt_trade_idx ON book.receipt (trade);

CREATE TABLE book.receivable (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    debtor BIGINT NOT NULL,
    creditor BIGINT NOT NULL,
    face NUMERIC(20, 0) NOT NULL,
    currency VARCHAR NOT NULL,
    due_at BIGINT NOT NULL,
    place VARCHAR NOT NULL,
    undertaking INTEGER NOT NULL,
    text BYTEA NOT NULL,
    trade BYTEA NOT NULL,
    agent BIGINT NOT NULL,
    guarantor BIGINT NOT NULL,
    invoices BYTEA NOT NULL,
    rules BIGINT NOT NULL,
    issue BYTEA NOT NULL,
    related BOOLEAN NOT NULL,
    confirmed_at BIGINT NOT NULL,
    CONSTRAINT receivable_pkey PRIMARY KEY (block, log_index),
    CONSTRAINT receivable_receivable_key UNIQUE (receivable)
);
CREATE INDEX receivable_creditor_idx ON book.receivable (creditor);
CREATE INDEX receivable_debtor_idx ON book.receivable (debtor);
CREATE INDEX receivable_trade_idx ON book.receivable (trade);

CREATE TABLE book.receivable_use (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    receivable BYTEA NOT NULL,
    debtor BIGINT NOT NULL,
    tag BYTEA NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    total NUMERIC(20, 0) NOT NULL,
    CONSTRAINT receivable_use_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX receivable_use_debtor_tag_idx ON book.receivable_use (debtor, tag);
CREATE INDEX receivable_use_receivable_idx ON book.receivable_use (receivable);

CREATE TABLE book.returned (
    receivable BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    nominal NUMERIC(20, 0) NOT NULL,
    count BIGINT NOT NULL,
    netted NUMERIC(20, 0) NOT NULL,
    CONSTRAINT returned_pkey PRIMARY KEY (receivable, from_block)
);
CREATE INDEX returned_from_block_idx ON book.returned (from_block);
CREATE UNIQUE INDEX returned_open_idx ON book.returned (receivable) WHERE to_block IS NULL;
CREATE INDEX returned_to_block_idx ON book.returned (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.revocation (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    party BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    leaf BYTEA NOT NULL,
    CONSTRAINT revocation_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX revocation_digest_idx ON book.revocation (digest);

CREATE TABLE book.rules (
    version BIGINT NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    source BYTEA NOT NULL,
    effective_from BIGINT NOT NULL,
    tenor_months INTEGER NOT NULL,
    tenor_days INTEGER NOT NULL,
    grace_days INTEGER NOT NULL,
    clearing_seconds BIGINT NOT NULL,
    late_rate_bps BIGINT NOT NULL,
    day_count INTEGER NOT NULL,
    unmatched_financeable BOOLEAN NOT NULL,
    related_financeable BOOLEAN NOT NULL,
    freezer BIGINT NOT NULL,
    mover BIGINT NOT NULL,
    closed BOOLEAN NOT NULL,
    CONSTRAINT rules_pkey PRIMARY KEY (version, from_block)
);
CREATE INDEX rules_from_block_idx ON book.rules (from_block);
CREATE UNIQUE INDEX rules_open_idx ON book.rules (version) WHERE to_block IS NULL;
CREATE INDEX rules_to_block_idx ON book.rules (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.signer (
    signer BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    party BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    person INTEGER NOT NULL,
    powers INTEGER NOT NULL,
    active_from BIGINT NOT NULL,
    CONSTRAINT signer_pkey PRIMARY KEY (signer, from_block)
);
CREATE INDEX signer_from_block_idx ON book.signer (from_block);
CREATE UNIQUE INDEX signer_open_idx ON book.signer (signer) WHERE to_block IS NULL;
CREATE INDEX signer_party_idx ON book.signer (party);
CREATE INDEX signer_to_block_idx ON book.signer (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.signer_limit (
    signer BYTEA NOT NULL,
    currency VARCHAR NOT NULL,
    power INTEGER NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    party BIGINT NOT NULL,
    per_act NUMERIC(20, 0) NOT NULL,
    per_day NUMERIC(20, 0) NOT NULL,
    CONSTRAINT signer_limit_pkey PRIMARY KEY (signer, currency, power, from_block)
);
CREATE INDEX signer_limit_from_block_idx ON book.signer_limit (from_block);
CREATE UNIQUE INDEX signer_limit_open_idx ON book.signer_limit (signer, currency, power) WHERE to_block IS NULL;
CREATE INDEX signer_limit_to_block_idx ON book.signer_limit (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.trade (
    trade BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    buyer BIGINT NOT NULL,
    seller BIGINT NOT NULL,
    currency VARCHAR NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    document BYTEA NOT NULL,
    received NUMERIC(20, 0) NOT NULL,
    drawn NUMERIC(20, 0) NOT NULL,
    CONSTRAINT trade_pkey PRIMARY KEY (trade, from_block)
);
CREATE INDEX trade_buyer_idx ON book.trade (buyer);
CREATE INDEX trade_from_block_idx ON book.trade (from_block);
CREATE UNIQUE INDEX trade_open_idx ON book.trade (trade) WHERE to_block IS NULL;
CREATE INDEX trade_seller_idx ON book.trade (seller);
CREATE INDEX trade_to_block_idx ON book.trade (to_block) WHERE to_block IS NOT NULL;

CREATE TABLE book.trade_invoice (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    act BYTEA NOT NULL,
    trade BYTEA NOT NULL,
    amount NUMERIC(20, 0) NOT NULL,
    document BYTEA NOT NULL,
    CONSTRAINT trade_invoice_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX trade_invoice_trade_idx ON book.trade_invoice (trade);

CREATE TABLE raw.blocks (
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    parent_hash BYTEA NOT NULL,
    time BIGINT NOT NULL,
    CONSTRAINT blocks_pkey PRIMARY KEY (number),
    CONSTRAINT blocks_hash_key UNIQUE (hash)
);

CREATE TABLE raw.event_layouts (
    emitter BYTEA NOT NULL,
    topic BYTEA NOT NULL,
    name TEXT NOT NULL,
    fields TEXT[] NOT NULL,
    CONSTRAINT event_layouts_pkey PRIMARY KEY (emitter, topic)
);

CREATE TABLE raw.events (
    block BIGINT NOT NULL,
    log_index INTEGER NOT NULL,
    emitter BYTEA NOT NULL,
    kind SMALLINT NOT NULL,
    subject BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    tx_index INTEGER NOT NULL,
    topics BYTEA NOT NULL,
    data BYTEA NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (block, log_index)
);
CREATE INDEX events_subject_idx ON raw.events (kind, subject, block, log_index);
