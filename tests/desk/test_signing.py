"""Which message a party signs, and that the signature is over the digest that contracts make of it."""

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from ledger.desk.keystore import signing_key
from ledger.desk.permit import Permit, Token, permit_digest
from ledger.desk.signing import own_message, sign
from ledger.domain.acts import Confirm, Quote, Terms, Transfer, typed_data
from ledger.domain.drafts import Draft, check_key_signature
from ledger.domain.errors import NotAllowed
from ledger.domain.ids import NO_DIGEST, NO_TRADE, NOBODY, Address, ChainTime, Digest, PartyId, ReceivableId
from ledger.domain.units import NO_LIMIT, Amount, Bps, Currency, Place
from tests.desk.shown import PIN

KEY = signing_key(bytes(31) + b"\7")
TERMS = Terms(
    PartyId(3), PartyId(4), Amount(100), Currency("EUR"), ChainTime(9), Place("DE"), 1, NO_DIGEST, NO_TRADE,
    NOBODY, NOBODY, Digest(bytes(32)), 1, ChainTime(5),
)  # fmt: skip
QUOTE = Quote(
    PartyId(9), PartyId(4), NO_DIGEST, ReceivableId(1), 0, 1, Amount(100), Amount(90), Bps(0), Amount(0), False,
    NO_LIMIT, False, 0, ChainTime(5),
)  # fmt: skip


def draft(kind: str, **messages: object) -> Draft:
    return Draft(kind, PIN.chain_id, PIN.ledger, PIN.parties, messages)  # type: ignore[arg-type]


def sold(quote: Quote) -> Transfer:
    digest = draft("fill", quote=quote).digest("quote")
    return Transfer(
        quote.receivable, 0, 1, Amount(100), PartyId(4), PartyId(9), Amount(90), Amount(0), False, NO_DIGEST, digest, ChainTime(5)
    )  # fmt: skip


def test_debtor_and_creditor_sign_their_own_messages() -> None:
    both = draft("confirm", terms=TERMS, confirm=Confirm(TERMS, ()))
    assert own_message(both, PartyId(3)) == "confirm"
    assert own_message(both, PartyId(4)) == "terms"
    with pytest.raises(NotAllowed):
        own_message(both, PartyId(5))


def test_financier_and_seller_sign_their_own_messages() -> None:
    filled = draft("fill", quote=QUOTE, transfer=sold(QUOTE))
    assert own_message(filled, PartyId(9)) == "quote"
    assert own_message(filled, PartyId(4)) == "transfer"
    with pytest.raises(NotAllowed):
        own_message(filled, PartyId(5))


def test_the_signature_is_by_the_key_over_what_wallets_show() -> None:
    request = draft("confirm", terms=TERMS)
    signature = sign(request, "terms", KEY)
    check_key_signature(request, signature)
    shown = encode_typed_data(full_message=typed_data(TERMS, PIN.domain()))
    assert Account.recover_message(shown, signature=signature.proof) == KEY.address


def test_a_permit_is_what_tokens_verify() -> None:
    token = Token("Duebill settlement token", 31337, Address("0x" + "55" * 20))
    permit = Permit(KEY.address, PIN.ledger, 10**20, 3, 1_800_000_000)
    words = ("value", "nonce", "deadline")
    fields = [("owner", "address"), ("spender", "address"), *((name, "uint256") for name in words)]
    shown = encode_typed_data(
        {
            "name": token.name,
            "version": "1",
            "chainId": token.chain_id,
            "verifyingContract": token.address,
        },
        {"Permit": [{"name": name, "type": kind} for name, kind in fields]},
        {name: getattr(permit, name) for name, _ in fields},
    )
    proof = KEY.sign_digest(permit_digest(permit, token))
    assert Account.recover_message(shown, signature=proof) == KEY.address
