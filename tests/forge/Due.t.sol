// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Due, Line} from "../../contracts/libraries/Due.sol";
import {PartyId} from "../../contracts/types/Ids.sol";
import {ENDED, LAST_LEVEL, Piece, WAITING, newPiece, pieceOf} from "../../contracts/types/Piece.sol";
import {Last, Level, Returns, lastOf, levelOf, returnsOf} from "../../contracts/types/Standing.sol";
import {vm} from "./support/Vm.sol";

/// @dev The rule of paid, function by function.
contract DueTest {
    uint48 private constant DUE_AT = 1_800_000_000;
    PartyId private constant HOLDER = PartyId.wrap(7);

    /// @dev The heart of it: whatever will be paid later, two parts of a cut never take more than the piece would have, or had.
    function testFuzz_PartsNeverTakeMoreThanThePiece(
        uint64 face,
        uint64 length,
        uint64 paid,
        uint64 left,
        uint64 paidIn
    ) public pure {
        face = uint64(2 + uint256(face) % (type(uint64).max - 1));
        length = uint64(2 + uint256(length) % (face - 1));
        left = uint64(1 + uint256(left) % (length - 1));
        _holdParts(face, length, paid, left, paidIn);
    }

    /// @dev The same where every border of rounding is near.
    function testFuzz_PartsOfShortLines(uint8 face, uint8 length, uint8 paid, uint8 left, uint8 paidIn) public pure {
        face = 2 + face % 24;
        length = 2 + length % (face - 1);
        left = 1 + left % (length - 1);
        _holdParts(face, length, paid % 32, left, paidIn % 32);
    }

    /// @dev The shortest history on which plain ⌊paid·left/length⌋ owes more than came in.
    function test_CutAheadOfItsShare() public pure {
        Level level = levelOf(5, 5, 0, 0);
        (Piece a, Piece c) = Due.cut(newPiece(HOLDER, 9).withPaid(5), 5);
        (Piece x, Piece b) = Due.cut(a, 2);
        uint256 all = uint256(Due.totalDown(x, level, 9)) + Due.totalDown(b, level, 9) + Due.totalDown(c, level, 9);
        vm.assertLe(all, 5);
    }

    function test_CutRaisesTheVersionAndEndsALapsedWait() public pure {
        Piece whole = pieceOf(HOLDER, 10, 0, 4, WAITING, 99);
        (Piece a, Piece b) = Due.cut(whole, 3);
        vm.assertEq(bytes32(Piece.unwrap(a)), bytes32(Piece.unwrap(pieceOf(HOLDER, 3, 0, 5, 0, 0))));
        vm.assertEq(bytes32(Piece.unwrap(b)), bytes32(Piece.unwrap(pieceOf(HOLDER, 7, 0, 1, 0, 0))));
    }

    function testFuzz_NothingIsDueToAnEndedPiece(uint64 length, uint64 paid, uint64 paidIn) public pure {
        length = uint64(1 + uint256(length) % type(uint64).max);
        Piece p = pieceOf(HOLDER, length, paid, 1, ENDED, 0);
        vm.assertEq(Due.dueDown(p, levelOf(paidIn, 0, 0, 0), length), 0);
    }

    function test_InterestByWholeDays() public pure {
        vm.assertEq(_interestAfter(0), 0);
        vm.assertEq(_interestAfter(1 days - 1), 0);
        vm.assertEq(_interestAfter(1 days), 2666);
        vm.assertEq(_interestAfter(2 days - 1), 2666);
        vm.assertEq(_interestAfter(30 days), 80_000);
        vm.assertEq(_interestAfter(360 days), 960_000);
    }

    function test_TheDayThatRunsIsCountedOnceItIsOver() public pure {
        Level level = Due.accruedDown(Level.wrap(0), 12_000_000, DUE_AT, DUE_AT + 1 days + 5, 800, 360);
        vm.assertEq(level.accruedAt(), DUE_AT + 1 days);
        level = Due.accruedDown(level, 12_000_000, DUE_AT, DUE_AT + 2 days, 800, 360);
        vm.assertEq(level.interest(), 2 * 2666);
    }

    /// @dev However late and dear: what is owed can be paid.
    function testFuzz_NoLineLeavesIts64Bits(uint64 face, uint64 first, uint32 rate, uint40 elapsed) public pure {
        face = face == 0 ? 1 : face;
        Level level = Due.accruedDown(Level.wrap(0), face, DUE_AT, uint256(DUE_AT) + elapsed, rate, 360);
        uint256 owed = uint256(face) + level.interest();
        vm.assertLe(owed, type(uint64).max);
        level = Due.raised(level, uint64(1 + uint256(first) % owed));
        level = Due.accruedDown(level, face, DUE_AT, uint256(DUE_AT) + 2 * uint256(elapsed), rate, 365);
        level = Due.raised(level, face - level.principal() + level.interest());
        vm.assertEq(level.principal(), face);
        vm.assertEq(level.interest(), 0);
    }

    function testFuzz_InterestFirstThenPrincipal(uint64 principal, uint64 interest, uint64 rise) public pure {
        Level before = levelOf(3, uint64(principal / 4), uint64(interest / 4), 5);
        rise = rise / 4;
        Level level = Due.raised(before, rise);
        uint64 toInterest = rise < before.interest() ? rise : before.interest();
        vm.assertEq(level.paidIn(), 3 + rise);
        vm.assertEq(level.interest(), before.interest() - toInterest);
        vm.assertEq(level.principal(), before.principal() + rise - toInterest);
        vm.assertEq(level.accruedAt(), 5);
    }

    function test_NettingStaysBelowTheFloors() public pure {
        // Two of 1 in 8 came back: ⌊5·2/8⌋ is 1, but the floors of both are 0.
        vm.assertEq(_netted(8, 5, 5, returnsOf(2, 2, 0)), 0);
        vm.assertEq(_netted(8, 7, 7, returnsOf(6, 2, 0)), 4);
        // Never less than before, and no underflow where K is above the share.
        vm.assertEq(_netted(8, 1, 1, returnsOf(3, 3, 1)), 1);
        // Paid exactly: all of E. With interest: the floors.
        vm.assertEq(_netted(8, 8, 8, returnsOf(6, 3, 4)), 6);
        vm.assertEq(_netted(8, 10, 8, returnsOf(6, 3, 4)), 5);
        vm.assertEq(_netted(8, 8, 7, returnsOf(6, 3, 4)), 4);
        vm.assertEq(_netted(8, 5, 5, Returns.wrap(0)), 0);
    }

    function test_RemainderGoesToTheLinesEnd() public pure {
        // 3 units of 3 pieces, C = 5 with interest of 2: floors 1, 1, 1; 2 remain.
        Line memory line = Line(3, levelOf(5, 3, 0, 0), Returns.wrap(0), lastOf(0, 0, 0));
        Piece unit = newPiece(HOLDER, 1);
        Piece end;
        (end, line) = Due.payout(line, unit, 2);
        vm.assertEq(end.paid(), 1);
        (, line) = Due.payout(line, unit, 0);
        (, line) = Due.payout(line, unit, 1);
        vm.assertEq(Due.remainderOf(line), 2);
        (end, line) = Due.payout(line, end, 2);
        vm.assertEq(end.paid(), 3);
        vm.assertTrue(end.has(LAST_LEVEL));
        vm.assertEq(bytes32(Last.unwrap(line.last)), bytes32(Last.unwrap(lastOf(3, 3, 2))));
        (Piece again,) = Due.payout(line, end, 2);
        vm.assertEq(bytes32(Piece.unwrap(again)), bytes32(Piece.unwrap(end)));
    }

    function test_RemainderIsNettedWhereTheLinesEndIsBack() public pure {
        Line memory line = Line(3, levelOf(5, 3, 0, 0), returnsOf(1, 1, 1), lastOf(2, 2, 0));
        Piece end = newPiece(HOLDER, 1).withPaid(1).endedWith(PartyId.wrap(9));
        (Piece after_, Line memory then_) = Due.payout(line, end, 2);
        vm.assertEq(after_.paid(), 3);
        vm.assertEq(then_.returns_.netted(), 3);
        vm.assertEq(then_.last.remainder(), 0);
        vm.assertEq(Due.remainderOf(then_), 0);
    }

    function _holdParts(uint64 face, uint64 length, uint64 paid, uint64 left, uint64 paidIn) private pure {
        Piece whole = pieceOf(HOLDER, length, paid, 1, 0, 0);
        (Piece a, Piece b) = Due.cut(whole, left);
        Level level = levelOf(paidIn, 0, 0, 0);
        vm.assertEq(uint256(a.paid()) + b.paid(), paid);
        vm.assertEq(uint256(a.length()) + b.length(), length);
        vm.assertLe(
            uint256(Due.totalDown(a, level, face)) + Due.totalDown(b, level, face), Due.totalDown(whole, level, face)
        );
    }

    function _interestAfter(uint256 elapsed) private pure returns (uint64) {
        return Due.accruedDown(Level.wrap(0), 12_000_000, DUE_AT, DUE_AT + elapsed, 800, 360).interest();
    }

    function _netted(uint64 face, uint64 paidIn, uint64 principal, Returns r) private pure returns (uint64) {
        return Due.nettedDown(Line(face, levelOf(paidIn, principal, 0, 0), r, Last.wrap(0))).netted();
    }
}
