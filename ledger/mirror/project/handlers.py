"""Which handler reads which event; every journalled event has one."""

from collections.abc import Callable, Mapping

from ledger.mirror.project import parties, pieces, receivables, rules, trades

Handler = Callable[..., None]

HANDLERS: Mapping[str, Handler] = {
    "PartyAdmitted": parties.party_admitted,
    "PersonEnrolled": parties.person_enrolled,
    "SignerEnrolled": parties.signer_enrolled,
    "LimitSet": parties.limit_set,
    "GuardianNamed": parties.guardian_named,
    "PayablesIssued": parties.payables_issued,
    "PayablesTaken": parties.payables_taken,
    "QuoteFilled": parties.quote_filled,
    "CapUsed": parties.cap_used,
    "PartyCredited": parties.party_credited,
    "ActRevoked": parties.act_revoked,
    "RulesPublished": rules.rules_published,
    "CurrencyAllowed": rules.currency_allowed,
    "ClosedToNew": rules.closed_to_new,
    "TradeOrdered": trades.trade_ordered,
    "TradeReceived": trades.trade_received,
    "TradeInvoiced": trades.trade_invoiced,
    "TradeDrawn": trades.trade_drawn,
    "ReceivableConfirmed": receivables.receivable_confirmed,
    "InvoiceUsed": receivables.invoice_used,
    "ReceivablePaid": receivables.receivable_paid,
    "ReceivableReturned": receivables.receivable_returned,
    "PieceCut": pieces.piece_cut,
    "PieceTransferred": pieces.piece_transferred,
    "PiecePaid": pieces.piece_paid,
    "PieceBankPaid": pieces.piece_bank_paid,
    "PieceAcknowledged": pieces.piece_acknowledged,
}
