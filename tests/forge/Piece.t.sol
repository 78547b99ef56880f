// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PartyId, ReceivableId} from "../../contracts/types/Ids.sol";
import {
    DRAWS_CAPACITY,
    ENDED,
    FROZEN,
    LAST_LEVEL,
    LOCKED,
    Piece,
    WAITING,
    WRITTEN_OFF,
    newPiece,
    pieceId,
    pieceOf
} from "../../contracts/types/Piece.sol";
import {Last, Level, Returns, lastOf, levelOf, returnsOf} from "../../contracts/types/Standing.sol";
import {vm} from "./support/Vm.sol";

/// @dev The one-word types keep every field apart, and each move of a piece changes what it says and nothing else.
contract PieceTest {
    function testFuzz_PieceKeepsItsFields(uint32 h, uint64 l, uint64 p, uint32 v, uint16 f, uint48 u) public pure {
        Piece piece = pieceOf(PartyId.wrap(h), l, p, v, f, u);
        vm.assertEq(PartyId.unwrap(piece.holder()), h);
        vm.assertEq(piece.length(), l);
        vm.assertEq(piece.paid(), p);
        vm.assertEq(piece.version(), v);
        vm.assertEq(piece.flags(), f);
        vm.assertEq(piece.until(), u);
    }

    function testFuzz_StandingKeepsItsFields(uint64 a, uint64 b, uint64 c, uint48 d, uint32 e) public pure {
        Level level = levelOf(a, b, c, d);
        vm.assertEq(level.paidIn(), a);
        vm.assertEq(level.principal(), b);
        vm.assertEq(level.interest(), c);
        vm.assertEq(level.accruedAt(), d);
        Returns r = returnsOf(a, e, b);
        vm.assertEq(r.nominal(), a);
        vm.assertEq(r.count(), e);
        vm.assertEq(r.netted(), b);
        Last last = lastOf(c, b, a);
        vm.assertEq(last.nominalBrought(), c);
        vm.assertEq(last.money(), b);
        vm.assertEq(last.remainder(), a);
    }

    function test_BitsAsDocumented() public pure {
        Piece p = pieceOf(PartyId.wrap(1), 2, 3, 4, 5, 6);
        vm.assertEq(Piece.unwrap(p), 1 | (2 << 32) | (3 << 96) | (4 << 160) | (5 << 192) | (6 << 208));
        vm.assertEq(Level.unwrap(levelOf(1, 2, 3, 4)), 1 | (2 << 64) | (3 << 128) | (4 << 192));
        vm.assertEq(Returns.unwrap(returnsOf(1, 2, 3)), 1 | (2 << 64) | (3 << 96));
        vm.assertEq(Last.unwrap(lastOf(1, 2, 3)), 1 | (2 << 64) | (3 << 128));
        vm.assertEq(pieceId(ReceivableId.wrap(5), 6), (5 << 64) | 6);
    }

    function testFuzz_HeldUntilItLapses(uint48 until, uint48 time) public pure {
        PartyId holder = PartyId.wrap(3);
        vm.assertEq(pieceOf(holder, 1, 0, 1, WAITING, until).held(time), time < until);
        vm.assertEq(pieceOf(holder, 1, 0, 1, LOCKED, until).held(time), time < until);
        vm.assertTrue(pieceOf(holder, 1, 0, 1, FROZEN, until).held(time));
        vm.assertFalse(pieceOf(holder, 1, 0, 1, DRAWS_CAPACITY | WRITTEN_OFF, until).held(time));
        vm.assertTrue(newPiece(holder, 1).free(time));
        vm.assertFalse(pieceOf(holder, 1, 0, 1, ENDED, 0).free(time));
    }

    function testFuzz_MovesChangeWhatTheySay(uint64 l, uint64 p, uint32 v, uint48 u) public pure {
        v = v == type(uint32).max ? 1 : v;
        (PartyId a, PartyId b) = (PartyId.wrap(3), PartyId.wrap(4));
        Piece piece = pieceOf(a, l, p, v, WAITING | WRITTEN_OFF | DRAWS_CAPACITY, u);
        _same(piece.movedTo(b), pieceOf(b, l, p, v + 1, 0, 0));
        _same(piece.endedWith(b), pieceOf(b, l, p, v + 1, ENDED, 0));
        _same(piece.withPaid(9), pieceOf(a, l, 9, v, WAITING | WRITTEN_OFF | DRAWS_CAPACITY, u));
        _same(newPiece(a, l).waitingUntil(u), pieceOf(a, l, 0, 1, WAITING, u));
        _same(newPiece(a, l).brought(p), pieceOf(a, l, p, 1, ENDED | LAST_LEVEL, 0));
    }

    function _same(Piece found, Piece wanted) private pure {
        vm.assertEq(Piece.unwrap(found), Piece.unwrap(wanted));
    }
}
