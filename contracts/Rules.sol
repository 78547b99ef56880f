// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Heads, Journal} from "./Journal.sol";
import {Journalled} from "./Journalled.sol";
import {CurrencyRule, IRules, RuleSet} from "./interfaces/IRules.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {Currency} from "./types/Ids.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Versioned parameters. What no version may exceed stands here as constants.
contract Rules is Journalled, IRules {
    using Journal for Heads;

    uint256 public constant MAX_TENOR_MONTHS = 12;
    uint256 public constant MAX_TENOR_DAYS = 365;
    uint256 public constant MAX_GRACE_DAYS = 90;
    uint256 public constant MAX_CLEARING = 10 days;
    uint256 public constant MAX_LATE_RATE_BPS = 10_000;
    /// @dev Beyond 18 no token goes, and 2^64 units of 10^18 stay far below 2^256.
    uint256 public constant MAX_SCALE = 18;
    /// @dev A sixteenth of what 64 bits hold: fifteen years of the highest late interest still fit beside the face.
    uint256 public constant MAX_FACE = 1 << 60;
    uint256 public constant MAX_CURRENCIES = 16;
    /// @dev Versions published but not in force yet. Keeps `current` short.
    uint256 public constant MAX_PENDING = 8;

    address private immutable _OWNER;
    uint32 private _count;
    mapping(uint32 version => RuleSet rules) private _rules;
    /// @dev One more than the token's scale; 0 for a token that no version names.
    mapping(address token => uint8 scalePlusOne) private _scales;
    mapping(uint32 version => mapping(Currency currency => CurrencyRule rule)) private _currencies;

    /// @dev Version 1 is in force from the beginning, so there is always a current one.
    constructor(
        address owner_,
        RuleSet memory rules,
        Currency[] memory currencies,
        CurrencyRule[] memory currencyRules
    ) {
        require(owner_ != address(0), NotOwner(owner_));
        require(
            rules.effectiveFrom <= block.timestamp, OutOfBounds("effectiveFrom", rules.effectiveFrom, block.timestamp)
        );
        _OWNER = owner_;
        _publish(rules, currencies, currencyRules);
    }

    function publish(RuleSet calldata rules, Currency[] calldata currencies, CurrencyRule[] calldata currencyRules)
        external
        returns (uint32 version)
    {
        require(msg.sender == _OWNER, NotOwner(msg.sender));
        require(
            rules.effectiveFrom >= block.timestamp, OutOfBounds("effectiveFrom", rules.effectiveFrom, block.timestamp)
        );
        uint256 pending = _count - current();
        require(pending < MAX_PENDING, OutOfBounds("pending", pending, MAX_PENDING));
        return _publish(rules, currencies, currencyRules);
    }

    function owner() external view returns (address) {
        return _OWNER;
    }

    function current() public view returns (uint32) {
        // At most MAX_PENDING steps, since no more versions wait; version 1 never waits.
        for (uint32 version = _count; version > 1; --version) {
            if (_rules[version].effectiveFrom <= block.timestamp) return version;
        }
        return 1;
    }

    function count() external view returns (uint32) {
        return _count;
    }

    function ruleSet(uint32 version) external view returns (RuleSet memory) {
        _requireKnown(version);
        return _rules[version];
    }

    function currencyRule(uint32 version, Currency currency) external view returns (CurrencyRule memory) {
        return _currencies[version][currency];
    }

    function scaleOf(address token) external view returns (uint8) {
        require(_scales[token] != 0, UnknownToken(token));
        return _scales[token] - 1;
    }

    /// @dev The time of day of the confirmation is kept and a day is added, because `dueAt` is the midnight that ends the due date. Any
    ///      place then has the due date that its own calendar gives: the instant lies after the midnight that ends that date and, but for
    ///      an hour where clocks change in between, before the next. Where a month is shorter than the day asks, its last day counts.
    function latestDue(uint32 version, uint48 confirmedAt) external view returns (uint48) {
        _requireKnown(version);
        uint256 byMonths = Calendar.addMonths(confirmedAt, _rules[version].tenorMonths);
        uint256 byDays = uint256(confirmedAt) + uint256(_rules[version].tenorDays) * 1 days;
        return SafeCast.toUint48((byMonths < byDays ? byMonths : byDays) + 1 days);
    }

    function journal(uint8 kind, uint256 id) external view returns (bytes32) {
        return _heads.read(kind, id);
    }

    function _publish(RuleSet memory rules, Currency[] memory currencies, CurrencyRule[] memory currencyRules)
        private
        returns (uint32 version)
    {
        _requireBounds(rules);
        _requireWithin("currencies", currencies.length, 1, MAX_CURRENCIES);
        _requireWithin("currencyRules", currencyRules.length, currencies.length, currencies.length);
        version = ++_count;
        _rules[version] = rules;
        _heads.rulesPublished(version, rules);
        for (uint256 i; i < currencies.length; ++i) {
            _allow(version, currencies[i], currencyRules[i]);
        }
    }

    function _allow(uint32 version, Currency currency, CurrencyRule memory rule) private {
        // An empty code, no token, and a currency named twice are no rule.
        bool named = Currency.unwrap(currency) != 0 && _currencies[version][currency].token == address(0);
        require(named && rule.token != address(0), CurrencyNotAllowed(version, currency));
        _requireWithin("scale", rule.scale, 0, MAX_SCALE);
        _requireWithin("largestFace", rule.largestFace, 1, MAX_FACE);
        _requireWithin("smallestPiece", rule.smallestPiece, 1, rule.largestFace);
        _keepScale(rule.token, rule.scale);
        _currencies[version][currency] = rule;
        _heads.currencyAllowed(version, currency, rule);
    }

    function _keepScale(address token, uint8 scale) private {
        uint8 kept = _scales[token];
        require(kept == 0 || kept == scale + 1, OutOfBounds("scale", scale, kept == 0 ? 0 : kept - 1));
        _scales[token] = scale + 1;
    }

    function _requireBounds(RuleSet memory rules) private pure {
        _requireWithin("tenorMonths", rules.tenorMonths, 1, MAX_TENOR_MONTHS);
        _requireWithin("tenorDays", rules.tenorDays, 1, MAX_TENOR_DAYS);
        _requireWithin("graceDays", rules.graceDays, 0, MAX_GRACE_DAYS);
        _requireWithin("clearingSeconds", rules.clearingSeconds, 0, MAX_CLEARING);
        _requireWithin("lateRateBps", rules.lateRateBps, 0, MAX_LATE_RATE_BPS);
        bool counted = rules.dayCount == 360 || rules.dayCount == 365;
        require(counted, OutOfBounds("dayCount", rules.dayCount, 365));
    }

    function _requireWithin(bytes32 parameter, uint256 found, uint256 least, uint256 most) private pure {
        require(found >= least, OutOfBounds(parameter, found, least));
        require(found <= most, OutOfBounds(parameter, found, most));
    }

    function _requireKnown(uint32 version) private view {
        require(version != 0 && version <= _count, NotInForce(version, current()));
    }
}
