// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PartyId} from "./Ids.sol";

/// @dev A holder's interval of a receivable, in one word. Events carry the word as it stands in storage.
///      bits 0–31 holder · 32–95 length · 96–159 paid · 160–191 version · 192–207 flags · 208–255 until
///      flags: bit 0 `ended`, 1 `waiting` (for Acknowledge), 2 `locked`, 3 `frozen`, 4 `lastLevel` (brought to the last level
///      after settlement), 5 `drawsCapacity` (counts in its holder's credit line), 6 `writtenOff`. until: when waiting or lock lapses.
type Piece is uint256;
