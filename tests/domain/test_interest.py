"""Late interest: simple, by whole days, on what of the principal is late, and never beyond what 64 bits hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import ContractRefused
from ledger.domain.ids import ChainTime
from ledger.domain.settlement import DAY, Line, accrue, pay
from ledger.domain.slots import Level, Returns
from ledger.domain.units import ALL_OWED, MAX_AMOUNT, Amount, Bps

DUE_AT = ChainTime(1_800_000_000)
RATE = Bps(800)


def line_of(face: int, paid_in: int = 0, back: tuple[int, int, int] = (0, 0, 0)) -> Line:
    """A line on which `paid_in` was paid in time; back: nominal, count and netted of what came back."""
    level = Level(Amount(paid_in), Amount(paid_in), Amount(0), ChainTime(0))
    return Line(Amount(face), DUE_AT, level, Returns(Amount(back[0]), back[1], Amount(back[2])))


@pytest.mark.parametrize(
    ("seconds", "interest"),
    [
        (-DAY, 0),
        (0, 0),
        (DAY - 1, 0),
        (DAY, 2_666),
        (2 * DAY - 1, 2_666),
        (30 * DAY, 80_000),
        (360 * DAY, 960_000),
    ],
)
def test_eight_percent_a_year_by_whole_days(seconds: int, interest: int) -> None:
    line = accrue(line_of(12_000_000), DUE_AT + seconds, RATE, 360)
    assert line.level.interest == interest
    assert line.owed == (12_000_000, interest)


def test_the_day_that_runs_is_counted_once_it_is_over() -> None:
    line = accrue(line_of(12_000_000), DUE_AT + DAY + 5, RATE, 360)
    assert line.level.accrued_at == DUE_AT + DAY
    assert accrue(line, DUE_AT + 2 * DAY, RATE, 360).level.interest == 2 * 2_666


def test_interest_is_taken_first_and_later_runs_on_the_rest() -> None:
    line = accrue(line_of(12_000_000), DUE_AT + 30 * DAY, RATE, 360)
    line = pay(line, 50_000).line
    assert (line.level.principal, line.level.interest, line.level.paid_in) == (0, 30_000, 50_000)
    line = pay(line, 6_030_000).line
    assert (line.level.principal, line.level.interest) == (6_000_000, 0)
    line = accrue(line, DUE_AT + 60 * DAY, RATE, 360)
    assert line.owed == (6_000_000, 40_000)
    line = pay(line, ALL_OWED).line
    assert line.settled
    assert line.level.paid_in == 12_120_000
    assert accrue(line, DUE_AT + 9_000 * DAY, RATE, 360).owed == (0, 0)


@given(
    face=st.integers(1, MAX_AMOUNT),
    rate=st.integers(0, 2**32 - 1),
    days=st.integers(0, 2**40),
    first=st.integers(1, MAX_AMOUNT),
)
def test_no_line_leaves_its_64_bits_however_late_it_is_paid(
    face: int, rate: int, days: int, first: int
) -> None:
    line = accrue(line_of(face), DUE_AT + days * DAY, Bps(rate), 360)
    line = pay(line, 1 + first % sum(line.owed)).line
    line = accrue(line, DUE_AT + 2 * days * DAY, Bps(rate), 360)
    if not line.settled:
        line = pay(line, ALL_OWED).line
    assert line.settled
    assert line.level.paid_in <= MAX_AMOUNT


@pytest.mark.parametrize(
    ("line", "amount", "name"),
    [
        (line_of(100), 0, "ZeroAmount"),
        (line_of(100), 101, "AboveOwed"),
        (line_of(100, 100), 1, "NothingOwed"),
        (line_of(100, 10, (100, 1, 10)), 1, "NothingOwed"),
    ],
)
def test_what_is_not_owed_is_refused(line: Line, amount: int, name: str) -> None:
    with pytest.raises(ContractRefused) as refused:
        pay(line, amount)
    assert refused.value.name == name


def test_what_came_back_is_netted_and_where_that_is_more_it_is_the_debtors_credit() -> None:
    line = line_of(100, 99, (60, 7, 54))
    payment = pay(line, 1)
    assert (payment.rise, payment.pulled, payment.credited) == (1, 0, 5)
    assert payment.line.returns.netted == 60
