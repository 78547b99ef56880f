"""Days at the place of payment: a due date ends there, so `dueAt` is the first instant after it by that place's clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from .errors import BadField
from .ids import ChainTime
from .units import Place

_LEADING = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
"""The zone that holds for payments in a country that has several."""


def due_instant(due: date, place: Place) -> ChainTime:
    """The first second after the day `due` at the place of payment. Raises BadField for a place without a clock."""
    return ChainTime(max(_midnight_after(due, zone) for zone in _zones(place)))


def due_date(due_at: ChainTime, place: Place) -> date:
    """The last day that has ended at the place of payment when `due_at` comes. Raises BadField as above."""
    last_second = datetime.fromtimestamp(due_at - 1, UTC)
    return min(last_second.astimezone(zone).date() for zone in _zones(place))


@cache
def _zones(place: Place) -> tuple[ZoneInfo, ...]:
    """The place's zone; where a country has several and none leads, all: the day is over when it is over everywhere."""
    names = [_LEADING[place]] if place in _LEADING else get_global("territory_zones").get(place, [])
    if not names:
        raise BadField(field="place", found=place[:16], limit="two letters of ISO 3166 with a time zone")
    return tuple(ZoneInfo(name) for name in names)


def _midnight_after(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).timestamp())
