"""What a discount comes to, in money and per year."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import ContractRefused
from ledger.domain.pricing import DAY, annual_cost, days_to, discount, price
from ledger.domain.units import MAX_AMOUNT, Amount, Bps

DUE_AT = 1_800_000_000


@pytest.mark.parametrize(
    ("before", "days"), [(0, 0), (-1, 0), (1, 0), (DAY, 0), (DAY + 1, 1), (91 * DAY, 90), (91 * DAY + 1, 91)]
)
def test_days_are_those_of_the_calendar(before: int, days: int) -> None:
    assert days_to(DUE_AT, DUE_AT - before) == days


def test_ninety_days_at_six_percent() -> None:
    assert price(Amount(4_000_000), Bps(600), DUE_AT, DUE_AT - 91 * DAY) == 3_940_000
    assert price(Amount(1), Bps(0), DUE_AT, DUE_AT - 91 * DAY) == 1
    assert annual_cost(Amount(4_000_000), Amount(3_940_000), 90) == 609


def test_a_discount_that_takes_all_is_refused() -> None:
    with pytest.raises(ContractRefused, match="discount-takes-all"):
        price(Amount(1), Bps(1), DUE_AT, DUE_AT - 2 * DAY)


@given(nominal=st.integers(1, MAX_AMOUNT), rate=st.integers(0, 2**32 - 1), days=st.integers(0, 366))
def test_the_discount_is_rounded_up_by_less_than_a_unit(nominal: int, rate: int, days: int) -> None:
    exact = Fraction(nominal * rate * days, 10_000 * 360)
    assert 0 <= discount(Amount(nominal), Bps(rate), days) - exact < 1


@given(nominal=st.integers(2, MAX_AMOUNT), paid=st.integers(1, MAX_AMOUNT), days=st.integers(0, 366))
def test_the_annual_cost_is_the_nearest_basis_point(nominal: int, paid: int, days: int) -> None:
    cost = annual_cost(Amount(nominal), Amount(paid), days)
    if days == 0 or paid >= nominal:
        assert cost == 0
    else:
        assert abs(cost - Fraction((nominal - paid) * 360 * 10_000, paid * days)) <= Fraction(1, 2)
