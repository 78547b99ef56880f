"""Which refusals of the contracts hold for good: what they say cannot become otherwise on the same
chain.

All others (a balance, a day cap, a lock, an allowance) may pass, so the relay tries again until the act's
deadline."""

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
