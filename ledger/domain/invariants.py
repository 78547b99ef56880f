"""What must hold of a book between two transactions (never between two events of one). Numbers are DESIGN's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .book import Book, Receivable
from .ids import PartyId, Tag, TradeId, digest_text, receivable_text
from .slots import PieceFlag


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that a book breaks; subject: of what, in text; found: what stands there."""

    invariant: int
    subject: str
    found: str


def violations(book: Book) -> list[Violation]:
    """Everything in the book that breaks invariants 1, 2, 3 or 4; nothing for a sound one."""
    return [
        *_lines_with_gaps(book),
        *_money_adrift(book),
        *_invoices_overused(book),
        *_trades_overdrawn(book),
    ]


def _lines_with_gaps(book: Book) -> Iterator[Violation]:
    """1: the pieces of a receivable partition [0, F)."""
    for id_, receivable in book.receivables.items():
        reached = 0
        for start, piece in sorted(receivable.pieces.items()):
            if start != reached or piece.length == 0:
                yield Violation(1, f"{receivable_text(id_)}-{start}", f"starts at {start}, not {reached}")
            reached = start + piece.length
        if reached != receivable.terms.face:
            yield Violation(1, receivable_text(id_), f"ends at {reached}, not {receivable.terms.face}")


def _money_adrift(book: Book) -> Iterator[Violation]:
    """2: C = N + paid to pieces + held, and what is held beyond all that is due is less than one unit a piece."""
    for id_, receivable in book.receivables.items():
        beyond = _held_beyond_due(receivable)
        if not 0 <= beyond < len(receivable.pieces):
            found = f"{beyond} held beyond what is due to {len(receivable.pieces)} pieces"
            yield Violation(2, receivable_text(id_), found)


def _held_beyond_due(receivable: Receivable) -> int:
    level, face = receivable.level.paid_in, receivable.terms.face
    beyond = level - receivable.returns.netted
    for piece in receivable.pieces.values():
        was_brought = PieceFlag.LAST_LEVEL in piece.flags
        if was_brought:
            beyond -= piece.paid
        elif not piece.ended:
            beyond -= max(piece.paid, level * piece.length // face)
    return beyond


def _invoices_overused(book: Book) -> Iterator[Violation]:
    """3: what receivables use of an invoice never exceeds what it leaves payable, and is what they say they use."""
    said: Counter[tuple[PartyId, Tag]] = Counter()
    for receivable in book.receivables.values():
        for tag, amount in receivable.uses.items():
            said[receivable.terms.debtor, tag] += amount
        used_here = sum(receivable.uses.values())
        if used_here != receivable.terms.face:
            yield Violation(
                3, f"party {receivable.terms.debtor}", f"{used_here} used for {receivable.terms.face}"
            )
    for (debtor, tag), use in book.invoices.items():
        if use.used > use.total or use.used != said[debtor, tag]:
            found = f"{use.used} used of {use.total}, {said[debtor, tag]} by receivables"
            yield Violation(3, f"party {debtor} tag {digest_text(tag)}", found)


def _trades_overdrawn(book: Book) -> Iterator[Violation]:
    """4: drawn ≤ received, and drawn is the faces of the receivables on the trade."""
    faces: Counter[TradeId] = Counter()
    for receivable in book.receivables.values():
        faces[receivable.terms.trade] += receivable.terms.face
    for id_, trade in book.trades.items():
        if trade.drawn > trade.received or trade.drawn != faces[id_]:
            found = f"{trade.drawn} drawn of {trade.received}, {faces[id_]} by receivables"
            yield Violation(4, f"trade {digest_text(id_)}", found)
