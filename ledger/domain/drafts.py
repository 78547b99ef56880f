"""The draft document: an act that may still lack signatures. The same in the service, in a file and for `duebill send --self`.

    {"duebill": "draft/1", "kind": K, "chain_id": "31337", "ledger": "0x…", "parties": "0x…",
     "messages": {NAME: {"type": T, "body": message}}, "extra": {…},
     "signatures": [{"message": NAME, "signer": "0x…", "proof": "0x…"}]}

A kind for each door of the contracts. Who has to sign, and the call itself, are in demands.py. A draft reserves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Any, Self

from . import eip712
from .acts import (
    Accept,
    Account,
    Act,
    Confirm,
    Domain,
    Hash,
    Issue,
    Quote,
    Transfer,
    Uint256,
    Use,
    deadline_of,
    digest,
    from_message,
    hash_struct,
    to_message,
)
from .errors import BadField, DraftsDiffer, MessageMissing, SignatureInvalid
from .ids import NO_DIGEST, Address, ChainTime, Digest, digest_text
from .signatures import recover

FORMAT = "draft/1"
MAX_SIGNATURES = 64
_KEYS = ("duebill", "kind", "chain_id", "ledger", "parties", "messages", "extra", "signatures")


@dataclass(frozen=True, slots=True)
class Door:
    """One kind of draft: the contract's function, its messages by name, and the one whose digest events name."""

    contract: str
    function: str
    messages: Mapping[str, str]
    subject: str
    extra: str = ""


