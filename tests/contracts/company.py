"""The parties of the story and what they sign, for brownie's tests."""

from typing import Any

from brownie import chain
from brownie.exceptions import VirtualMachineError
from eth_account.messages import encode_typed_data

from ledger.domain.hashing import keccak
from scripts.deploy import as_tuple, domain_of, key, reachable, sign, struct_types

PROPOSE, CONFIRM, RECEIVE, TRANSFER, FINANCE, PAY = range(6)
ADMINISTER = 7
BUYER, SELLER, SOLE, BANK = 3, 4, 5, 6
CORE_ENTERPRISE, SUPPLIER, FINANCIER = 1, 2, 4
NO_LIMIT = 2**64 - 1
ALL_OWED = 2**64 - 1
DAY_SECONDS = 86_400
CASH = 10**9

Signature = tuple[str, bytes]
Message = dict[str, Any]


class Scene:
    """The contracts, and acts made, signed and sent."""

    def __init__(self, contracts: dict[str, Any], submitter: Any) -> None:
        self.parties = contracts["Parties"]
        self.rules = contracts["Rules"]
        self.ledger = contracts["Ledger"]
        self.token = contracts["SettlementToken"]
        self.timelock = contracts["Timelock"]
        self.submitter = submitter
        self._types = struct_types(self.ledger.abi) | struct_types(self.parties.abi)

    def send(self, door: Any, *arguments: Any) -> Any:
        """Sends a complete act; who sends it has no meaning."""
        return door(*arguments, {"from": self.submitter})

    def sign(self, name: str, message: Message, *people: str) -> list[Signature]:
        """The signatures of people over one message to the ledger."""
        domain = domain_of(self.ledger.address)
        return [sign(key(person), name, message, self._types, domain) for person in people]

    def pack(self, name: str, message: Message) -> tuple[Any, ...]:
        """The message as the ABI takes it."""
        return as_tuple(name, message, self._types)

    def digest(self, name: str, message: Message) -> bytes:
        """What is signed."""
        signable = encode_typed_data(domain_of(self.ledger.address), reachable(name, self._types), message)
        return keccak(b"\x19" + signable.version + signable.header + signable.body)

    # --- parties

    def admit_all(self) -> None:
        """Admits buyer, seller, a sole supplier and a bank; gives them cash and lets the ledger pull it."""
        buyer = {
            "admin": [ADMINISTER],
            "maker": [PROPOSE, PAY],
            "checker": [CONFIRM, PAY],
            "warehouse": [RECEIVE],
        }
        everything = [PROPOSE, RECEIVE, TRANSFER, FINANCE, PAY]
        self.admit("buyer", CORE_ENTERPRISE, buyer)
        self.admit("seller", SUPPLIER, {"seller": everything})
        self.admit("sole", SUPPLIER, {"sole": everything}, sole=True)
        self.admit("bank", FINANCIER, {"bank": everything})

    def admit(self, name: str, roles: int, people: dict[str, list[int]], *, sole: bool = False) -> Any:
        """Admits a party whose persons have one key each."""
        message = admission(name, roles, people, sole=sole)
        domain = domain_of(self.parties.address)
        signers = ["operator", "attestor", *people]
        signatures = [sign(key(each), "Admission", message, self._types, domain) for each in signers]
        receipt = self.send(self.parties.admit, self.pack("Admission", message), signatures)
        self._fund(key(f"account of {name}"))
        return receipt

    def cash_of(self, name: str) -> int:
        """What lies in a party's account."""
        return int(self.token.balanceOf(key(f"account of {name}").address))

    def _fund(self, account: Any) -> None:
        self.send(self.token.mint, account.address, CASH)
        permit = {
            "owner": account.address,
            "spender": self.ledger.address,
            "value": 2**256 - 1,
            "nonce": 0,
            "deadline": soon(),
        }
        fields = ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"]
        types = {"Permit": [dict(zip(("type", "name"), each.split(), strict=True)) for each in fields]}
        domain = domain_of(self.token.address) | {"name": self.token.name()}
        _, proof = sign(account, "Permit", permit, types, domain)
        self.send(
            self.token.permit,
            *list(permit.values())[:3],
            permit["deadline"],
            proof[64],
            proof[:32],
            proof[32:64],
        )

    # --- acts as they usually are

    def order(self, amount: int = 40_000_000) -> tuple[Any, bytes]:
        """Buyer and seller agree an order; the receipt's return value is the trade."""
        act = {
            "buyer": BUYER,
            "seller": SELLER,
            "currency": b"EUR",
            "amount": amount,
            "document": text("order"),
            "deadline": soon(),
        }
        receipt = self.send(
            self.ledger.order, self.pack("Order", act), self.sign("Order", act, "maker", "seller")
        )
        return receipt, self.digest("Order", act)

    def receive(self, trade: bytes, amount: int = 35_000_000, note: str = "note 1") -> Any:
        """The warehouse receives goods."""
        act = {
            "trade": trade,
            "tag": text(note),
            "amount": amount,
            "document": text("receipt"),
            "deadline": soon(),
        }
        return self.send(
            self.ledger.recordReceipt, self.pack("Receipt", act), self.sign("Receipt", act, "warehouse")
        )

    def terms(self, trade: bytes, face: int = 30_000_000) -> Message:
        """A debt of the buyer to the seller, due in ninety days."""
        return {
            "debtor": BUYER, "creditor": SELLER, "face": face, "currency": b"EUR", "dueAt": chain.time() + 90 * DAY_SECONDS,
            "place": b"DE", "undertaking": 1, "text": text("undertaking"), "trade": trade, "agent": 0, "guarantor": 0,
            "invoices": text("invoices"), "rules": 1, "deadline": soon(),
        }  # fmt: skip

    def confirm(self, terms: Message, uses: list[Message], *debtors: str) -> tuple[Any, int]:
        """Debtor and creditor sign, and the receivable begins; its id comes with the receipt."""
        act = {"terms": terms, "uses": uses}
        creditor = self.sign("Terms", terms, "seller")
        debtor = self.sign("Confirm", act, *(debtors or ("maker", "checker")))
        receipt = self.send(self.ledger.confirm, self.pack("Confirm", act), debtor, creditor)
        return receipt, int.from_bytes(self.digest("Terms", terms)[:24])

    def confirmed(self, face: int = 30_000_000) -> int:
        """A receivable over a trade with goods received, held whole by the seller."""
        _, trade = self.order()
        self.receive(trade)
        _, receivable = self.confirm(self.terms(trade, face), [use("invoice", face)])
        return receivable

    def transfer(self, receivable: int, amount: int, to: int, *people: str, **changes: Any) -> Any:
        """The seller passes on the right end of the whole line."""
        act = {
            "receivable": receivable, "start": 0, "version": 1, "amount": amount, "from": SELLER, "to": to, "price": 0,
            "maxLevel": 0, "recourse": False, "undoes": bytes(32), "quote": bytes(32), "deadline": soon(),
        } | changes  # fmt: skip
        signatures = self.sign("Transfer", act, *people)
        return self.send(self.ledger.transfer, self.pack("Transfer", act), signatures)

    def pay(self, receivable: int, amount: int, at_most: int = NO_LIMIT) -> Any:
        """The debtor pays in tokens."""
        act = {
            "receivable": receivable,
            "amount": amount,
            "maxPull": at_most,
            "nonce": chain.time(),
            "deadline": soon(),
        }
        return self.send(self.ledger.pay, self.pack("Pay", act), self.sign("Pay", act, "checker"))


