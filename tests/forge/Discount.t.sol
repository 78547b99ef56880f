// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Discount, DiscountTakesAll} from "../../contracts/libraries/Discount.sol";
import {vm} from "./support/Vm.sol";

/// @dev Simple discount, ACT/360, rounded up.
contract DiscountTest {
    uint48 private constant DUE_AT = 1_800_000_000;

    function test_DaysAreThoseOfTheCalendar() public pure {
        vm.assertEq(Discount.daysDown(DUE_AT, DUE_AT), 0);
        vm.assertEq(Discount.daysDown(DUE_AT, uint256(DUE_AT) + 1), 0);
        vm.assertEq(Discount.daysDown(DUE_AT, DUE_AT - 1), 0); // the due date's last second
        vm.assertEq(Discount.daysDown(DUE_AT, DUE_AT - 1 days), 0); // its first
        vm.assertEq(Discount.daysDown(DUE_AT, DUE_AT - 1 days - 1), 1); // the last second of the day before
        vm.assertEq(Discount.daysDown(DUE_AT, DUE_AT - 91 days), 90);
    }

    function test_NinetyDaysAtSixPercent() public pure {
        vm.assertEq(Discount.priceDown(4_000_000, 600, DUE_AT, DUE_AT - 91 days), 3_940_000);
    }

    function testFuzz_RoundedUpByLessThanAUnit(uint64 nominal, uint32 rateBps, uint16 days_) public pure {
        uint256 exact = uint256(nominal) * rateBps * days_;
        uint256 discount = Discount.discountUp(nominal, rateBps, days_) * 3_600_000;
        vm.assertLe(exact, discount);
        vm.assertGt(exact + 3_600_000, discount);
    }

    function test_RefusesADiscountThatTakesAll() public {
        vm.expectRevert(abi.encodeWithSelector(DiscountTakesAll.selector, uint64(1), uint256(1)));
        this.price(1, 1, 2 days);
    }

    function price(uint64 nominal, uint32 rateBps, uint48 before) external pure returns (uint64) {
        return Discount.priceDown(nominal, rateBps, DUE_AT, DUE_AT - before);
    }
}
