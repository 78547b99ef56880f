// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev What has been paid on a receivable's whole line, in one word.
///      bits 0–63 level (C) · 64–127 principal (P) · 128–191 interest accrued and unpaid · 192–239 accruedAt
type Level is uint256;

/// @dev What came back to the debtor, in one word.
///      bits 0–63 nominal (E) · 64–95 count (K) · 96–159 netted (N)
type Returns is uint256;

/// @dev After settlement: the pieces brought to the last level, in one word.
///      bits 0–63 nominal · 64–127 money · 128–191 remainder already given to the piece that holds the line's end
type Last is uint256;

function levelOf(uint64 paidIn_, uint64 principal_, uint64 interest_, uint48 accruedAt_) pure returns (Level) {
    return Level.wrap(
        uint256(paidIn_) | (uint256(principal_) << 64) | (uint256(interest_) << 128) | (uint256(accruedAt_) << 192)
    );
}

function returnsOf(uint64 nominal_, uint32 count_, uint64 netted_) pure returns (Returns) {
    return Returns.wrap(uint256(nominal_) | (uint256(count_) << 64) | (uint256(netted_) << 96));
}

function lastOf(uint64 nominal_, uint64 money_, uint64 remainder_) pure returns (Last) {
    return Last.wrap(uint256(nominal_) | (uint256(money_) << 64) | (uint256(remainder_) << 128));
}

// Each getter narrows to the width of its own field, so nothing that belongs to it is lost.

/// @dev C, netting included.
function paidIn(Level w) pure returns (uint64) {
    return uint64(Level.unwrap(w));
}

/// @dev P.
function principal(Level w) pure returns (uint64) {
    return uint64(Level.unwrap(w) >> 64);
}

function interest(Level w) pure returns (uint64) {
    return uint64(Level.unwrap(w) >> 128);
}

/// @dev Interest is accrued up to here. 0 before the first payment; before `dueAt` nothing accrues.
function accruedAt(Level w) pure returns (uint48) {
    return uint48(Level.unwrap(w) >> 192);
}

/// @dev E.
function nominal(Returns w) pure returns (uint64) {
    return uint64(Returns.unwrap(w));
}

/// @dev K.
function count(Returns w) pure returns (uint32) {
    return uint32(Returns.unwrap(w) >> 64);
}

/// @dev N.
function netted(Returns w) pure returns (uint64) {
    return uint64(Returns.unwrap(w) >> 96);
}

function nominalBrought(Last w) pure returns (uint64) {
    return uint64(Last.unwrap(w));
}

function money(Last w) pure returns (uint64) {
    return uint64(Last.unwrap(w) >> 64);
}

function remainder(Last w) pure returns (uint64) {
    return uint64(Last.unwrap(w) >> 128);
}

using {paidIn, principal, interest, accruedAt} for Level global;
using {nominal, count, netted} for Returns global;
using {nominalBrought, money, remainder} for Last global;
