// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Due, Line} from "../../contracts/libraries/Due.sol";
import {PartyId} from "../../contracts/types/Ids.sol";
import {ENDED, Piece, WAITING} from "../../contracts/types/Piece.sol";
import {SettlementBook, SettlementRegisters} from "./SettlementBook.sol";
import {RefusingToken} from "./SettlementTokens.sol";
import {vm} from "./support/Vm.sol";

/// @dev Walks one receivable at random through its life. No step reverts: a step that the state does not allow is left out.
contract SettlementWalk {
    uint64 private constant ALL = type(uint64).max;
    uint32 private constant PARTIES = 6;
    PartyId private constant DEBTOR = PartyId.wrap(1);
    uint256 private constant MOST_PIECES = 24;

    SettlementBook public immutable BOOK;
    SettlementRegisters private immutable _REGISTERS;
    RefusingToken private immutable _TOKEN;
    uint64 public immutable FACE;
    uint64[] private _starts;

    constructor(RefusingToken token, SettlementRegisters registers, uint64 face, uint48 dueAt) {
        (_TOKEN, _REGISTERS, FACE) = (token, registers, face);
        BOOK = new SettlementBook(registers, face, dueAt);
        _starts.push(0);
        token.mint(registers.account(DEBTOR), 3 * uint256(type(uint64).max) * 10);
        vm.prank(registers.account(DEBTOR));
        token.approve(address(BOOK), type(uint256).max);
    }

    // --- steps

    function pay(uint64 amount) external {
        (uint64 principal, uint64 interest) = BOOK.owed();
        uint64 owed = principal + interest;
        if (owed > 0) BOOK.pay(1 + amount % owed, ALL);
    }

    function payAUnit() external {
        (uint64 principal,) = BOOK.owed();
        if (principal > 0) BOOK.pay(1, ALL);
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + (elapsed % 20 days));
    }

    function cut(uint256 which, uint64 where) public {
        (uint64 start, Piece p) = _pick(which);
        if (!p.free(block.timestamp) || p.length() < 2 || _starts.length == MOST_PIECES) return;
        uint64 left = 1 + where % (p.length() - 1);
        BOOK.cut(start, left);
        _starts.push(start + left);
    }

    function cutNear(uint256 which, uint8 where) external {
        cut(which, where % 8);
    }

    function move(uint256 which, uint32 to) external {
        (uint64 start, Piece p) = _pick(which);
        if (p.free(block.timestamp)) BOOK.move(start, PartyId.wrap(2 + to % (PARTIES - 1)));
    }

    function bankPaid(uint256 which) external {
        (uint64 start, Piece p) = _pick(which);
        if (p.free(block.timestamp) && !p.has(WAITING)) BOOK.wait(start, uint48(block.timestamp + 10 days));
    }

    function giveBack(uint256 which) external {
        (uint64 start, Piece p) = _pick(which);
        if (!p.has(ENDED)) BOOK.giveBack(start);
    }

    function distribute(uint256 which) external {
        (uint64 start,) = _pick(which);
        if (_changes(start)) _distribute(start);
    }

    function refuse(uint32 party, uint8 way) external {
        PartyId id = PartyId.wrap(1 + party % PARTIES);
        _TOKEN.setWay(_REGISTERS.account(id), RefusingToken.Way(way % 3));
    }

    function payOut(uint32 party) external {
        PartyId id = PartyId.wrap(1 + party % PARTIES);
        RefusingToken.Way way = _TOKEN.ways(_REGISTERS.account(id));
        if (way == RefusingToken.Way.Pays && BOOK.credit(id, _TOKEN) > 0) BOOK.payOut(id, address(_TOKEN));
    }

    // --- what is held against it

    /// @dev Money counted from the token, shares from the pieces.
    function check() external view {
        Line memory line = BOOK.line();
        (uint256 length, uint256 paid, uint256 dues, uint256 back) = (0, 0, 0, 0);
        for (uint256 i = 0; i < _starts.length; ++i) {
            Piece p = BOOK.piece(_starts[i]);
            length += p.length();
            if (_back(p)) {
                back += Due.totalDown(p, line.level, line.face);
            } else {
                paid += p.paid();
                dues += Due.dueDown(p, line.level, line.face);
            }
        }
        uint256 held = uint256(line.level.paidIn()) - line.returns_.netted() - paid;
        vm.assertEq(length, FACE);
        vm.assertEq(_TOKEN.balanceOf(address(BOOK)), (held + _credits()) * 10);
        vm.assertLe(dues, held);
        vm.assertGt(_starts.length, held - dues);
        if (!Due.settled(line)) vm.assertLe(line.returns_.netted(), back);
        if (line.returns_.nominal() == FACE) vm.assertEq(held, 0);
    }

    /// @dev To the end: all is paid, what waits lapses, every piece is brought to the last level, the line's end last.
    function finish() external {
        (uint64 principal, uint64 interest) = BOOK.owed();
        if (principal + interest > 0) BOOK.pay(ALL, ALL);
        vm.warp(block.timestamp + 11 days);
        uint64 end;
        for (uint256 i = 0; i < _starts.length; ++i) {
            if (_changes(_starts[i])) _distribute(_starts[i]);
            if (_starts[i] > end) end = _starts[i];
        }
        if (_changes(end)) _distribute(end);
        _checkEnd();
    }

    function _checkEnd() private view {
        Line memory line = BOOK.line();
        bool exact = line.level.paidIn() == FACE && line.level.principal() == FACE;
        vm.assertTrue(Due.settled(line));
        vm.assertEq(_TOKEN.balanceOf(address(BOOK)), _credits() * 10);
        for (uint256 i = 0; i < _starts.length; ++i) {
            Piece p = BOOK.piece(_starts[i]);
            vm.assertTrue(p.has(ENDED));
            if (exact && !_back(p)) vm.assertEq(p.paid(), p.length());
        }
        if (exact) vm.assertEq(line.returns_.netted(), line.returns_.nominal());
    }

    function _pick(uint256 which) private view returns (uint64 start, Piece p) {
        start = _starts[which % _starts.length];
        p = BOOK.piece(start);
    }

    function _back(Piece p) private pure returns (bool) {
        return p.holder() == DEBTOR;
    }

    function _changes(uint64 start) private view returns (bool) {
        Piece p = BOOK.piece(start);
        bool bringsToLast = BOOK.settled() && !p.has(ENDED);
        return !p.held(block.timestamp) && (bringsToLast || BOOK.due(start) > 0);
    }

    function _distribute(uint64 start) private {
        uint64[] memory starts = new uint64[](1);
        starts[0] = start;
        BOOK.distribute(starts);
    }

    function _credits() private view returns (uint256 all) {
        for (uint32 i = 1; i <= PARTIES; ++i) {
            all += BOOK.credit(PartyId.wrap(i), _TOKEN);
        }
    }
}
