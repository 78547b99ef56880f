"""Amounts in words, and days at the place of payment."""

from datetime import UTC, date, datetime

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import BadField
from ledger.domain.number_words import amount_in_chinese, amount_in_english, in_chinese, in_english
from ledger.domain.places import due_date, due_instant

ENGLISH = {in_english(each): each for each in (*range(20), *range(20, 100, 10))}
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15, "quintillion": 10**18,
}  # fmt: skip


def read_english(text: str) -> int:
    total = group = 0
    for word in text.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        else:
            group += ENGLISH[word]
    return total + group


def test_small_numbers_by_name() -> None:
    names = [in_english(each) for each in (0, 1, 13, 19, 20, 40, 80, 90)]
    assert names == ["zero", "one", "thirteen", "nineteen", "twenty", "forty", "eighty", "ninety"]


@given(st.integers(0, 2**64 - 1))
def test_english_words_say_the_number(number: int) -> None:
    assert read_english(in_english(number)) == number


@given(st.integers(0, 10**8 - 1))
def test_chinese_figures_are_those_of_finance(number: int) -> None:
    assert in_chinese(number) == cn2an.an2cn(str(number), "up")


@given(st.integers(0, 10**12 - 1))
def test_chinese_figures_say_the_number(number: int) -> None:
    assert cn2an.cn2an(in_chinese(number), "smart") == number


def test_amounts_in_words() -> None:
    assert amount_in_english(12_000_001, "EUR") == "one hundred twenty thousand euros and 01/100"
    assert amount_in_english(100, "EUR") == "one euro and 00/100"
    assert amount_in_english(5, "JPY") == "five Japanese yen"
    assert amount_in_chinese(12_000_000, "CNY") == "人民币壹拾贰万元整"
    assert amount_in_chinese(12_000_001, "EUR") == "欧元壹拾贰万元零壹分"
    assert amount_in_chinese(12_000_050, "EUR") == "欧元壹拾贰万元伍角整"
    assert amount_in_chinese(1_000_012_345, "EUR") == "欧元壹仟万零壹佰贰拾叁元肆角伍分"
    assert in_chinese(10_0001_0000_0203) == "壹拾万零壹亿零贰佰零叁"


def utc(year: int, month: int, day: int, hour: int) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("place", "instant"),
    [
        ("DE", utc(2026, 5, 31, 22)),
        ("CN", utc(2026, 5, 31, 16)),
        ("GB", utc(2026, 5, 31, 23)),
        ("US", utc(2026, 6, 1, 10)),
    ],
)
def test_a_due_day_ends_at_the_place_of_payment(place: str, instant: int) -> None:
    assert due_instant(date(2026, 5, 31), place) == instant
    assert due_date(instant, place) == date(2026, 5, 31)


@given(
    st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["DE", "CN", "US", "BR", "AU", "IN", "NZ", "FR"]),
)
def test_the_due_day_comes_back_also_when_clocks_change(day: date, place: str) -> None:
    assert due_date(due_instant(day, place), place) == day


def test_a_place_without_a_clock_is_refused() -> None:
    for place in ("XX", "", "Germany", "de"):
        with pytest.raises(BadField):
            due_instant(date(2026, 5, 31), place)
