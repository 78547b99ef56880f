"""What a buyer pays today for what falls due later, and what that costs a year: simple discount, ACT/360."""

from .errors import ContractRefused, invariant
from .units import Amount, Bps

BASIS = 10_000
YEAR_DAYS = 360
DAY = 86_400


def days_to(due_at: int, now: int) -> int:
    """Days from the day of `now` to the due date, as a calendar counts them; both UTC seconds.

    `due_at` is the first instant after the due date, so these are the whole days before its last second: 0 on the due
    date and later.
    """
    return max(0, (due_at - 1 - now) // DAY)


def discount(nominal: Amount, rate_bps: Bps, days: int) -> Amount:
    """⌈nominal·rate·days/(10000·360)⌉, minor units."""
    return Amount(-(-nominal * rate_bps * days // (BASIS * YEAR_DAYS)))


def price(nominal: Amount, rate_bps: Bps, due_at: int, now: int) -> Amount:
    """Nominal less discount, minor units. Raises ContractRefused (DiscountTakesAll) when nothing would be left."""
    taken = discount(nominal, rate_bps, days_to(due_at, now))
    if taken >= nominal:
        raise ContractRefused("DiscountTakesAll", {"nominal": nominal, "discount": taken})
    return Amount(nominal - taken)


def annual_cost(nominal: Amount, paid: Amount, days: int) -> Bps:
    """What selling `nominal` for `paid` costs the seller a year, on the money it gets, ACT/360, to the nearest basis point.

    0 when nothing is given up or no day is left.
    """
    invariant(paid > 0, "a price is money")
    if days == 0 or paid >= nominal:
        return Bps(0)
    numerator, denominator = (nominal - paid) * BASIS * YEAR_DAYS, paid * days
    return Bps((2 * numerator + denominator) // (2 * denominator))
