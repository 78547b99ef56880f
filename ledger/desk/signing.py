"""Which message of a draft a party signs, and the signature itself, over a digest that the desk makes from the message."""

from ledger.desk.keystore import SigningKey
from ledger.domain.acts import Accept, Confirm, Issue, Quote, Terms, Transfer
from ledger.domain.drafts import Draft, Signature
from ledger.domain.errors import NotAllowed
from ledger.domain.ids import PartyId


def own_message(draft: Draft, party: PartyId | None) -> str:
    """The name of the message that this party signs in a draft. Raises NotAllowed where it binds others only."""
    for name, act in draft.messages.items():
        match act:
            case Confirm() if act.terms.debtor == party:
                return name
            case Terms() if act.creditor == party:
                return name
            case Issue() | Terms() | Confirm():
                continue
            case Accept() if all(each.creditor != party for each in act.payables):
                continue
            case Quote() if act.financier != party:
                continue
            case Transfer() if "quote" in draft.messages and act.from_ != party:
                continue
            case _:
                return name
    raise NotAllowed(what="sign", reason=f"nothing in this draft is for party {party} to sign")


def sign(draft: Draft, name: str, key: SigningKey) -> Signature:
    """A person's signature over one message of a draft."""
    return Signature(name, key.address, key.sign_digest(draft.digest(name)))
