"""The latest due instant that a version of the rules allows, as contracts/Rules.sol reckons it."""

import calendar
from datetime import UTC, datetime, timedelta

DAY = 86_400


def latest_due(confirmed_at: int, *, months: int, days: int) -> int:
    """The lesser of whole calendar months and days after the confirmation, and the day that ends it; UTC
    seconds."""
    return min(add_months(confirmed_at, months), confirmed_at + days * DAY) + DAY


def add_months(seconds: int, months: int) -> int:
    """The same day and time some months on; the month's last day where it has no such day."""
    begin = datetime.fromtimestamp(seconds, UTC)
    count = begin.year * 12 + begin.month - 1 + months
    year, month = divmod(count, 12)
    day = min(begin.day, calendar.monthrange(year, month + 1)[1])
    moved = datetime(year, month + 1, day, tzinfo=UTC) + timedelta(seconds=seconds % DAY)
    return int(moved.timestamp())
