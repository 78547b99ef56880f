// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Currency, PartyId} from "../types/Ids.sol";

/// @dev One version of the rules. source: hash of the text they follow; effectiveFrom: UTC seconds; tenorMonths: calendar months from
///      confirmation to the due date at most; tenorDays: the same in days (the lesser holds); graceDays: from dueAt to default;
///      clearingSeconds: dueAt less this is the record date; lateRateBps: late interest a year; dayCount: 360 or 365;
///      unmatchedFinanceable, relatedFinanceable: whether such receivables may be sold to a financier;
///      freezer, mover: the parties that hold the two court-order roles, or 0.
struct RuleSet {
    bytes32 source;
    uint48 effectiveFrom;
    uint8 tenorMonths;
    uint16 tenorDays;
    uint16 graceDays;
    uint32 clearingSeconds;
    uint32 lateRateBps;
    uint16 dayCount;
    bool unmatchedFinanceable;
    bool relatedFinanceable;
    PartyId freezer;
    PartyId mover;
}

/// @dev How a currency is paid under one version of the rules. token: 0 is not a currency here; scale: token units for a minor unit
///      are 10**scale; smallestPiece and largestFace in minor units.
struct CurrencyRule {
    address token;
    uint8 scale;
    uint64 smallestPiece;
    uint64 largestFace;
}

/// @title Versioned parameters, bounded in code: tenor at most 365 days, grace at most 90 days.
interface IRules {
    event RulesPublished(uint32 indexed version, RuleSet rules);
    event CurrencyAllowed(uint32 indexed version, Currency currency, CurrencyRule rule);
    event ClosedToNew(uint32 indexed version, bool closed);

    error NotOwner(address caller);
    error OutOfBounds(bytes32 parameter, uint256 found, uint256 limit);
    error NotInForce(uint32 version, uint32 current);
    error UnknownToken(address token);
    error CurrencyNotAllowed(uint32 version, Currency currency);

    /// @notice Publishes the next version with its currencies. Only the owner, which is a timelock.
    function publish(RuleSet calldata rules, Currency[] calldata currencies, CurrencyRule[] calldata currencyRules)
        external
        returns (uint32 version);

    function owner() external view returns (address);
    /// @notice The version in force now: the last one published whose `effectiveFrom` has come.
    function current() external view returns (uint32);
    function count() external view returns (uint32);
    function ruleSet(uint32 version) external view returns (RuleSet memory);
    function currencyRule(uint32 version, Currency currency) external view returns (CurrencyRule memory);
    /// @notice Token units for a minor unit are 10**scale. A token keeps its first scale in all versions, so a credit keeps its worth.
    function scaleOf(address token) external view returns (uint8);
    /// @notice The latest due instant for a receivable confirmed at `confirmedAt`: whole calendar months, and not above tenorDays.
    function latestDue(uint32 version, uint48 confirmedAt) external view returns (uint48);
    /// @notice Running hash of one subject (kind 4, id of the version) and of all events of this contract (kind 0, id 0).
    function journal(uint8 kind, uint256 id) external view returns (bytes32);
}
