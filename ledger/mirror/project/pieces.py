"""Events of pieces. Each tells the piece's word as it stands: holder, length, paid, version, flags, until."""

from ledger.mirror.project.changes import At, Changes

Word = tuple[int, ...]


def piece_cut(
    book: Changes,
    at: At,
    receivable: str,
    act: str,
    left_start: int,
    left: Word,
    right_start: int,
    right: Word,
) -> None:
    """One piece becomes two."""
    book.set("piece", (receivable, left_start), at, left)
    book.set("piece", (receivable, right_start), at, right)
    book.add("cut", at, act, receivable, left_start, left[1], right_start, right[1])


def piece_transferred(
    book: Changes, at: At, receivable: str, act: str, start: int, piece: Word, from_party: int, price: int,
    recourse: bool, undoes: str, quote: str,
) -> None:  # fmt: skip
    """A piece has another holder."""
    book.set("piece", (receivable, start), at, piece)
    book.add(
        "assignment",
        at,
        act,
        receivable,
        start,
        from_party,
        piece[0],
        piece[1],
        price,
        recourse,
        undoes,
        quote,
    )


def piece_paid(
    book: Changes,
    at: At,
    receivable: str,
    act: str,
    start: int,
    piece: Word,
    amount: int,
    credited: bool,
    last: Word,
) -> None:
    """What was due to a piece went to its holder, as money or as credit."""
    book.set("piece", (receivable, start), at, piece)
    book.set("last", (receivable,), at, last)
    book.add("payout", at, act, receivable, start, piece[0], amount, credited)


def piece_bank_paid(
    book: Changes, at: At, receivable: str, act: str, start: int, piece: Word, amount: int, evidence: str
) -> None:
    """The debtor says that it paid the holder by bank; the piece waits."""
    book.set("piece", (receivable, start), at, piece)
    book.add("bank_payment", at, act, receivable, start, amount, evidence)


def piece_acknowledged(
    book: Changes, at: At, receivable: str, act: str, start: int, piece: Word, by: int, bank_paid: str
) -> None:
    """The bank's money arrived; the piece ends."""
    book.set("piece", (receivable, start), at, piece)
    book.add("acknowledgement", at, act, receivable, start, by, bank_paid)