DOORS: Mapping[str, Door] = MappingProxyType({
    "admit": Door("parties", "admit", {"admission": "Admission"}, "admission"),
    "order": Door("ledger", "order", {"order": "Order"}, "order"),
    "receipt": Door("ledger", "recordReceipt", {"receipt": "Receipt"}, "receipt"),
    "invoice": Door("ledger", "recordInvoice", {"invoice": "Invoice"}, "invoice"),
    "confirm": Door("ledger", "confirm", {"confirm": "Confirm", "terms": "Terms"}, "confirm"),
    "accept": Door("ledger", "accept", {"issue": "Issue", "accept": "Accept"}, "accept", "leaf"),
    "split": Door("ledger", "split", {"split": "Split"}, "split"),
    "transfer": Door("ledger", "transfer", {"transfer": "Transfer"}, "transfer"),
    "fill": Door("ledger", "fill", {"quote": "Quote", "transfer": "Transfer"}, "transfer", "sellerProof"),
    "pay": Door("ledger", "pay", {"pay": "Pay"}, "pay"),
    "bank_paid": Door("ledger", "bankPaid", {"bank_paid": "BankPaid"}, "bank_paid"),
    "acknowledge": Door("ledger", "acknowledge", {"acknowledge": "Acknowledge"}, "acknowledge"),
    "revoke": Door("ledger", "revoke", {"revoke": "Revoke"}, "revoke", "proofOfSigning"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """What of an issue's leaf is taken (LeafProof in ILedger): hashes of all its payables, positions and uses of those taken."""

    hashes: tuple[Hash, ...]
    positions: tuple[Uint256, ...]
    uses: tuple[tuple[Use, ...], ...]
    proof: tuple[Hash, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature as the contracts take it (Signature in contracts/acts)."""

    signer: Account
    proof: Annotated[bytes, "bytes"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer's proof over one message of a draft."""

    message: str
    signer: Address
    proof: bytes


@dataclass(frozen=True, slots=True)
class Extra:
    """What a door takes beside messages and signatures; each member belongs to one kind."""

    leaf: Leaf | None = None
    seller_proof: tuple[Digest, ...] = ()
    proof_of_signing: Proof | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft whose messages agree with each other. Raises BadField or DraftsDiffer when they do not."""

    kind: str
    chain_id: int
    ledger: Address
    parties: Address
    messages: Mapping[str, Act]
    extra: Extra = field(default_factory=Extra)
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        _check_names(self)
        _check_agreement(self)

    @property
    def door(self) -> Door:
        """The contract's function that this draft is for."""
        return DOORS[self.kind]

    @property
    def domain(self) -> Domain:
        """Where its signatures count."""
        return Domain(self.chain_id, self.parties if self.door.contract == "parties" else self.ledger)

    @property
    def deadline(self) -> ChainTime:
        """The first deadline of its messages, in UTC seconds of the chain."""
        return min(map(deadline_of, self.messages.values()))

    def act(self, name: str) -> Act:
        """One of its messages. Raises MessageMissing."""
        if name not in self.messages:
            raise MessageMissing(kind=self.kind, message=name)
        return self.messages[name]

    def digest(self, name: str) -> Digest:
        """What is signed for one of its messages. Raises MessageMissing."""
        return digest(self.act(name), self.domain)

    def subject(self) -> Digest:
        """The digest that the chain's events will name as `act`. Raises MessageMissing."""
        return self.digest(self.door.subject)

    def with_message(self, name: str, act: Act, extra: Extra | None = None) -> Self:
        """The draft with one more message. Raises DraftsDiffer when another stands there or the messages contradict."""
        if self.messages.get(name, act) != act:
            raise DraftsDiffer(
                field=f"messages.{name}", found="another", limit="the message that stands there"
            )
        return replace(self, messages={**self.messages, name: act}, extra=extra or self.extra)

    def with_signature(self, signature: Signature) -> Self:
        """The draft with one more signature; a signer has one proof a message: what stands there if it holds, else this."""
        others = [each for each in self.signatures if not _same_place(each, signature)]
        standing = [each for each in self.signatures if _same_place(each, signature)]
        if any(_holds(self, each) for each in standing):
            return self
        return replace(self, signatures=(*others, signature))


def merge(one: Draft, other: Draft) -> Draft:
    """Both copies' messages and signatures. Raises DraftsDiffer when they are not copies of one draft."""
    for name in ("kind", "chain_id", "ledger", "parties"):
        if getattr(one, name) != getattr(other, name):
            raise DraftsDiffer(field=name, found=str(getattr(other, name)), limit=str(getattr(one, name)))
    merged = replace(one, extra=_merge_extra(one.extra, other.extra))
    for message, act in other.messages.items():
        merged = merged.with_message(message, act)
    for signature in other.signatures:
        merged = merged.with_signature(signature)
    return merged


def check_key_signature(draft: Draft, signature: Signature) -> None:
    """Raises SignatureInvalid unless the signer's own key made the proof (ERC-1271 proofs only the chain can tell)."""
    try:
        found = recover(draft.digest(signature.message), signature.proof)
    except BadField as refusal:
        raise SignatureInvalid(
            signature.message, signature.signer, f"{refusal.found}, not {refusal.limit}"
        ) from None
    if found != signature.signer:
        raise SignatureInvalid(
            signature.message, signature.signer, f"made by {found} or over another message"
        )


def _same_place(one: Signature, other: Signature) -> bool:
    return (one.message, one.signer) == (other.message, other.signer)


def _holds(draft: Draft, signature: Signature) -> bool:
    try:
        check_key_signature(draft, signature)
    except SignatureInvalid:
        return False
    return True


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft document."""
    return {
        "duebill": FORMAT,
        "kind": draft.kind,
        "chain_id": str(draft.chain_id),
        "ledger": draft.ledger,
        "parties": draft.parties,
        "messages": {
            name: {"type": type(act).__name__, "body": to_message(act)}
            for name, act in draft.messages.items()
        },
        "extra": extra_to_json(draft.extra),
        "signatures": [
            {"message": each.message, "signer": each.signer, "proof": "0x" + each.proof.hex()}
            for each in draft.signatures
        ],
    }


def from_json(document: object) -> Draft:
    """The draft that a document holds, strictly. Raises BadField or DraftsDiffer. Checks no signature."""
    values = _exactly(document, _KEYS, "draft")
    if values["duebill"] != FORMAT:
        raise BadField(field="draft.duebill", found=str(values["duebill"])[:40], limit=FORMAT)
    named = {"chainId": values["chain_id"], "ledger": values["ledger"], "parties": values["parties"]}
    where = eip712.from_message(_Where, named, "draft")
    kind = values["kind"]
    if not isinstance(kind, str) or kind not in DOORS:
        raise BadField(field="draft.kind", found=str(kind)[:40], limit="one of " + ", ".join(DOORS))
    messages = values["messages"] if isinstance(values["messages"], dict) else {}
    return Draft(
        kind=kind,
        chain_id=where.chain_id,
        ledger=where.ledger,
        parties=where.parties,
        messages={name: message_from_json(kind, name, given) for name, given in messages.items()},
        extra=extra_from_json(kind, values["extra"]),
        signatures=_signatures_from_json(values["signatures"]),
    )


def message_from_json(kind: str, name: str, given: object) -> Act:
    """One message {"type", "body"} of a draft of this kind. Raises BadField."""
    path = f"draft.messages.{name}"[:80]
    wanted = DOORS[kind].messages.get(name)
    if wanted is None:
        raise BadField(field=path, found="present", limit="one of " + ", ".join(DOORS[kind].messages))
    values = _exactly(given, ("type", "body"), path)
    if values["type"] != wanted:
        raise BadField(field=f"{path}.type", found=str(values["type"])[:40], limit=wanted)
    return from_message(wanted, values["body"])


def extra_to_json(extra: Extra) -> dict[str, Any]:
    """The `extra` member; empty members are left out."""
    found: dict[str, Any] = {}
    if extra.leaf is not None:
        found["leaf"] = to_message(extra.leaf)
    if extra.seller_proof:
        found["sellerProof"] = [digest_text(each) for each in extra.seller_proof]
    if extra.proof_of_signing is not None:
        found["proofOfSigning"] = to_message(extra.proof_of_signing)
    return found


def extra_from_json(kind: str, given: object) -> Extra:
    """The `extra` member of a draft of this kind. Raises BadField."""
    if not isinstance(given, dict) or given.keys() - {DOORS[kind].extra}:
        raise BadField(
            field="draft.extra", found=str(given)[:80], limit=f"only {DOORS[kind].extra or 'nothing'}"
        )
    if "leaf" in given:
        return Extra(leaf=eip712.from_message(Leaf, given["leaf"], "draft.extra.leaf"))
    if "proofOfSigning" in given:
        return Extra(
            proof_of_signing=eip712.from_message(Proof, given["proofOfSigning"], "draft.extra.proofOfSigning")
        )
    path = eip712.from_message(_Path, {"hashes": given.get("sellerProof", [])}, "draft.extra.sellerProof")
    return Extra(seller_proof=path.hashes)


@dataclass(frozen=True, slots=True)
class _Where:
    chain_id: Uint256
    ledger: Account
    parties: Account


@dataclass(frozen=True, slots=True)
class _Path:
    hashes: tuple[Hash, ...]


def _signatures_from_json(given: object) -> tuple[Signature, ...]:
    if not isinstance(given, list) or len(given) > MAX_SIGNATURES:
        raise BadField(
            field="draft.signatures", found=str(given)[:40], limit=f"a list of at most {MAX_SIGNATURES}"
        )
    return tuple(signature_from_json(each, f"draft.signatures[{at}]") for at, each in enumerate(given))


def signature_from_json(given: object, path: str = "signature") -> Signature:
    """One signature {"message", "signer", "proof"}. Raises BadField. Checks no proof."""
    values = _exactly(given, ("message", "signer", "proof"), path)
    proof = eip712.from_message(Proof, {name: values[name] for name in ("signer", "proof")}, path)
    if not isinstance(values["message"], str):
        raise BadField(field=f"{path}.message", found=str(values["message"])[:40], limit="a message's name")
    return Signature(values["message"], proof.signer, proof.proof)


def _exactly(given: object, keys: tuple[str, ...], path: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise BadField(field=path, found=type(given).__name__, limit="an object")
    for key in sorted(set(keys).symmetric_difference(map(str, given)), key=str):
        raise BadField(
            field=f"{path}.{key}"[:120], found="absent" if key in keys else "present", limit=", ".join(keys)
        )
    return given


def _check_names(draft: Draft) -> None:
    """Only messages of the kind, at least one, each of its type; signatures only of messages that are there."""
    if draft.kind not in DOORS:
        raise BadField(field="draft.kind", found=draft.kind[:40], limit="one of " + ", ".join(DOORS))
    wanted = DOORS[draft.kind].messages
    if not draft.messages:
        raise MessageMissing(kind=draft.kind, message=next(iter(wanted)))
    for name, act in draft.messages.items():
        if wanted.get(name) != type(act).__name__:
            raise BadField(
                field=f"draft.messages.{name}"[:80], found=type(act).__name__, limit=str(dict(wanted))
            )
    for each in draft.signatures:
        if each.message not in draft.messages:
            raise BadField(field="draft.signatures", found=each.message[:40], limit=", ".join(draft.messages))


def _check_agreement(draft: Draft) -> None:
    """Two messages of one draft speak of the same thing."""
    confirm, terms = draft.messages.get("confirm"), draft.messages.get("terms")
    if isinstance(confirm, Confirm) and terms is not None and confirm.terms != terms:
        raise DraftsDiffer(field="messages.terms", found="other terms", limit="confirm.terms")
    issue, accept = draft.messages.get("issue"), draft.messages.get("accept")
    if isinstance(accept, Accept):
        if isinstance(issue, Issue):
            _agree("accept.issue", accept.issue, draft.digest("issue"))
        _check_leaf(accept, draft.extra.leaf)
    quote, transfer = draft.messages.get("quote"), draft.messages.get("transfer")
    if isinstance(transfer, Transfer) and draft.kind == "transfer":
        _agree("transfer.quote", transfer.quote, NO_DIGEST)
    if isinstance(transfer, Transfer) and isinstance(quote, Quote):
        _agree("transfer.quote", transfer.quote, draft.digest("quote"))


def _check_leaf(accept: Accept, leaf: Leaf | None) -> None:
    """What is taken stands in the leaf, each payable once, with its uses."""
    if leaf is None:
        return
    if not len(leaf.positions) == len(leaf.uses) == len(accept.payables):
        raise DraftsDiffer(
            "extra.leaf", f"{len(leaf.positions)} positions", f"{len(accept.payables)} payables"
        )
    if list(leaf.positions) != sorted(set(leaf.positions)) or not all(
        at < len(leaf.hashes) for at in leaf.positions
    ):
        raise DraftsDiffer("extra.leaf.positions", str(leaf.positions)[:80], "ascending, within hashes")
    for at, terms, uses in zip(leaf.positions, accept.payables, leaf.uses, strict=True):
        _agree(f"extra.leaf.hashes[{at}]", leaf.hashes[at], hash_struct(Confirm(terms, uses)))


def _agree(path: str, found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise DraftsDiffer(field=path, found=digest_text(found), limit=digest_text(wanted))


def _merge_extra(one: Extra, other: Extra) -> Extra:
    for name in ("leaf", "seller_proof", "proof_of_signing"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            raise DraftsDiffer(field=f"extra.{name}", found="another", limit="the one that stands there")
    return Extra(
        one.leaf or other.leaf,
        one.seller_proof or other.seller_proof,
        one.proof_of_signing or other.proof_of_signing,
    )
