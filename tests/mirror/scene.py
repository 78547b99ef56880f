"""A small trade on a real chain: parties with real keys whose acts are signed, sent and mined, one call each."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from coincurve import PrivateKey
from eth_abi.abi import encode

from ledger.chain import deploy as deploying
from ledger.chain.abi import artefact, functions
from ledger.chain.deployment import Deployment
from ledger.chain.reverts import Reverts
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.acts import (
    Accept,
    Acknowledge,
    Act,
    Admission,
    BankPaid,
    Confirm,
    Domain,
    Enrolment,
    Invoice,
    Issue,
    Limit,
    Order,
    Pay,
    Quote,
    Receipt,
    Revoke,
    Split,
    Terms,
    Transfer,
    Use,
    digest,
    hash_struct,
    to_abi,
)
from ledger.domain.hashing import keccak
from ledger.domain.ids import (
    NO_TRADE,
    ChainTime,
    Digest,
    PartyId,
    PersonNumber,
    ReceivableId,
    Tag,
    TradeId,
    receivable_of_terms,
)
from ledger.domain.powers import Power, Role, SignerKind
from ledger.domain.units import Amount, Bps, Currency, Place
from tests.chain.founders import DEPLOYER_KEY, address_of, founding, key_of, sign

DEBTOR, SUPPLIER, SECOND, BANK = PartyId(3), PartyId(4), PartyId(5), PartyId(6)
EUR = Currency("EUR")
FACE = Amount(30_000_000)
NONE = Digest(bytes(32))
_DAY = 86_400
_GAS = hex(12_000_000)
_MUCH = Amount(10**15)
_PEOPLE = {
    DEBTOR: (Role.CORE_ENTERPRISE, ("maker", "checker", "warehouse")),
    SUPPLIER: (Role.SUPPLIER, ("supplier",)),
    SECOND: (Role.SUPPLIER, ("second",)),
    BANK: (Role.FINANCIER, ("bank",)),
}
_POWERS = {
    "maker": (Power.PROPOSE, Power.PAY),
    "checker": (Power.CONFIRM, Power.PAY),
    "warehouse": (Power.RECEIVE,),
    "supplier": (Power.PROPOSE, Power.RECEIVE, Power.TRANSFER, Power.PAY),
    "second": (Power.PROPOSE, Power.RECEIVE, Power.TRANSFER, Power.PAY),
    "bank": (Power.RECEIVE, Power.TRANSFER, Power.FINANCE),
}


class Scene:
    """Four parties beside the founders. Every act is mined when its call returns, unless `one_block` gathers them."""

    def __init__(self, rpc: Rpc, finality: str = "depth:2") -> None:
        self.rpc = rpc
        self.sender = rpc.call("eth_accounts")[0]
        nonce = deploying.next_nonce(rpc, self.sender)
        chain_id = int(rpc.call("eth_chainId"), 16)
        made = deploying.deploy(
            rpc,
            DEPLOYER_KEY,
            founding(chain_id, self.sender, nonce, self.now()),
            nonce,
            name="test",
            finality=finality,
        )
        self.file = made.to_json()
        self.deployment = Deployment.of_json(self.file)
        self._ledger = Domain(chain_id, made.ledger)
        self._parties = Domain(chain_id, made.parties)
        self._functions = {
            name: functions(artefact(name)["abi"]) for name in ("Ledger", "Parties", "SettlementToken")
        }
        self._count = 0
        for party, (role, people) in _PEOPLE.items():
            self._admit(party, role, people)

    # --- trade and debt

    def order(self) -> TradeId:
        """A trade of debtor and supplier, of which goods worth FACE are received."""
        act = Order(DEBTOR, SUPPLIER, EUR, Amount(40_000_000), self._any("order"), self._soon())
        self._do("order", to_abi(act), self._by(act, "maker", "supplier"))
        trade = TradeId(digest(act, self._ledger))
        receipt = Receipt(trade, Tag(self._any("note")), FACE, self._any("receipt"), self._soon())
        self._do("recordReceipt", to_abi(receipt), self._by(receipt, "warehouse"))
        invoice = Invoice(trade, FACE, self._any("invoice"), self._soon())
        self._do("recordInvoice", to_abi(invoice), self._by(invoice, "supplier"))
        return trade

    def confirm(self, trade: TradeId = NO_TRADE, face: int = FACE) -> ReceivableId:
        """A receivable of the supplier, due in 60 days."""
        act = Confirm(
            self._terms(trade, Amount(face)), (Use(Tag(self._any("tag")), Amount(face), Amount(face)),)
        )
        debtor, creditor = self._by(act, "maker", "checker"), self._by(act.terms, "supplier")
        self._do("confirm", to_abi(act), debtor, creditor)
        return receivable_of_terms(digest(act.terms, self._ledger))

    def issue(self, faces: Sequence[int] = (1_000, 2_000)) -> Digest:
        """Payables under one root, all for the supplier, who takes the first of them."""
        payables = [
            Confirm(
                self._terms(NO_TRADE, Amount(face)), (Use(Tag(self._any("tag")), Amount(face), Amount(face)),)
            )
            for face in faces
        ]
        hashes = [hash_struct(each) for each in payables]
        root = Digest(keccak(keccak(encode(["uint32", "bytes32[]"], [SUPPLIER, hashes]))))
        due = max(each.terms.due_at for each in payables)
        issue = Issue(
            DEBTOR, EUR, root, len(faces), Amount(sum(faces)), due, 1, max(p.terms.deadline for p in payables)
        )
        accept = Accept(digest(issue, self._ledger), (payables[0].terms,))
        leaf: tuple[Any, ...] = (hashes, [0], [[to_abi(use) for use in payables[0].uses]], [])
        signed = self._by(issue, "maker", "checker"), self._by(accept, "supplier")
        self._do("accept", to_abi(issue), signed[0], to_abi(accept), leaf, signed[1])
        return accept.issue

    def revoke(self) -> None:
        """The supplier takes a signature over an order back that never came to the chain."""
        act = Order(DEBTOR, SUPPLIER, EUR, Amount(1), self._any("order"), self._soon())
        over = Revoke(SUPPLIER, digest(act, self._ledger), NONE, self._soon())
        (signed,) = self._by(act, "supplier")
        self._do("revoke", to_abi(over), signed, self._by(over, "supplier"))

    # --- pieces

    def split(self, id_: ReceivableId, *parts: int, start: int = 0, by: str = "supplier") -> None:
        """Cuts a piece."""
        version = self.piece(id_, start)[3]
        act = Split(id_, start, version, tuple(Amount(part) for part in parts), self._soon())
        self._do("split", to_abi(act), self._by(act, by))

    def transfer(
        self, id_: ReceivableId, amount: int, start: int = 0, sides: tuple[str, str] = ("supplier", "second")
    ) -> Digest:
        """Moves the right end of a piece, against nothing; returns the act's digest."""
        parties = {"supplier": SUPPLIER, "second": SECOND, "bank": BANK, "maker": DEBTOR}
        act = self._transfer(id_, start, amount, parties[sides[0]], parties[sides[1]])
        self._do("transfer", to_abi(act), self._by(act, *sides))
        return digest(act, self._ledger)

    def fill(self, id_: ReceivableId, amount: int, start: int) -> None:
        """The bank buys the second supplier's piece at 4.80 % a year."""
        version = self.piece(id_, start)[3]
        quote = Quote(
            BANK, SECOND, NONE, id_, start, version, Amount(amount), Amount(0), Bps(480), Amount(0), False,
            Amount(2**64 - 1), False, 0, self._soon(),
        )  # fmt: skip
        moved = self._transfer(id_, start, amount, SECOND, BANK)
        act = replace(moved, quote=digest(quote, self._ledger))
        self._do("fill", to_abi(quote), self._by(quote, "bank"), to_abi(act), [], self._by(act, "second"))

    # --- money

    def pay(self, id_: ReceivableId, amount: int) -> None:
        """The debtor pays in tokens."""
        self._count += 1
        act = Pay(id_, Amount(amount), Amount(amount), self._count, self._soon())
        self._do("pay", to_abi(act), self._by(act, "maker"))

    def distribute(self, id_: ReceivableId, *starts: int) -> None:
        """Pays out what is due."""
        self._do("distribute", id_, list(starts))

    def pay_out(self, party: PartyId) -> None:
        """Pays a credit out."""
        self._do("payOut", party, self.deployment.token)

    def pay_by_bank(self, id_: ReceivableId, start: int, holder: str) -> None:
        """The debtor pays one holder by bank, who acknowledges it."""
        _, length, _, version, _, _ = self.piece(id_, start)
        paid = BankPaid(id_, start, version, Amount(length), self._any("evidence"), self._soon())
        self._do("bankPaid", to_abi(paid), self._by(paid, "maker", "checker"))
        now_holder, _, _, version, _, _ = self.piece(id_, start)
        act = Acknowledge(id_, start, version, PartyId(now_holder), digest(paid, self._ledger), self._soon())
        self._do("acknowledge", to_abi(act), self._by(act, holder))

    def play(self) -> ReceivableId:
        """A receivable from order to settlement, with every event of the ledger."""
        id_ = self.confirm(self.order())
        self.issue()
        self.revoke()
        self.split(id_, 15_000_000, 15_000_000)
        self.transfer(id_, 10_000_000, 15_000_000)
        self.fill(id_, 10_000_000, 20_000_000)
        self.pay(id_, 10_000_001)
        self.split(id_, 5_000_000, 10_000_000)
        self.pay_out(SUPPLIER)
        self.distribute(id_, 15_000_000, 20_000_000)
        self.warp(59 * _DAY)
        self.pay_by_bank(id_, 15_000_000, "supplier")
        self.pay(id_, 19_999_999)
        self.distribute(id_, 0, 5_000_000, 20_000_000)
        return id_

    # --- chain

    def now(self) -> int:
        """The head's time."""
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def height(self) -> int:
        """The head's number."""
        return int(self.rpc.call("eth_blockNumber"), 16)

    def mine(self, blocks: int = 1) -> None:
        """Empty blocks."""
        for _ in range(blocks):
            self.rpc.call("evm_mine")

    def warp(self, seconds: int) -> None:
        """Moves the chain's clock."""
        self.rpc.call("evm_increaseTime", hex(seconds))
        self.mine()

    @contextmanager
    def one_block(self) -> Iterator[None]:
        """What is sent inside comes into one block."""
        self._waits = True
        self.rpc.call("evm_setAutomine", False)
        try:
            yield
        finally:
            self.mine()
            self.rpc.call("evm_setAutomine", True)
            self._waits = False

    _waits = False

    def piece(self, id_: ReceivableId, start: int) -> tuple[int, int, int, int, int, int]:
        """Holder, length, paid, version, flags, until."""
        function = self._functions["Ledger"]["piece"]
        answer = self.rpc.call(
            "eth_call", {"to": self.deployment.ledger, "data": function.data(id_, start)}, "latest"
        )
        word = int(answer, 16)
        bits: Callable[[int, int], int] = lambda low, width: word >> low & (1 << width) - 1  # noqa: E731
        return bits(0, 32), bits(32, 64), bits(96, 64), bits(160, 32), bits(192, 16), bits(208, 48)

    def refused(self, function: str, *arguments: Any) -> str:
        """The name of the error with which the ledger refuses a call."""
        asked = {"to": self.deployment.ledger, "data": self._functions["Ledger"][function].data(*arguments)}
        answer = self.rpc.ask([("eth_call", [asked, "latest"])])[0]
        assert isinstance(answer, NodeRefused)
        return Reverts.of_artefacts().refusal(answer.data).name

    # --- inside

    def _admit(self, party: PartyId, role: Role, people: Sequence[str]) -> None:
        keys = [key_of(name) for name in people]
        signers = tuple(
            Enrolment(
                address_of(key), SignerKind.KEY, PersonNumber(at + 1), sum(1 << p for p in _POWERS[name])
            )
            for at, (key, name) in enumerate(zip(keys, people, strict=True))
        )
        limits = tuple(
            Limit(address_of(key), EUR, power, _MUCH, Amount(2**64 - 1) if power != Power.CONFIRM else _MUCH)
            for key, name in zip(keys, people, strict=True)
            for power in _POWERS[name]
        )
        account = address_of(key_of(f"account of {people[0]}"))
        act = Admission(
            self._any("record"), role, False, account, self._any("sealing"), NONE, 0, PartyId(2), self._any("seen"),
            tuple(self._any(name) for name in people), signers, limits, (address_of(key_of("guardian")),), self._soon(),
        )  # fmt: skip
        over = digest(act, self._parties)
        everyone = [key_of("operator"), key_of("attestor"), *keys]
        self._send("Parties", "admit", to_abi(act), [_signature(key, over) for key in everyone])
        self._fund(key_of(f"account of {people[0]}"))

    def _fund(self, account: PrivateKey) -> None:
        """Money in the account, and the ledger's right to pull it."""
        token = functions(artefact("SettlementToken")["abi"])
        address = address_of(account)
        assert self.deployment.token is not None
        self._transact(self.deployment.token, token["mint"].data(address, 10**12), self.sender)
        self.rpc.call("anvil_setBalance", address, hex(10**18))
        self.rpc.call("anvil_impersonateAccount", address)
        allowed = token["approve"].data(self.deployment.ledger, 2**255)
        self._transact(self.deployment.token, allowed, address)

    def _terms(self, trade: TradeId, face: Amount) -> Terms:
        due = ChainTime(self.now() + 60 * _DAY)
        return Terms(
            DEBTOR, SUPPLIER, face, EUR, due, Place("DE"), 1, self._any("text"), trade, PartyId(0), PartyId(0),
            self._any("invoices"), 1, self._soon(),
        )  # fmt: skip

    def _transfer(self, id_: ReceivableId, start: int, amount: int, from_: PartyId, to: PartyId) -> Transfer:
        version = self.piece(id_, start)[3]
        return Transfer(
            id_,
            start,
            version,
            Amount(amount),
            from_,
            to,
            Amount(0),
            Amount(0),
            False,
            NONE,
            NONE,
            self._soon(),
        )

    def _by(self, act: Act, *names: str) -> list[tuple[str, bytes]]:
        return [_signature(key_of(name), digest(act, self._ledger)) for name in names]

    def _any(self, name: str) -> Digest:
        self._count += 1
        return Digest(keccak(f"{name} {self._count}".encode()))

    def _soon(self) -> ChainTime:
        return ChainTime(self.now() + 7 * _DAY)

    def _do(self, function: str, *arguments: Any) -> None:
        self._send("Ledger", function, *arguments)

    def _send(self, contract: str, function: str, *arguments: Any) -> None:
        to = self.deployment.ledger if contract == "Ledger" else self.deployment.parties
        self._transact(to, self._functions[contract][function].data(*arguments), self.sender)

    def _transact(self, to: str, data: str, sender: str) -> None:
        call = {"from": sender, "to": to, "data": data, "gas": _GAS}
        sent = self.rpc.call("eth_sendTransaction", call)
        if self._waits:
            return
        receipt = self._receipt(sent)
        if int(receipt["status"], 16) != 1:
            answer = self.rpc.ask([("eth_call", [call, "latest"])])[0]
            raise AssertionError(str(Reverts.of_artefacts().refusal(getattr(answer, "data", None))))

    def _receipt(self, sent: str) -> Any:
        for _ in range(2000):
            if (found := self.rpc.call("eth_getTransactionReceipt", sent)) is not None:
                return found
            time.sleep(0.005)
        raise AssertionError(f"{sent} was not mined")


def _signature(key: PrivateKey, over: Digest) -> tuple[str, bytes]:
    return address_of(key), sign(key, over)
