// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Split} from "../../contracts/acts/Moves.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract MovesSplitTest is Acting {
    ReceivableId private _id;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    function test_refuses_whoever_does_not_hold_it() external {
        Split memory act = _split(_id, 1000, FACE - 1000);
        _refuse(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, SELLER));
        _send(act, otherKey);
    }

    function test_refuses_an_unknown_receivable_or_piece() external {
        Split memory act = _split(_id, 1000, FACE - 1000);
        act.start = 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownPiece.selector, _id, 1));
        _send(act, sellerKey);
        act.receivable = 7;
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownReceivable.selector, 7));
        _send(act, sellerKey);
    }

    function test_refuses_another_version() external {
        Split memory act = _split(_id, 1000, FACE - 1000);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, 0, 2, 1));
        _send(act, sellerKey);
    }

    function test_refuses_a_second_time() external {
        Split memory act = _split(_id, 1000, FACE - 1000);
        _send(act, sellerKey);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, 0, 1, 2));
        _send(act, sellerKey);
    }

    function test_refuses_parts_that_do_not_add_up() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.PartsDiffer.selector, FACE + 1, FACE));
        _send(_split(_id, 1001, FACE - 1000), sellerKey);
    }

    function test_refuses_a_part_too_small() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.BelowSmallest.selector, SMALLEST - 1, SMALLEST));
        _send(_split(_id, SMALLEST - 1, FACE - SMALLEST + 1), sellerKey);
    }

    function test_refuses_one_part_and_more_than_thirty_two() external {
        Split memory act = _split(_id, 0, 0);
        act.parts = new uint64[](1);
        act.parts[0] = FACE;
        _refuse(abi.encodeWithSelector(ILedgerErrors.PartsDiffer.selector, 1, 2));
        _send(act, sellerKey);
        act.parts = new uint64[](33);
        _refuse(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 33, 32));
        _send(act, sellerKey);
    }

    function test_refuses_a_piece_that_waits() external {
        vm.warp(BEGIN + 90 days - CLEARING);
        _send(_bankPaid(_id, 0, 1, FACE));
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceNotFree.selector, _id, 0, 2));
        _send(_split(_id, 1000, FACE - 1000), sellerKey);
    }

    function test_refuses_what_was_taken_back() external {
        Split memory act = _split(_id, 1000, FACE - 1000);
        bytes32 digest = digests.digest(act);
        _takeBack(SELLER, sellerKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act, sellerKey);
    }

    function test_cuts_from_left_to_right_as_said() external {
        Split memory act = _split(_id, 0, 0);
        act.parts = new uint64[](3);
        (act.parts[0], act.parts[1], act.parts[2]) = (1000, 2000, FACE - 3000);
        _send(act, sellerKey);
        _requirePiece(0, 1000, 3);
        _requirePiece(1000, 2000, 1);
        _requirePiece(3000, FACE - 3000, 1);
    }

    function test_cuts_into_thirty_two() external {
        Split memory act = _split(_id, 0, 0);
        act.parts = new uint64[](32);
        for (uint256 i = 0; i < 32; ++i) {
            act.parts[i] = SMALLEST;
        }
        act.parts[31] = FACE - 31 * SMALLEST;
        _send(act, sellerKey);
        _requirePiece(31 * SMALLEST, FACE - 31 * SMALLEST, 1);
    }

    function test_credits_what_is_due_before_the_cut() external {
        _send(_pay(_id, 10_000_001));
        _send(_split(_id, 10_000_000, 20_000_000), sellerKey);
        vm.assertEq(ledger.credit(_party(SELLER), address(token)), 10_000_001);
        Piece left = _piece(_id, 0);
        Piece right = _piece(_id, 10_000_000);
        vm.assertEq(uint256(left.paid()) + right.paid(), 10_000_001);
        vm.assertEq(ledger.due(_id, 0) + ledger.due(_id, 10_000_000), 0);
    }

    /// @dev Any two cuts leave a partition of the line, with the lengths that were asked.
    function testFuzz_pieces_part_the_line(uint64 first, uint64 second) external {
        first = uint64(SMALLEST + first % (FACE / 2));
        second = uint64(SMALLEST + second % (FACE / 2 - 3 * SMALLEST));
        Split memory act = _split(_id, 0, 0);
        act.parts = new uint64[](3);
        (act.parts[0], act.parts[1]) = (first, second);
        if (uint256(first) + second + SMALLEST > FACE) return;
        act.parts[2] = FACE - first - second;
        _send(act, sellerKey);
        vm.assertEq(_piece(_id, 0).length(), first);
        vm.assertEq(_piece(_id, first).length(), second);
        vm.assertEq(_piece(_id, first + second).length(), FACE - first - second);
    }

    function _requirePiece(uint64 start, uint64 length, uint32 version) private view {
        Piece p = _piece(_id, start);
        vm.assertEq(p.length(), length);
        vm.assertEq(p.version(), version);
        vm.assertTrue(p.holder() == _party(SELLER));
    }
}
