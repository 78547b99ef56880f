// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Rules} from "../../contracts/Rules.sol";
import {CurrencyRule, IRules, RuleSet} from "../../contracts/interfaces/IRules.sol";
import {Calendar} from "../../contracts/libraries/Calendar.sol";
import {Currency} from "../../contracts/types/Ids.sol";
import {Log, vm} from "./support/Vm.sol";

/// @dev Refusals first, then what a version gives, then the calendar.
contract RulesTest {
    uint256 private constant NOW = 1_772_438_400; // 2026-03-02T08:00:00Z
    Currency private constant EUR = Currency.wrap("EUR");
    Currency private constant USD = Currency.wrap("USD");
    Rules private _rules;

    function setUp() public {
        vm.warp(NOW);
        _rules = _deploy(_set(), _one(EUR), _rule(0xE));
    }

    // --- refusals

    function testOnlyTheOwnerPublishes(address caller) public {
        vm.assume(caller != address(this));
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IRules.NotOwner.selector, caller));
        _rules.publish(_set(), _one(EUR), _ones(_rule(0xE)));
    }

    function testARuleSetOutsideItsBounds(uint256 pick, uint16 over) public {
        over = 1 + over % 100;
        RuleSet memory set = _set();
        (bytes32 parameter, uint256 found, uint256 limit) = _spoil(set, pick % 9, over);
        vm.expectRevert(_outOfBounds(parameter, found, limit));
        _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
    }

    function testAVersionThatWouldHaveBegunBefore(uint32 earlier) public {
        RuleSet memory set = _set();
        set.effectiveFrom = uint48(NOW - 1 - earlier % 1000);
        vm.expectRevert(_outOfBounds("effectiveFrom", set.effectiveFrom, NOW));
        _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
    }

    function testTheFirstVersionIsInForceAtOnce() public {
        RuleSet memory set = _set();
        set.effectiveFrom = uint48(NOW + 1);
        vm.expectRevert(_outOfBounds("effectiveFrom", NOW + 1, NOW));
        this.deploy(address(this), set);
        vm.expectRevert(abi.encodeWithSelector(IRules.NotOwner.selector, address(0)));
        this.deploy(address(0), _set());
    }

    function testNoMoreThanEightVersionsWait() public {
        RuleSet memory set = _set();
        set.effectiveFrom = uint48(NOW + 10);
        for (uint256 i; i < 8; ++i) {
            _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
        }
        vm.expectRevert(_outOfBounds("pending", 8, 8));
        _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
        vm.warp(NOW + 10);
        vm.assertEq(uint256(_rules.current()), 9);
        set.effectiveFrom = uint48(NOW + 10);
        _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
    }

    function testACurrencyWithoutCodeOrTokenOrNamedTwice() public {
        _refuseCurrency(Currency.wrap(""), _rule(0xE));
        _refuseCurrency(EUR, _rule(0));
        Currency[] memory twice = new Currency[](2);
        (twice[0], twice[1]) = (EUR, EUR);
        CurrencyRule[] memory rules = new CurrencyRule[](2);
        (rules[0], rules[1]) = (_rule(0xE), _rule(0xE));
        vm.expectRevert(abi.encodeWithSelector(IRules.CurrencyNotAllowed.selector, 2, EUR));
        _rules.publish(_set(), twice, rules);
    }

    function testCurrencyRulesOutsideTheirBounds() public {
        CurrencyRule memory rule = _rule(0xE1);
        rule.scale = 19;
        _refuseRule(rule, "scale", 19, 18);
        rule = _rule(0xE1);
        rule.largestFace = uint64(1 << 60) + 1;
        _refuseRule(rule, "largestFace", rule.largestFace, 1 << 60);
        rule = _rule(0xE1);
        rule.smallestPiece = 0;
        _refuseRule(rule, "smallestPiece", 0, 1);
        rule.smallestPiece = rule.largestFace + 1;
        _refuseRule(rule, "smallestPiece", rule.smallestPiece, rule.largestFace);
    }

    function testAListOfAnotherLength() public {
        vm.expectRevert(_outOfBounds("currencies", 0, 1));
        _rules.publish(_set(), new Currency[](0), new CurrencyRule[](0));
        vm.expectRevert(_outOfBounds("currencies", 17, 16));
        _rules.publish(_set(), new Currency[](17), new CurrencyRule[](17));
        vm.expectRevert(_outOfBounds("currencyRules", 0, 1));
        _rules.publish(_set(), _one(EUR), new CurrencyRule[](0));
    }

    function testATokenKeepsItsFirstScale() public {
        CurrencyRule memory rule = _rule(0xE);
        rule.scale = 1;
        _refuseRule(rule, "scale", 1, 0);
        vm.assertEq(uint256(_rules.scaleOf(address(0xE))), 0);
        vm.expectRevert(abi.encodeWithSelector(IRules.UnknownToken.selector, address(0xE1)));
        _rules.scaleOf(address(0xE1));
        rule.token = address(0xE1);
        rule.scale = 16;
        _rules.publish(_set(), _one(USD), _ones(rule));
        vm.assertEq(uint256(_rules.scaleOf(address(0xE1))), 16);
    }

    function testAnUnknownVersion() public {
        vm.expectRevert(abi.encodeWithSelector(IRules.NotInForce.selector, 2, 1));
        _rules.ruleSet(2);
        vm.expectRevert(abi.encodeWithSelector(IRules.NotInForce.selector, 0, 1));
        _rules.latestDue(0, uint48(NOW));
        vm.assertEq(_rules.currencyRule(2, EUR).token, address(0));
        vm.assertEq(_rules.currencyRule(1, USD).token, address(0));
    }

    // --- versions

    function testAVersionComesIntoForceAtItsTime(uint32 delay, uint32 wait) public {
        RuleSet memory set = _set();
        set.effectiveFrom = uint48(NOW + delay);
        set.graceDays = 7;
        vm.assertEq(uint256(_rules.publish(set, _one(EUR), _ones(_rule(0xE)))), 2);
        vm.warp(NOW + wait);
        vm.assertEq(uint256(_rules.current()), wait >= delay ? 2 : 1);
        vm.assertEq(uint256(_rules.count()), 2);
        vm.assertEq(uint256(_rules.ruleSet(2).graceDays), 7);
        vm.assertEq(uint256(_rules.ruleSet(1).graceDays), 30);
    }

    function testPublishingIsJournalled() public {
        vm.assertEq(_rules.journal(4, 2), _seed(4, 2));
        bytes32 head = _rules.journal(0, 0);
        vm.recordLogs();
        _rules.publish(_set(), _one(EUR), _ones(_rule(0xE)));
        Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 2);
        bytes32 subject = _seed(4, 2);
        for (uint256 i; i < 2; ++i) {
            vm.assertEq(uint256(logs[i].topics[1]), 2);
            bytes32 entry = keccak256(abi.encodePacked(logs[i].topics, logs[i].data));
            bytes memory place = abi.encodePacked(uint48(block.timestamp), uint48(block.number), address(_rules));
            subject = keccak256(abi.encodePacked(subject, place, entry));
            head = keccak256(abi.encodePacked(head, place, entry));
        }
        vm.assertEq(logs[0].topics[0], IRules.RulesPublished.selector);
        vm.assertEq(logs[1].topics[0], IRules.CurrencyAllowed.selector);
        vm.assertEq(_rules.journal(4, 2), subject);
        vm.assertEq(_rules.journal(0, 0), head);
        vm.assertEq(vm.load(address(_rules), 0), head);
    }

    // --- calendar

    /// @dev Confirmed on 1 March, due on 1 September is allowed and 2 September refused, wherever that midnight falls.
    function testSixMonthsHoldAtEveryPlace(uint32 second, int8 zone) public view {
        int256 offset = int256(zone % 15) * 1 hours; // UTC−14 to UTC+14
        if (offset < -12 hours) offset = -12 hours;
        // Any instant of 1 March by that place's clock; no clock is changed in between.
        uint48 confirmedAt = uint48(uint256(int256(_day(2026, 3, 1) + second % 1 days) - offset));
        uint48 latest = _rules.latestDue(1, confirmedAt);
        // The UTC date may be 28 February or 2 March there; on the former, February's end shortens the term.
        if (Calendar.dayNumber(2026, 3, 1) <= confirmedAt / 1 days) {
            vm.assertTrue(uint256(int256(_day(2026, 9, 2)) - offset) <= latest);
        }
        vm.assertTrue(uint256(int256(_day(2026, 9, 3)) - offset) > latest);
    }

    function testMonthEnds() public view {
        _holdsLatest(_day(2026, 8, 31), _day(2027, 3, 1)); // due 28 February
        _holdsLatest(_day(2027, 8, 31), _day(2028, 3, 1)); // due 29 February
        _holdsLatest(_day(2027, 8, 30), _day(2028, 3, 1));
        _holdsLatest(_day(2026, 12, 31), _day(2027, 7, 1)); // due 30 June
        _holdsLatest(_day(2026, 10, 15), _day(2027, 4, 16));
        _holdsLatest(_day(2099, 8, 31), _day(2100, 3, 1)); // 2100 has no leap day
        _holdsLatest(_day(2399, 8, 31), _day(2400, 3, 1)); // 2400 has one: due 29 February
    }

    function testTheLesserOfMonthsAndDaysHolds(uint8 months, uint16 days_, uint32 later) public {
        RuleSet memory set = _set();
        set.tenorMonths = 1 + months % 12;
        set.tenorDays = 1 + days_ % 365;
        _rules.publish(set, _one(EUR), _ones(_rule(0xE)));
        uint48 confirmedAt = uint48(NOW + later);
        uint256 latest = _rules.latestDue(2, confirmedAt);
        uint256 byDays = confirmedAt + (uint256(set.tenorDays) + 1) * 1 days;
        uint256 byMonths = Calendar.addMonths(confirmedAt, set.tenorMonths) + 1 days;
        vm.assertEq(latest, byDays < byMonths ? byDays : byMonths);
    }

    function testAddingMonthsMovesTheMonthAndKeepsDayAndTime(uint40 time, uint8 months) public pure {
        uint256 later = Calendar.addMonths(time, months);
        (uint256 y, uint256 m, uint256 d) = Calendar.date(time / 1 days);
        (uint256 y2, uint256 m2, uint256 d2) = Calendar.date(later / 1 days);
        vm.assertEq(y2 * 12 + m2, y * 12 + m + months);
        uint256 last = _lengthOf(y2, m2);
        vm.assertEq(d2, d < last ? d : last);
        vm.assertEq(later % 1 days, uint256(time) % 1 days);
    }

    function testDatesFollowOneAnother(uint24 number) public pure {
        (uint256 y, uint256 m, uint256 d) = Calendar.date(number);
        vm.assertEq(Calendar.dayNumber(y, m, d), number);
        (uint256 y2, uint256 m2, uint256 d2) = Calendar.date(uint256(number) + 1);
        if (d < _lengthOf(y, m)) {
            (d, m, y) = (d + 1, m, y);
        } else {
            (d, m, y) = m < 12 ? (1, m + 1, y) : (1, 1, y + 1);
        }
        vm.assertEq(y2 * 10_000 + m2 * 100 + d2, y * 10_000 + m * 100 + d);
    }

    function testTheFirstDayIsThatOfTheUnixEpoch() public pure {
        vm.assertEq(Calendar.dayNumber(1970, 1, 1), 0);
        vm.assertEq(Calendar.dayNumber(2026, 3, 2), NOW / 1 days);
    }

    // --- what the tests stand on

    function deploy(address owner, RuleSet calldata set) external returns (Rules) {
        return new Rules(owner, set, _one(EUR), _ones(_rule(0xE)));
    }

    function _deploy(RuleSet memory set, Currency[] memory currencies, CurrencyRule memory rule)
        private
        returns (Rules)
    {
        return new Rules(address(this), set, currencies, _ones(rule));
    }

    function _holdsLatest(uint256 confirmedOn, uint256 midnight) private view {
        vm.assertEq(uint256(_rules.latestDue(1, uint48(confirmedOn))), midnight);
        vm.assertEq(uint256(_rules.latestDue(1, uint48(confirmedOn + 86_399))), midnight + 86_399);
    }

    function _refuseCurrency(Currency currency, CurrencyRule memory rule) private {
        vm.expectRevert(abi.encodeWithSelector(IRules.CurrencyNotAllowed.selector, 2, currency));
        _rules.publish(_set(), _one(currency), _ones(rule));
    }

    function _refuseRule(CurrencyRule memory rule, bytes32 parameter, uint256 found, uint256 limit) private {
        vm.expectRevert(_outOfBounds(parameter, found, limit));
        _rules.publish(_set(), _one(EUR), _ones(rule));
    }

    function _spoil(RuleSet memory set, uint256 pick, uint16 over)
        private
        pure
        returns (bytes32 parameter, uint256 found, uint256 limit)
    {
        if (pick == 0) (parameter, found, limit) = ("tenorMonths", set.tenorMonths = uint8(12 + over), 12);
        if (pick == 1) (parameter, found, limit) = ("tenorMonths", set.tenorMonths = 0, 1);
        if (pick == 2) (parameter, found, limit) = ("tenorDays", set.tenorDays = 365 + over, 365);
        if (pick == 3) (parameter, found, limit) = ("tenorDays", set.tenorDays = 0, 1);
        if (pick == 4) (parameter, found, limit) = ("graceDays", set.graceDays = 90 + over, 90);
        if (pick == 5) {
            (parameter, found, limit) = ("clearingSeconds", set.clearingSeconds = 864_000 + over, 864_000);
        }
        if (pick == 6) (parameter, found, limit) = ("lateRateBps", set.lateRateBps = 10_000 + over, 10_000);
        if (pick == 7) (parameter, found, limit) = ("dayCount", set.dayCount = 365 + over, 365);
        if (pick == 8) (parameter, found, limit) = ("dayCount", set.dayCount = 360 - over, 365);
    }

    function _outOfBounds(bytes32 parameter, uint256 found, uint256 limit) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRules.OutOfBounds.selector, parameter, found, limit);
    }

    function _set() private view returns (RuleSet memory set) {
        set.source = keccak256("rules");
        set.effectiveFrom = uint48(block.timestamp);
        (set.tenorMonths, set.tenorDays, set.graceDays) = (6, 184, 30);
        (set.clearingSeconds, set.lateRateBps, set.dayCount) = (2 days, 900, 360);
    }

    function _rule(uint160 token) private pure returns (CurrencyRule memory) {
        return CurrencyRule(address(token), 0, 1, 10 ** 14);
    }

    function _one(Currency currency) private pure returns (Currency[] memory list) {
        list = new Currency[](1);
        list[0] = currency;
    }

    function _ones(CurrencyRule memory rule) private pure returns (CurrencyRule[] memory list) {
        list = new CurrencyRule[](1);
        list[0] = rule;
    }

    function _seed(uint8 kind, uint256 id) private view returns (bytes32) {
        return keccak256(abi.encode("duebill.journal.v1", block.chainid, address(_rules), kind, id));
    }

    function _day(uint256 year, uint256 month, uint256 day) private pure returns (uint256) {
        return Calendar.dayNumber(year, month, day) * 1 days;
    }

    /// @dev A month's length said another way than the library says it.
    function _lengthOf(uint256 year, uint256 month) private pure returns (uint256) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        uint8[12] memory lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        return lengths[month - 1];
    }
}
