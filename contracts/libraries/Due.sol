// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ENDED, LAST_LEVEL, LOCKED, Piece, WAITING, pieceOf} from "../types/Piece.sol";
import {Last, Level, Returns, lastOf, levelOf, returnsOf} from "../types/Standing.sol";

/// @dev A receivable's line as settlement sees it.
struct Line {
    uint64 face;
    Level level;
    Returns returns_;
    Last last;
}

/// @title What is due to a piece, how a cut shares what was paid, and how payments and returns move the line. Pure; amounts in minor units.
/// @dev Why nothing is ever overdrawn: see docs/decisions/0004-the-rule-of-paid.md.
library Due {
    uint256 internal constant BASIS = 10_000;

    /// @dev ⌊C·length/F⌋. Not above C, for a piece is not longer than its line.
    function shareDown(uint64 paidIn, uint64 length, uint64 face) internal pure returns (uint64) {
        // length ≤ face, so the quotient is at most paidIn.
        return uint64((uint256(paidIn) * length) / face);
    }

    /// @dev What a piece has had once it is paid what is due: never less than it has already.
    function totalDown(Piece p, Level level, uint64 face) internal pure returns (uint64) {
        uint64 share = shareDown(level.paidIn(), p.length(), face);
        return share > p.paid() ? share : p.paid();
    }

    /// @dev max(0, ⌊C·length/F⌋ − paid); nothing to an ended piece.
    function dueDown(Piece p, Level level, uint64 face) internal pure returns (uint64) {
        return p.has(ENDED) ? 0 : totalDown(p, level, face) - p.paid();
    }

    /// @dev ⌊(paid + 1)·left/length⌋ of `paid` goes with the left part, the rest with the right one.
    function leftPaidDown(uint64 paid, uint64 left, uint64 length) internal pure returns (uint64) {
        // left < length, so the quotient is below paid + 1.
        return uint64(((uint256(paid) + 1) * left) / length);
    }

    /// @dev Both parts of a piece that is cut after `left`, 0 < left < length. The right part is a new piece, so its version is 1.
    ///      Flags go with both; a lapsed wait or lock ends.
    function cut(Piece p, uint64 left) internal pure returns (Piece, Piece) {
        uint64 leftPaid = leftPaidDown(p.paid(), left, p.length());
        uint16 flags = p.flags() & ~(WAITING | LOCKED);
        return (
            pieceOf(p.holder(), left, leftPaid, p.version() + 1, flags, 0),
            pieceOf(p.holder(), p.length() - left, p.paid() - leftPaid, 1, flags, 0)
        );
    }

    /// @dev Interest accrued to `time` on what of the principal is late: simple, by whole days from `dueAt` on, rounded down.
    ///      It stops where the whole line would leave its 64 bits, so that no receivable can become unpayable.
    function accruedDown(Level level, uint64 face, uint48 dueAt, uint256 time, uint32 rateBps, uint16 dayCount)
        internal
        pure
        returns (Level)
    {
        uint256 from = level.accruedAt() > dueAt ? level.accruedAt() : dueAt;
        if (time < from + 1 days) return level;
        uint256 elapsed = (time - from) / 1 days;
        uint256 late = face - level.principal();
        uint256 more = (late * rateBps * elapsed) / (BASIS * dayCount);
        uint256 room = type(uint64).max - late - level.paidIn() - level.interest();
        // Bounded by room, and by time, which stays below 2^48.
        uint64 interest = level.interest() + uint64(more < room ? more : room);
        return levelOf(level.paidIn(), level.principal(), interest, uint48(from + elapsed * 1 days));
    }

    /// @dev Principal paid, or all of it back with the debtor.
    function settled(Line memory line) internal pure returns (bool) {
        return line.level.principal() == line.face || line.returns_.nominal() == line.face;
    }

    /// @dev What the debtor still owes on the whole line, netting left aside. `level` accrued before.
    function owed(Line memory line) internal pure returns (uint64 principal, uint64 interest) {
        if (settled(line)) return (0, 0);
        return (line.face - line.level.principal(), line.level.interest());
    }

    /// @dev A payment of `rise`, not above what is owed: interest first, the rest principal.
    function raised(Level level, uint64 rise) internal pure returns (Level) {
        uint64 toInterest = rise < level.interest() ? rise : level.interest();
        return levelOf(
            level.paidIn() + rise,
            level.principal() + rise - toInterest,
            level.interest() - toInterest,
            level.accruedAt()
        );
    }

    /// @dev What the returned pieces net of the line after a payment: at least N, and ⌊C·E/F⌋ − K + 1, which the floors of K pieces
    ///      never fall below; all of E when the line is paid exactly.
    function nettedDown(Line memory line) internal pure returns (Returns) {
        Returns r = line.returns_;
        if (r.count() == 0) return r;
        if (line.level.paidIn() == line.face && line.level.principal() == line.face) {
            return returnsOf(r.nominal(), r.count(), r.nominal());
        }
        uint256 floors = uint256(shareDown(line.level.paidIn(), r.nominal(), line.face)) + 1;
        if (floors <= uint256(r.count()) + r.netted()) return r;
        // floors ≤ C + 1 and count ≥ 1, so the difference is at most C.
        return returnsOf(r.nominal(), r.count(), uint64(floors - r.count()));
    }

    /// @dev A piece of `length` came back, having had `total`: what was paid to it, or netted in its place.
    function returned(Returns r, uint64 length, uint64 total) internal pure returns (Returns) {
        return returnsOf(r.nominal() + length, r.count() + 1, r.netted() + total);
    }

    /// @dev Less than one unit a piece, left of interest when all of a settled line was brought to the last level; else 0.
    function remainderOf(Line memory line) internal pure returns (uint64) {
        if (!settled(line) || line.last.nominalBrought() + line.returns_.nominal() != line.face) return 0;
        return line.level.paidIn() - line.returns_.netted() - line.last.money() - line.last.remainder();
    }

    /// @dev Pays a piece what it is owed now: what is due; once settled, it is brought to the last level; and what remains when all are,
    ///      goes to the piece that holds the line's end (netted, where that is back with the debtor). An unchanged piece has nothing due.
    function payout(Line memory line, Piece p, uint64 start) internal pure returns (Piece after_, Line memory) {
        after_ = p;
        if (!p.has(ENDED)) {
            uint64 total = totalDown(p, line.level, line.face);
            after_ = settled(line) ? p.brought(total) : p.withPaid(total);
            if (after_.has(LAST_LEVEL)) line.last = _brought(line.last, p.length(), total);
        }
        if (uint256(start) + p.length() != line.face) return (after_, line);
        uint64 rest = remainderOf(line);
        if (rest == 0) return (after_, line);
        Returns r = line.returns_;
        Last last = line.last;
        if (after_.has(LAST_LEVEL)) {
            line.last = lastOf(last.nominalBrought(), last.money(), last.remainder() + rest);
        } else {
            line.returns_ = returnsOf(r.nominal(), r.count(), r.netted() + rest);
        }
        return (after_.withPaid(after_.paid() + rest), line);
    }

    function _brought(Last last, uint64 length, uint64 total) private pure returns (Last) {
        return lastOf(last.nominalBrought() + length, last.money() + total, last.remainder());
    }
}
