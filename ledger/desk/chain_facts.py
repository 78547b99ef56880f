"""What is so on chain, asked of a node directly: who has to sign a draft when there is no service to say it."""

from typing import Any

from eth_abi.exceptions import DecodingError

from ledger.chain.abi import artefact, functions
from ledger.chain.reverts import Reverts
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.desk.errors import OtherDeployment
from ledger.desk.pin import Pin
from ledger.domain.demands import ReceivableFacts, SignerFacts, TradeFacts
from ledger.domain.errors import NotFound
from ledger.domain.ids import (
    Address,
    Digest,
    PartyId,
    PersonNumber,
    PieceId,
    ReceivableId,
    TradeId,
    digest_text,
    receivable_text,
)
from ledger.domain.powers import SignerKind
from ledger.domain.slots import Piece
from ledger.domain.units import Amount, Currency, bytes_letters


class ChainFacts:
    """Facts of one deployment at the node's latest block. Answers of a contract that is not there are refused as another's."""

    def __init__(self, rpc: Rpc, pin: Pin) -> None:
        self._rpc = rpc
        self._pin = pin
        self._reverts = Reverts.of_artefacts()
        self._functions = {
            "ledger": functions(artefact("Ledger")["abi"]),
            "parties": functions(artefact("Parties")["abi"]),
        }

    def check_place(self) -> None:
        """Raises OtherDeployment unless the node is of the pinned chain and the ledger lies there."""
        chain_id = int(self._rpc.call("eth_chainId"), 16)
        if chain_id != self._pin.chain_id:
            raise OtherDeployment("chain_id", str(chain_id), str(self._pin.chain_id))
        genesis = str(self._rpc.call("eth_getBlockByNumber", "0x0", False)["hash"])
        if self._pin.genesis_hash and genesis != self._pin.genesis_hash:
            raise OtherDeployment("genesis_hash", genesis, self._pin.genesis_hash)
        (parties,) = self._ask("ledger", "parties")
        if parties.lower() != self._pin.parties.lower():
            raise OtherDeployment("parties", str(parties), self._pin.parties)

    def operator(self) -> PartyId:
        """The party that runs the service."""
        return PartyId(self._ask("parties", "operator")[0])

    def signer(self, address: Address) -> SignerFacts | None:
        """Whom this address is enrolled for."""
        party, kind, person, powers, _ = self._ask("parties", "signer", address)
        if not party:
            return None
        return SignerFacts(PartyId(party), PersonNumber(person), powers, SignerKind(kind))

    def trade(self, trade: TradeId) -> TradeFacts:
        """Between whom a trade is. Raises NotFound."""
        buyer, seller, currency, *_ = self._ask("ledger", "trade", trade)
        if not buyer:
            raise NotFound(kind="trade", id=digest_text(trade))
        return TradeFacts(PartyId(buyer), PartyId(seller), Currency(bytes_letters(currency)))

    def receivable(self, receivable: ReceivableId) -> ReceivableFacts:
        """Who owes a receivable. Raises NotFound."""
        (record,) = self._ask("ledger", "receivable", receivable)
        if not record[0]:
            raise NotFound(kind="receivable", id=receivable_text(receivable))
        return ReceivableFacts(PartyId(record[0]), Currency(bytes_letters(record[8])))

    def piece(self, piece: PieceId) -> Piece:
        """A piece as it stands. Raises NotFound."""
        (word,) = self._ask("ledger", "piece", piece.receivable, piece.start)
        if not word:
            raise NotFound(kind="piece", id=str(piece))
        return Piece.from_word(word)

    def owed(self, receivable: ReceivableId) -> Amount:
        """Principal and interest still owed now."""
        return Amount(sum(self._ask("ledger", "owed", receivable)))

    def issue_known(self, issue: Digest) -> bool:
        """Whether somebody has taken payables of this issue before."""
        (record,) = self._ask("ledger", "issued", issue)
        return bool(record[0])

    def call_data(self, contract: str, function: str, arguments: tuple[Any, ...]) -> tuple[Address, str]:
        """To which contract a call goes, and its calldata."""
        address = self._pin.parties if contract == "parties" else self._pin.ledger
        return address, self._functions[contract][function].data(*arguments)

    def _ask(self, contract: str, function: str, *arguments: Any) -> tuple[Any, ...]:
        address, data = self.call_data(contract, function, arguments)
        answer = self._rpc.ask([("eth_call", [{"to": address, "data": data}, "latest"])])[0]
        if isinstance(answer, NodeRefused):
            if answer.data is None:
                raise answer
            raise self._reverts.refusal(answer.data)
        try:
            return self._functions[contract][function].result(answer)
        except DecodingError:
            raise OtherDeployment(contract, "a contract that does not answer", address) from None