def admission(name: str, roles: int, people: dict[str, list[int]], *, sole: bool) -> Message:
    """What admits a party; every signer may do 500,000.00 an act with each of his powers."""
    return {
        "record": text(name),
        "roles": roles,
        "sole": sole,
        "account": key(f"account of {name}").address,
        "sealingKey": text(f"sealing key of {name}"),
        "tagKey": bytes(32),
        "group": 0,
        "attestor": 2,
        "evidence": text("evidence"),
        "persons": [text(person) for person in people],
        "signers": [
            {
                "signer": key(person).address,
                "kind": 1,
                "person": at,
                "powers": sum(1 << power for power in powers),
            }
            for at, (person, powers) in enumerate(people.items(), start=1)
        ],
        "limits": [
            {
                "signer": key(person).address,
                "currency": b"EUR",
                "power": power,
                "perAct": 50_000_000,
                "perDay": NO_LIMIT,
            }
            for person, powers in people.items()
            for power in powers
        ],
        "guardians": [key("guardian").address],
        "deadline": soon(),
    }


def use(invoice: str, amount: int, total: int | None = None) -> Message:
    """What a receivable uses of an invoice."""
    return {"tag": text(invoice), "amount": amount, "total": total or amount}


def text(words: str) -> bytes:
    """A hash that stands for something."""
    return keccak(words.encode())


def numbers(values: Any) -> list[int]:
    """Plain integers, which brownie's own refuse to equal in a tuple."""
    return [int(value) for value in values]


def soon() -> int:
    """A deadline tomorrow."""
    return int(chain.time()) + DAY_SECONDS


class Refused:
    """`with Refused("AboveReceived"):` holds when the transaction inside reverts with that custom error."""

    def __init__(self, error: str) -> None:
        self._error = error

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, refusal: BaseException | None, trace: object
    ) -> bool:
        assert refusal is not None, f"not refused; {self._error} was expected"
        if not isinstance(refusal, VirtualMachineError):
            return False
        assert str(refusal.revert_msg).split(":")[0] == self._error, refusal.revert_msg
        return True
