"""Which refusals of the contracts hold for good: what they say cannot become otherwise on the same
chain.

All others (a balance, a day cap, a lock, an allowance) may pass, so the relay tries again until the act's
deadline."""

from ledger.domain.errors import ContractRefused

LASTING = frozenset(
    {
        "AboveLength",
        "ActRevokedBefore",
        "ActSpent",
        "AdministersAndConfirms",
        "BadUndertaking",
        "DeadlinePassed",
        "DueTooEarly",
        "ERC2612ExpiredSignature",
        "IssueDiffers",
        "LengthsDiffer",
        "LevelAbove",
        "NotAdmissible",
        "NotHolder",
        "NotNamedSeller",
        "NotUnderRoot",
        "NothingDue",
        "PartsDiffer",
        "PayableDiffers",
        "PieceChanged",
        "QuoteDiffers",
        "QuoteExhausted",
        "ReceiptCounted",
        "ReceivableExists",
        "SameParty",
        "SamePerson",
        "SignedReceipt",
        "SoleNeverConfirms",
        "TradeExists",
        "UnusedSignature",
        "UsesDiffer",
        "ZeroAmount",
    }
)


def lasts(refusal: ContractRefused) -> bool:
    """Whether the refusal holds for good. A piece that has not come to the signed version yet may still come to it:
    what brings it there may have been taken back by a reorganisation, and be on its way again."""
    if refusal.name == "PieceChanged":
        return int(str(refusal.fields["found"])) > int(str(refusal.fields["version"]))
    return refusal.name in LASTING
