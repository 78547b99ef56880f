"""Static structs that events carry whole: what a receivable is confirmed as, a party's record, a version of the rules."""

from dataclasses import dataclass

from .acts import (
    Account,
    Flag,
    Hash,
    Letters2,
    Letters3,
    Money,
    Party,
    Rate,
    Time,
    Trade,
    Uint8,
    Uint16,
    Uint32,
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a receivable is confirmed as. issue: digest of the Issue that covers it, or none."""

    debtor: Party
    creditor: Party
    face: Money
    currency: Letters3
    due_at: Time
    place: Letters2
    undertaking: Uint8
    text: Hash
    trade: Trade
    agent: Party
    guarantor: Party
    invoices: Hash
    rules: Uint32
    issue: Hash
    related: Flag


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party's public record; see contracts/acts/Admission.sol."""

    record: Hash
    roles: Uint16
    sole: Flag
    account: Account
    sealing_key: Hash
    tag_key: Hash
    group: Uint32
    attestor: Party
    evidence: Hash


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the rules; see contracts/interfaces/IRules.sol."""

    source: Hash
    effective_from: Time
    tenor_months: Uint8
    tenor_days: Uint16
    grace_days: Uint16
    clearing_seconds: Uint32
    late_rate_bps: Rate
    day_count: Uint16
    unmatched_financeable: Flag
    related_financeable: Flag
    freezer: Party
    mover: Party


@dataclass(frozen=True, slots=True)
class CurrencyRule:
    """How a currency is paid under one version. Token units for a minor unit are 10**scale."""

    token: Account
    scale: Uint8
    smallest_piece: Money
    largest_face: Money
