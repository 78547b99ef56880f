"""What parties do while the chain is shaken: debts from order to last unit, each step standing on the one before."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from ledger.domain.acts import Confirm, Pay, Quote, Receipt, Split, Transfer
from ledger.domain.drafts import from_json
from ledger.domain.ids import Digest, ReceivableId, Tag, TradeId, receivable_of_terms
from ledger.domain.units import Amount, Bps
from tests.api.papers import order, some, soon, terms, use
from tests.mirror.scene import BANK, NONE, SECOND, SUPPLIER
from tests.model.shaken import ShakenTown

Document = dict[str, Any]
Step = tuple[str, Callable[[], Document]]
"""Who hands it over, and how the complete draft is made from the chain as it is then."""
_MOST = Amount(2**64 - 1)


@dataclass
class Debt:
    """One debt's life. face: minor units; it is cut in three, of which one is passed on and one sold."""

    town: ShakenTown
    name: str
    face: int
    receivable: ReceivableId = ReceivableId(0)

    def steps(self) -> Generator[Step, Document, None]:
        """Each step is made when the one before stands on the chain; the document that was taken is sent back."""
        ordered = yield "supplier", self._ordered
        trade = TradeId(from_json(ordered).digest("order"))
        yield "warehouse", lambda: self._received(trade)
        confirmed = yield "maker", lambda: self._confirmed(trade)
        self.receivable = receivable_of_terms(from_json(confirmed).digest("terms"))
        third = self.face // 3
        yield "supplier", lambda: self._cut(third, third, self.face - 2 * third)
        yield "second", lambda: self._moved(third, third)
        yield "second", lambda: self._sold(third, third)
        yield "maker", lambda: self._paid(self.face // 2 + 1)
        yield "maker", lambda: self._paid(self.face - self.face // 2 - 1)

    def _ordered(self) -> Document:
        act = order(self.town, self.name, self.face)
        return self.town.document("order", {"order": act}, {"order": ("supplier", "maker")})

    def _cut(self, *parts: int) -> Document:
        act = Split(self.receivable, 0, 1, tuple(Amount(part) for part in parts), soon(self.town))
        return self.town.document("split", {"split": act}, {"split": ("supplier",)})

    def _received(self, trade: TradeId) -> Document:
        receipt = Receipt(
            trade,
            Tag(some(f"note {self.name}")),
            Amount(self.face),
            some(f"paper {self.name}"),
            soon(self.town),
        )
        return self.town.document("receipt", {"receipt": receipt}, {"receipt": ("warehouse",)})

    def _confirmed(self, trade: TradeId) -> Document:
        agreed = terms(self.town, self.name, self.face, trade)
        confirm = Confirm(agreed, (use(self.name, self.face),))
        signed = {"terms": ("supplier",), "confirm": ("maker", "checker")}
        return self.town.document("confirm", {"terms": agreed, "confirm": confirm}, signed)

    def _moved(self, start: int, amount: int) -> Document:
        act = Transfer(
            self.receivable, start, self._version(start), Amount(amount), SUPPLIER, SECOND, Amount(0), Amount(0),
            False, NONE, NONE, soon(self.town),
        )  # fmt: skip
        return self.town.document("transfer", {"transfer": act}, {"transfer": ("supplier", "second")})

    def _sold(self, start: int, amount: int) -> Document:
        version = self._version(start)
        quote = Quote(
            BANK, SECOND, NONE, self.receivable, start, version, Amount(amount), Amount(0), Bps(480), Amount(0), False, _MOST,
            False, 0, soon(self.town),
        )  # fmt: skip
        offered = self.town.document("fill", {"quote": quote}, {"quote": ("bank",)})
        act = Transfer(
            self.receivable, start, version, Amount(amount), SECOND, BANK, Amount(amount * 9 // 10), Amount(0), False,
            NONE, Digest(from_json(offered).digest("quote")), soon(self.town),
        )  # fmt: skip
        signed = {"quote": ("bank",), "transfer": ("second",)}
        return self.town.document("fill", {"quote": quote, "transfer": act}, signed)

    def _paid(self, amount: int) -> Document:
        nonce = self.town.random.getrandbits(64)
        act = Pay(self.receivable, Amount(amount), Amount(amount), nonce, soon(self.town))
        return self.town.document("pay", {"pay": act}, {"pay": ("maker",)})

    def _version(self, start: int) -> int:
        """Of a piece as the chain has it now, which is what its holder signs for."""
        return self.town.scene.piece(self.receivable, start)[3]
