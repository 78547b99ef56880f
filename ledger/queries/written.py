"""How the values of rows are written in answers: hex, instants, amounts, and the names of bits."""

from datetime import UTC, datetime

from ledger.domain.ids import address_of_bytes
from ledger.domain.units import NO_LIMIT, Amount, Currency, amount_json

ROLES = ("core-enterprise", "supplier", "financier", "service-provider", "auditor", "operator")
POWERS = ("propose", "confirm", "receive", "transfer", "finance", "pay", "attest", "administer")
FLAGS = ("ended", "waiting", "locked", "frozen", "last-level", "draws-capacity", "written-off")
SIGNER_KINDS = ("none", "key", "contract")
UNDERTAKINGS = ("none", "unconditional", "reserved")

Answer = dict[str, object]
"""One resource as JSON values; the schemas of api/schemas say its fields."""


def hex_text(raw: bytes) -> str:
    """0x and the digits."""
    return "0x" + raw.hex()


def hex_or_none(raw: bytes | None) -> str | None:
    """The same, and None for none: absent, or zero bytes alone."""
    return hex_text(raw) if raw is not None and any(raw) else None


def address(raw: bytes) -> str:
    """EIP-55."""
    return str(address_of_bytes(raw))


def money(minor: int, currency: str) -> dict[str, str]:
    """minor, currency, text."""
    return amount_json(Amount(minor), Currency(currency))


def moment(seconds: int) -> datetime:
    """A chain time."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: int | None) -> datetime | None:
    """A chain time; 0 and None are none."""
    return moment(seconds) if seconds else None


def names_of(mask: int, names: tuple[str, ...]) -> list[str]:
    """The names of the bits that are set, lowest first."""
    return [name for bit, name in enumerate(names) if mask >> bit & 1]


def name_at(value: int, names: tuple[str, ...]) -> str:
    """The name of a value of an enum; its number where it has none."""
    return names[value] if value < len(names) else str(value)


def limit_or_none(amount: int) -> str | None:
    """A limit's minor units, None where there is no limit."""
    return None if amount == NO_LIMIT else str(amount)
