"""Amounts as invoices print them: ISO 4217 currencies, decimals without float, integers of the minor unit."""

import re
from dataclasses import dataclass

from ledger.domain.errors import UnknownCurrency
from ledger.domain.units import MAX_AMOUNT, Currency, exponent

from .model import InvoiceRefused, RefusalCode

_MAX_CHARACTERS = 40
# xsd:decimal: no exponent, no NaN, no infinity, no grouping, digits of ASCII only.
_XSD_DECIMAL = re.compile(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))")


@dataclass(frozen=True)
class DecimalAmount:
    """A decimal number as printed: sign, whole digits, fraction digits without trailing zeros."""

    negative: bool
    whole: str
    fraction: str

    def text(self, places: int) -> str:
        """As a decimal string with at least `places` fraction digits; never rounded."""
        fraction = self.fraction.ljust(places, "0")
        sign = "-" if self.negative else ""
        return f"{sign}{self.whole}.{fraction}" if fraction else f"{sign}{self.whole}"

    def minor(self, places: int) -> int | None:
        """As an integer of the minor unit; None where it is a fraction of one."""
        if len(self.fraction) > places:
            return None
        value = int(self.whole + self.fraction.ljust(places, "0"))
        return -value if self.negative else value


def minor_unit_exponent(currency: str) -> int:
    """How many fraction digits ISO 4217 gives `currency`.

    Raises InvoiceRefused (unknown-currency) for a code that ISO 4217 does not list as money in use.
    """
    try:
        return exponent(Currency(currency))
    except UnknownCurrency as error:
        raise InvoiceRefused(
            RefusalCode.UNKNOWN_CURRENCY, f"unknown currency: {currency[:40]!r} (ISO 4217)"
        ) from error


def decimal_amount(text: str, field: str) -> DecimalAmount:
    """The number that `text` prints. Raises InvoiceRefused (bad-amount) naming `field`."""
    match = _XSD_DECIMAL.fullmatch(text) if len(text) <= _MAX_CHARACTERS else None
    if match is None:
        raise InvoiceRefused(RefusalCode.BAD_AMOUNT, f"{field} is not a decimal amount: {text[:40]!r}")
    sign, whole, after_whole, bare_fraction = match.groups()
    whole = (whole or "").lstrip("0") or "0"
    fraction = (after_whole or bare_fraction or "").rstrip("0")
    is_zero = whole == "0" and not fraction
    return DecimalAmount(negative=sign == "-" and not is_zero, whole=whole, fraction=fraction)


def payable_minor(amount: DecimalAmount, currency: str, places: int) -> int:
    """The debt in minor units. Raises InvoiceRefused for a fraction of one, or beyond 64 bits."""
    minor = amount.minor(places)
    if minor is None:
        raise InvoiceRefused(
            RefusalCode.BAD_AMOUNT,
            f"the amount due is a fraction of the minor unit: {amount.text(places)} {currency}"
            f" has more than {places} decimals",
        )
    if abs(minor) > MAX_AMOUNT:
        raise InvoiceRefused(
            RefusalCode.AMOUNT_OUT_OF_RANGE,
            f"the amount due is out of range: {amount.text(places)} {currency} is beyond 64 bits",
        )
    return minor
