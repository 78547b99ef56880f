"""What is so on the stored chain, at its head, in the domain's words: for demands on drafts and for the
gate."""

from typing import Any

from sqlalchemy import and_, func, select

from ledger.domain.demands import ReceivableFacts, SignerFacts, TradeFacts
from ledger.domain.errors import NotFound
from ledger.domain.ids import (
    Address,
    ChainTime,
    PartyId,
    PersonNumber,
    PieceId,
    ReceivableId,
    TradeId,
    address_bytes,
    digest_text,
    receivable_text,
)
from ledger.domain.powers import Role, SignerKind
from ledger.domain.slots import Piece, PieceFlag
from ledger.domain.units import Amount, Currency
from ledger.queries.pins import head
from ledger.queries.receivables import owed_at, whole
from ledger.sql.asof import still_open
from ledger.sql.sessions import Read
from ledger.sql.tables import book


class StoredFacts:
    """Answers of SQL at the stored head; keeps what it has read, so it serves one transaction.
    chain_time: of the head."""

    def __init__(self, read: Read, chain_time: int) -> None:
        self._read = read
        self.chain_time = chain_time
        self._signers: dict[Address, SignerFacts | None] = {}

    def operator(self) -> PartyId:
        """The first party with the operator's role. Raises NotFound."""
        table = book.party.c
        bit = table.roles.op("&")(int(Role.OPERATOR))
        found = self._read.scalar(select(func.min(table.party)).where(bit != 0, still_open(book.party)))
        if found is None:
            raise NotFound(kind="party", id="operator")
        return PartyId(found)

    def signer(self, address: Address) -> SignerFacts | None:
        """Whom an address acts for now; None where it is not enrolled or not active yet."""
        if address not in self._signers:
            self._signers[address] = self._find_signer(address)
        return self._signers[address]

    def trade(self, trade: TradeId) -> TradeFacts:
        """Between whom a trade is. Raises NotFound."""
        row = self.trade_row(trade)
        return TradeFacts(PartyId(row.buyer), PartyId(row.seller), Currency(row.currency))

    def trade_row(self, trade: TradeId) -> Any:
        """The open row of book.trade. Raises NotFound."""
        row = self._read.first(select(book.trade).where(book.trade.c.trade == trade, still_open(book.trade)))
        if row is None:
            raise NotFound(kind="trade", id=digest_text(trade))
        return row

    def receivable(self, receivable: ReceivableId) -> ReceivableFacts:
        """Who owes a receivable. Raises NotFound."""
        row = self.receivable_row(receivable)
        return ReceivableFacts(PartyId(row.debtor), Currency(row.currency))

    def receivable_row(self, receivable: ReceivableId) -> Any:
        """The row of book.receivable. Raises NotFound."""
        row = self._read.first(
            select(book.receivable).where(book.receivable.c.receivable == receivable.to_bytes(24))
        )
        if row is None:
            raise NotFound(kind="receivable", id=receivable_text(receivable))
        return row

    def piece(self, piece: PieceId) -> Piece:
        """A piece as it stands. Raises NotFound."""
        table = book.piece.c
        row = self._read.first(
            select(book.piece).where(
                table.receivable == piece.receivable.to_bytes(24),
                table.start_ == piece.start,
                still_open(book.piece),
            )
        )
        if row is None:
            raise NotFound(kind="piece", id=str(piece))
        return Piece(
            PartyId(row.holder),
            Amount(row.length),
            Amount(row.paid),
            row.version,
            PieceFlag(row.flags),
            ChainTime(row.until),
        )

    def owed(self, receivable: ReceivableId) -> Amount:
        """Principal and interest owed at the stored head. Raises NotFound."""
        at = head(self._read)
        table = book.receivable.c.receivable
        row = self._read.first(whole(at.number).where(table == receivable.to_bytes(24)))
        if row is None:
            raise NotFound(kind="receivable", id=receivable_text(receivable))
        return Amount(sum(owed_at(row, ChainTime(at.time))))

    def knows_party(self, party: int) -> bool:
        """Whether a party of this number was admitted."""
        return self._read.scalar(select(book.party.c.party).where(book.party.c.party == party)) is not None

    def rules_in_force(self) -> Any:
        """The open row of book.rules that counts now, or None: the last one whose time has come."""
        table = book.rules
        return self._read.first(
            select(table)
            .where(still_open(table), table.c.effective_from <= self.chain_time)
            .order_by(table.c.version.desc())
        )

    def currency_rule(self, version: int, currency: str) -> Any:
        """The open row of book.currency_rule, or None."""
        table = book.currency_rule
        return self._read.first(
            select(table).where(table.c.version == version, table.c.currency == currency, still_open(table))
        )

    def invoice_use(self, debtor: int, tag: bytes) -> Any:
        """The open row of book.invoice_use, or None."""
        table = book.invoice_use
        return self._read.first(
            select(table).where(table.c.debtor == debtor, table.c.tag == tag, still_open(table))
        )

    def receipt_counted(self, buyer: int, tag: bytes) -> bool:
        """Whether a delivery note of this buyer was counted already."""
        receipt, trade = book.receipt.c, book.trade.c
        found = self._read.scalar(
            select(receipt.tag)
            .join(book.trade, and_(trade.trade == receipt.trade, still_open(book.trade)))
            .where(receipt.tag == tag, trade.buyer == buyer)
        )
        return found is not None

    def issue_known(self, digest: bytes) -> bool:
        """Whether a first payable of the issue was taken, so that the chain keeps it."""
        return (
            self._read.scalar(
                select(book.issue.c.issue).where(book.issue.c.issue == digest, still_open(book.issue))
            )
            is not None
        )

    def act_block(self, act: bytes) -> int | None:
        """The block in which an act took effect, or None."""
        found: int | None = self._read.scalar(select(book.act.c.block).where(book.act.c.act == act))
        return found

    def enrolled(self, address: Address) -> int | None:
        """The party for which an address is enrolled, active or not."""
        found: int | None = self._read.scalar(
            select(book.signer.c.party).where(
                book.signer.c.signer == address_bytes(address), still_open(book.signer)
            )
        )
        return found

    def _find_signer(self, address: Address) -> SignerFacts | None:
        table = book.signer
        row = self._read.first(
            select(table).where(table.c.signer == address_bytes(address), still_open(table))
        )
        if row is None or row.active_from > self.chain_time:
            return None
        return SignerFacts(PartyId(row.party), PersonNumber(row.person), row.powers, SignerKind(row.kind))
