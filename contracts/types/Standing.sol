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
