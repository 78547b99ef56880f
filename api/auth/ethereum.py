"""Sign-in with Ethereum (EIP-4361): the message names this service, this chain and a fresh nonce, and its signer signed it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_defunct
from siwe import SiweMessage

from api.auth.refusals import SignInRefused
from ledger.domain.ids import Address, Digest, address_of_text
from ledger.workflows.node import Node

CLOCK_SKEW = timedelta(minutes=2)
OLDEST = timedelta(minutes=15)


@dataclass(frozen=True)
class Place:
    """What a message must name. domain: host and port; uri: where the service is reached."""

    domain: str
    uri: str
    chain_id: int


@dataclass(frozen=True)
class SignedIn:
    """Who signed. nonce: still to be spent; until: as the message says, or None."""

    signer: Address
    nonce: str
    until: datetime | None


def verify(message: str, proof: bytes, place: Place, node: Node, now: datetime) -> SignedIn:
    """Reads and checks a message. Raises SignInRefused, which says what is wrong; spends no nonce."""
    parsed = _parse(message)
    for name, found, wanted in (
        ("domain", parsed.domain, place.domain),
        ("uri", str(parsed.uri).rstrip("/"), place.uri.rstrip("/")),
        ("chain id", str(parsed.chain_id), str(place.chain_id)),
    ):
        if found != wanted:
            raise SignInRefused(reason=f"the {name} is another", found=str(found)[:200], limit=wanted)
    until = _check_times(parsed, now)
    signer = address_of_text(str(parsed.address))
    _check_proof(message, signer, proof, node)
    return SignedIn(signer, str(parsed.nonce), until)


def _parse(message: str) -> SiweMessage:
    try:
        return SiweMessage.from_message(message)
    except ValueError as wrong:
        raise SignInRefused("the message is not EIP-4361", str(wrong)[:200], "EIP-4361") from None


def _check_times(parsed: SiweMessage, now: datetime) -> datetime | None:
    issued, until, begins = (
        _time(parsed.issued_at),
        _time(parsed.expiration_time),
        _time(parsed.not_before),
    )
    if issued is None or not now - OLDEST <= issued <= now + CLOCK_SKEW:
        raise SignInRefused("issued at another time", str(parsed.issued_at), now.isoformat())
    if until is not None and until <= now:
        raise SignInRefused("the message has expired", until.isoformat(), now.isoformat())
    if begins is not None and begins > now + CLOCK_SKEW:
        raise SignInRefused("the message is not valid yet", begins.isoformat(), now.isoformat())
    return until


def _time(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(str(text))
    except ValueError:
        raise SignInRefused("a time of the message is none", str(text)[:60], "ISO 8601") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _check_proof(message: str, signer: Address, proof: bytes, node: Node) -> None:
    signable = encode_defunct(text=message)
    try:
        found = Account.recover_message(signable, signature=proof)
    except Exception:  # noqa: BLE001 - eth-account raises whatever its back end does for bytes that are no signature
        found = None
    if found == signer:
        return
    if not node.vouches(signer, Digest(bytes(_hash_eip191_message(signable))), proof):
        raise SignInRefused("the signature is not by the message's address", str(found), signer)
