"""Pieces and receivables as they stand at the head: what an act about them has to name."""

from collections.abc import Iterator

from api.cli.work import Work
from api.schemas.receivables import Event, Piece, Receivable
from ledger.domain.errors import NotFound
from ledger.domain.ids import PieceId, ReceivableId, receivable_of_text, receivable_text
from ledger.domain.units import Amount, Currency, parse_amount

MOST_PAGES = 200


def piece_at_head(work: Work, text: str) -> tuple[PieceId, Piece]:
    """A piece by its id. Raises BadId, NotFound."""
    piece = PieceId.from_text(text)
    for each in pieces_of(work, receivable_text(piece.receivable)):
        if each.start == str(piece.start):
            return piece, each
    raise NotFound(kind="piece", id=text)


def pieces_of(work: Work, receivable: str, as_of: str = "head", *, ended: bool = False) -> Iterator[Piece]:
    """The pieces of a receivable, from left to right."""
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        query = {"as_of": None if cursor else as_of, "ended": ended, "limit": 500, "cursor": cursor}
        page = work.service.pieces_of(receivable, **query)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def events_of(work: Work, receivable: str, as_of: str | None = "head") -> Iterator[Event]:
    """Everything that happened to a receivable, in its order."""
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = work.service.history(receivable, as_of=None if cursor else as_of, limit=500, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def receivable_at_head(work: Work, text: str) -> tuple[ReceivableId, Receivable]:
    """A receivable by its id. Raises BadId; the service's refusal where it is not to be seen."""
    return receivable_of_text(text), work.service.receivable(text, as_of="head")


def money(text: str, of: Piece | Receivable) -> Amount:
    """An amount in the currency of a piece or receivable. Raises BadAmount."""
    currency = of.length.currency if isinstance(of, Piece) else of.face.currency
    return parse_amount(text, Currency(currency))


def level(work: Work, receivable: ReceivableId) -> Amount:
    """C, what has been paid on the whole line."""
    return Amount(int(work.service.receivable(receivable_text(receivable), as_of="head").standing.paid.minor))
