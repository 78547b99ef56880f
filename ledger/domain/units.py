"""Money, rates and the two letter codes that acts carry: integers of the minor unit, never a float.

A currency or a place is text in Python ("EUR", "DE") and bytes3 or bytes2 on chain. What the chain tells may be any bytes, so
reading them is total: bytes that are no capital letters become "0x…" and go back unchanged.
"""

import re
from functools import cache
from typing import NewType

import iso4217

from .errors import BadAmount, BadField, UnknownCurrency

Amount = NewType("Amount", int)
"""Minor units of a currency, 0 to 2**64 − 1."""
Bps = NewType("Bps", int)
"""Hundredths of a percent."""
Currency = NewType("Currency", str)
"""ISO 4217 letters."""
Place = NewType("Place", str)
"""ISO 3166-1 alpha-2 letters of the place of payment."""

MAX_AMOUNT = Amount(2**64 - 1)
ALL_OWED = MAX_AMOUNT
"""In `Pay.amount`: all that is owed at inclusion."""
NO_LIMIT = MAX_AMOUNT
"""In a signer's limits and a quote's capacity: none."""

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,19}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]{1,4}))?")
_LETTERS = re.compile(rb"[A-Z]{2,3}")


@cache
def exponent(currency: Currency) -> int:
    """How many decimal places ISO 4217 gives the currency. Raises UnknownCurrency."""
    try:
        places = iso4217.Currency(currency).exponent
    except ValueError:
        places = None
    if places is None:
        raise UnknownCurrency(currency=currency[:16])
    return int(places)


def currency_of(text: str) -> Currency:
    """A currency in use by ISO 4217. Raises UnknownCurrency."""
    exponent(Currency(text))
    return Currency(text)


def parse_amount(text: str, currency: Currency) -> Amount:
    """Minor units of "120000.00" or "120,000.00". Raises BadAmount for any other form, UnknownCurrency."""
    places = exponent(currency)
    match = _DECIMAL.fullmatch(text.strip()) if len(text) <= 40 else None
    if match is None:
        raise BadAmount(text=text[:40], currency=currency, reason="not a decimal number without sign")
    fraction = match.group(2) or ""
    if len(fraction) > places:
        raise BadAmount(text=text, currency=currency, reason=f"more than {places} decimal places")
    minor = int(match.group(1).replace(",", "") + fraction.ljust(places, "0"))
    if minor > MAX_AMOUNT:
        raise BadAmount(text=text, currency=currency, reason="above 64 bits of minor units")
    return Amount(minor)


def decimal_text(amount: int, currency: Currency) -> str:
    """ "120000.00": for files and machines. Raises UnknownCurrency."""
    places = exponent(currency)
    sign, digits = ("-" if amount < 0 else ""), str(abs(amount)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def grouped_text(amount: int, currency: Currency) -> str:
    """ "120,000.00": for people. Raises UnknownCurrency."""
    whole, point, fraction = decimal_text(amount, currency).partition(".")
    return (
        f"{int(whole):,}" + point + fraction
        if not whole.startswith("-")
        else "-" + grouped_text(-amount, currency)
    )


def amount_json(amount: Amount, currency: Currency) -> dict[str, str]:
    """The API's form of an amount; `text` is the plain number where ISO 4217 does not know the currency."""
    try:
        text = grouped_text(amount, currency)
    except UnknownCurrency:
        text = str(amount)
    return {"minor": str(amount), "currency": currency, "text": text}


def letters_bytes(code: str, size: int) -> bytes:
    """A currency's bytes3 or a place's bytes2. Raises BadField where `code` is neither letters nor "0x…" of that size."""
    found = bytes.fromhex(code[2:]) if re.fullmatch(r"0x(?:[0-9a-f]{2})+", code) else code.encode("utf-8")
    if len(found) != size:
        raise BadField(field="code", found=code[:16], limit=f"{size} capital letters")
    return found


def bytes_letters(found: bytes) -> str:
    """The letters that a bytes3 or bytes2 holds, or "0x…" where it holds anything else."""
    return found.decode("ascii") if _LETTERS.fullmatch(found) else "0x" + found.hex()
