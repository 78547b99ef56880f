// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PartyId, ReceivableId} from "./Ids.sol";

/// @dev A holder's interval of a receivable, in one word. Events carry the word as it stands in storage.
///      bits 0–31 holder · 32–95 length · 96–159 paid · 160–191 version · 192–207 flags · 208–255 until
///      flags: bit 0 `ended`, 1 `waiting` (for Acknowledge), 2 `locked`, 3 `frozen`, 4 `lastLevel` (brought to the last level
///      after settlement), 5 `drawsCapacity` (counts in its holder's credit line), 6 `writtenOff`. until: when waiting or lock lapses.
type Piece is uint256;

uint16 constant ENDED = 1;
uint16 constant WAITING = 2;
uint16 constant LOCKED = 4;
uint16 constant FROZEN = 8;
uint16 constant LAST_LEVEL = 16;
uint16 constant DRAWS_CAPACITY = 32;
uint16 constant WRITTEN_OFF = 64;

/// @dev The ERC-721 token id, and the key in storage: receivable ‖ start.
function pieceId(ReceivableId receivable, uint64 start) pure returns (uint256) {
    return (uint256(ReceivableId.unwrap(receivable)) << 64) | start;
}

function pieceOf(PartyId holder_, uint64 length_, uint64 paid_, uint32 version_, uint16 flags_, uint48 until_)
    pure
    returns (Piece)
{
    return Piece.wrap(
        uint256(PartyId.unwrap(holder_)) | (uint256(length_) << 32) | (uint256(paid_) << 96)
            | (uint256(version_) << 160) | (uint256(flags_) << 192) | (uint256(until_) << 208)
    );
}

/// @dev The whole line, as a confirmation brings it into being.
function newPiece(PartyId creditor, uint64 face) pure returns (Piece) {
    return pieceOf(creditor, face, 0, 1, 0, 0);
}

// Each getter narrows to the width of its own field, so nothing that belongs to it is lost.

function exists(Piece p) pure returns (bool) {
    return Piece.unwrap(p) != 0;
}

function holder(Piece p) pure returns (PartyId) {
    return PartyId.wrap(uint32(Piece.unwrap(p)));
}

function length(Piece p) pure returns (uint64) {
    return uint64(Piece.unwrap(p) >> 32);
}

function paid(Piece p) pure returns (uint64) {
    return uint64(Piece.unwrap(p) >> 96);
}

function version(Piece p) pure returns (uint32) {
    return uint32(Piece.unwrap(p) >> 160);
}

function flags(Piece p) pure returns (uint16) {
    return uint16(Piece.unwrap(p) >> 192);
}

function until(Piece p) pure returns (uint48) {
    return uint48(Piece.unwrap(p) >> 208);
}

/// @dev True when any of the flags in `mask` is set.
function has(Piece p, uint16 mask) pure returns (bool) {
    return flags(p) & mask != 0;
}

/// @dev Waiting, locked or frozen at `time`: neither moved nor cut, and nothing is paid out of it. `until` is the first instant at
///      which waiting or a lock has lapsed; the flag itself stays until the next move or cut, so once a version is seen.
function held(Piece p, uint256 time) pure returns (bool) {
    return has(p, FROZEN) || (has(p, WAITING | LOCKED) && time < until(p));
}

/// @dev May be moved or cut at `time`.
function free(Piece p, uint256 time) pure returns (bool) {
    return !has(p, ENDED) && !held(p, time);
}

/// @dev The piece with another holder. What bound the old holder only ends: waiting, lock, capacity, write-off.
function movedTo(Piece p, PartyId to) pure returns (Piece) {
    return pieceOf(to, length(p), paid(p), version(p) + 1, flags(p) & FROZEN, 0);
}

/// @dev The piece back with the debtor, which ends it.
function endedWith(Piece p, PartyId debtor) pure returns (Piece) {
    return pieceOf(debtor, length(p), paid(p), version(p) + 1, ENDED, 0);
}

/// @dev The piece after a payout. A payout does not raise the version.
function withPaid(Piece p, uint64 paid_) pure returns (Piece) {
    return pieceOf(holder(p), length(p), paid_, version(p), flags(p), until(p));
}

/// @dev The piece paid to the last level of a settled receivable, which ends it.
function brought(Piece p, uint64 paid_) pure returns (Piece) {
    return pieceOf(holder(p), length(p), paid_, version(p), flags(p) | ENDED | LAST_LEVEL, until(p));
}

/// @dev The piece waiting for `Acknowledge`. The version stays, for the acknowledgement names it too.
function waitingUntil(Piece p, uint48 until_) pure returns (Piece) {
    return pieceOf(holder(p), length(p), paid(p), version(p), flags(p) | WAITING, until_);
}

using {
    exists,
    holder,
    length,
    paid,
    version,
    flags,
    until,
    has,
    held,
    free,
    movedTo,
    endedWith,
    withPaid,
    brought,
    waitingUntil
} for Piece global;
