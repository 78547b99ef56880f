// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

error DiscountTakesAll(uint64 nominal, uint256 discount);

/// @title What a buyer pays today for what falls due later. Simple discount, ACT/360, in favour of the buyer by less than one unit.
library Discount {
    uint256 internal constant BASIS_YEAR = 10_000 * 360;

    /// @dev Days from the day of `time` to the due date, as a calendar counts them: `dueAt` is the first instant after that date, so the
    ///      whole days before its last second. 0 on the due date and later.
    function daysDown(uint48 dueAt, uint256 time) internal pure returns (uint256) {
        return time < dueAt ? (dueAt - 1 - time) / 1 days : 0;
    }

    /// @dev ⌈nominal·rate·days/(10000·360)⌉.
    function discountUp(uint64 nominal, uint32 rateBps, uint256 days_) internal pure returns (uint256) {
        return (uint256(nominal) * rateBps * days_ + BASIS_YEAR - 1) / BASIS_YEAR;
    }

    /// @dev nominal less discount, minor units.
    function priceDown(uint64 nominal, uint32 rateBps, uint48 dueAt, uint256 time) internal pure returns (uint64) {
        uint256 discount = discountUp(nominal, rateBps, daysDown(dueAt, time));
        require(discount < nominal, DiscountTakesAll(nominal, discount));
        // Below nominal, so it fits.
        return uint64(nominal - discount);
    }
}
