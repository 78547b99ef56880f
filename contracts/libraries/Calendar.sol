// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Calendar months on UTC seconds, in the proleptic Gregorian calendar.
/// @dev Years are counted from 1 March, so that the leap day is a year's last; 146,097 days are 400 such years.
library Calendar {
    uint256 private constant SHIFT = 719_468;
    uint256 private constant ERA = 146_097;

    /// @notice The same time of day, `months` calendar months later; where the month is shorter, on its last day.
    function addMonths(uint256 time, uint256 months) internal pure returns (uint256) {
        (uint256 year, uint256 month, uint256 day) = date(time / 1 days);
        uint256 elapsed = year * 12 + (month - 1) + months;
        uint256 last = daysIn(elapsed / 12, elapsed % 12 + 1);
        return dayNumber(elapsed / 12, elapsed % 12 + 1, day < last ? day : last) * 1 days + time % 1 days;
    }

    /// @notice The date of a day counted from 1970-01-01 (0).
    function date(uint256 number) internal pure returns (uint256 year, uint256 month, uint256 day) {
        uint256 shifted = number + SHIFT;
        uint256 dayOfEra = shifted % ERA;
        uint256 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 fromMarch = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        year = (shifted / ERA) * 400 + yearOfEra + (month < 3 ? 1 : 0);
    }

    /// @notice The day counted from 1970-01-01 of a date from then on.
    function dayNumber(uint256 year, uint256 month, uint256 day) internal pure returns (uint256) {
        uint256 fromMarch = month < 3 ? month + 9 : month - 3;
        uint256 shiftedYear = month < 3 ? year - 1 : year;
        uint256 yearOfEra = shiftedYear % 400;
        uint256 dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + (153 * fromMarch + 2) / 5 + day - 1;
        return (shiftedYear / 400) * ERA + dayOfEra - SHIFT;
    }

    /// @notice How many days a month has.
    function daysIn(uint256 year, uint256 month) internal pure returns (uint256) {
        if (month == 2) return isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /// @notice Whether a year has 29 February.
    function isLeap(uint256 year) internal pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
