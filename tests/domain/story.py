"""Three parties with keys, and the drafts that they sign in tests of drafts and demands."""

from dataclasses import dataclass, replace

from eth_account import Account

from ledger.domain.acts import Confirm, Terms, Use
from ledger.domain.demands import ReceivableFacts, SignerFacts, TradeFacts
from ledger.domain.drafts import Draft, Signature
from ledger.domain.errors import NotFound
from ledger.domain.ids import Address, PartyId, PieceId, ReceivableId, TradeId
from ledger.domain.powers import Power, SignerKind
from ledger.domain.slots import Piece, PieceFlag
from ledger.domain.units import Amount

CHAIN = 31337
LEDGER = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
PARTIES = Address("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512")
OPERATOR, DEBTOR, SUPPLIER, FINANCIER = map(PartyId, (1, 3, 4, 9))
TRADE = TradeId(b"\2" * 32)
RECEIVABLE = ReceivableId(0xABC)

TERMS = Terms(
    DEBTOR, SUPPLIER, 10_000, "EUR", 1780264800, "DE", 1, b"\1" * 32, TRADE, 0, 0, b"\3" * 32, 1, 1780000000
)  # fmt: skip
CONFIRM = Confirm(TERMS, (Use(b"\5" * 32, 6_000, 6_000), Use(b"\6" * 32, 4_000, 9_000)))


@dataclass(frozen=True)
class Person:
    """A person with a key, as the register of parties knows it."""

    name: str
    party: PartyId
    number: int
    powers: tuple[Power, ...]

    @property
    def key(self):
        return Account.from_key(self.name.encode().rjust(32, b"\1"))

    @property
    def address(self) -> Address:
        return Address(self.key.address)

    def sign(self, draft: Draft, message: str) -> Signature:
        made = self.key.unsafe_sign_hash(draft.digest(message))
        return Signature(message, self.address, bytes(made.signature))


maker = Person("maker", DEBTOR, 1, (Power.PROPOSE, Power.PAY))
checker = Person("checker", DEBTOR, 2, (Power.CONFIRM, Power.PAY))
second_checker = Person("second checker", DEBTOR, 3, (Power.CONFIRM,))
checkers_other_key = Person("other key", DEBTOR, 2, (Power.CONFIRM,))
warehouse = Person("warehouse", DEBTOR, 4, (Power.RECEIVE,))
seller = Person("seller", SUPPLIER, 1, (Power.PROPOSE, Power.RECEIVE, Power.TRANSFER))
banker = Person("banker", FINANCIER, 1, (Power.FINANCE, Power.RECEIVE))
operator = Person("operator", OPERATOR, 1, (Power.ADMINISTER,))
attestor = Person("attestor", PartyId(2), 1, (Power.ATTEST,))
stranger = Person("stranger", PartyId(0), 1, ())
EVERYONE = (maker, checker, second_checker, checkers_other_key, warehouse, seller, banker, operator, attestor)


class Register:
    """The chain's facts for these persons, one trade and one receivable of 10,000 held by the supplier."""

    def operator(self) -> PartyId:
        return OPERATOR

    def signer(self, address: Address) -> SignerFacts | None:
        for each in EVERYONE:
            if each.address == address:
                powers = sum(1 << power for power in each.powers)
                return SignerFacts(each.party, each.number, powers, SignerKind.KEY)
        return None

    def trade(self, trade: TradeId) -> TradeFacts:
        if trade != TRADE:
            raise NotFound(kind="trade", id=trade.hex())
        return TradeFacts(DEBTOR, SUPPLIER, "EUR")

    def receivable(self, receivable: ReceivableId) -> ReceivableFacts:
        if receivable != RECEIVABLE:
            raise NotFound(kind="receivable", id=str(receivable))
        return ReceivableFacts(DEBTOR, "EUR")

    def piece(self, piece: PieceId) -> Piece:
        return Piece(SUPPLIER, Amount(10_000), Amount(0), 1, PieceFlag(0), 0)

    def owed(self, receivable: ReceivableId) -> Amount:
        return Amount(7_777)


FACTS = Register()


def draft_of(kind: str, **messages: object) -> Draft:
    return Draft(kind, CHAIN, LEDGER, PARTIES, messages)


def signed(draft: Draft, **signers: tuple[Person, ...]) -> Draft:
    for message, persons in signers.items():
        for person in persons:
            draft = draft.with_signature(person.sign(draft, message))
    return draft


def changed(act, **values):
    return replace(act, **values)
