"""The message by which a signer signs in (EIP-4361), and the tokens that it got for it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ledger.desk.errors import OtherMessage
from ledger.desk.folder import read_json, write_json
from ledger.desk.keystore import SigningKey
from ledger.domain.ids import Address

_FILE = "session.json"
_STATEMENT = "Sign in to Duebill for this party."
_MARGIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Place:
    """What the service says has to be in the message."""

    domain: str
    uri: str
    chain_id: int


def message(place: Place, signer: Address, nonce: str, now: datetime) -> str:
    """The text that is signed."""
    return (
        f"{place.domain} wants you to sign in with your Ethereum account:\n{signer}\n\n{_STATEMENT}\n\n"
        f"URI: {place.uri}\nVersion: 1\nChain ID: {place.chain_id}\nNonce: {nonce}\n"
        f"Issued At: {now.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    )


def signed_message(
    place: Place, url: str, chain_id: int, key: SigningKey, nonce: str, now: datetime
) -> tuple[str, str]:
    """Message and signature for the service at `url` alone. Raises OtherMessage for another's domain or chain."""
    wanted = urlsplit(url).netloc
    if place.domain != wanted:
        raise OtherMessage("sign-in domain", place.domain, wanted)
    if place.chain_id != chain_id:
        raise OtherMessage("sign-in chain", str(place.chain_id), str(chain_id))
    text = message(place, key.address, nonce, now)
    return text, "0x" + key.sign_text(text).hex()


def kept_token(folder: Path, url: str, signer: Address, now: datetime) -> str | None:
    """A token that still holds for a while, or None."""
    if not (folder / _FILE).exists():
        return None
    kept = read_json(folder / _FILE).get(f"{url} {signer}")
    if kept is None or datetime.fromisoformat(kept["expires_at"]) < now + _MARGIN:
        return None
    return str(kept["token"])


def keep_token(folder: Path, url: str, signer: Address, token: str, expires_at: datetime) -> None:
    """Keeps a token for the next command."""
    kept = read_json(folder / _FILE) if (folder / _FILE).exists() else {}
    kept[f"{url} {signer}"] = {"token": token, "expires_at": expires_at.isoformat()}
    write_json(folder / _FILE, kept)
