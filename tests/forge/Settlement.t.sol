// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {ILedgerEvents} from "../../contracts/interfaces/ILedgerEvents.sol";
import {Line} from "../../contracts/libraries/Due.sol";
import {PartyId} from "../../contracts/types/Ids.sol";
import {ENDED, FROZEN, LAST_LEVEL, LOCKED, Piece, pieceOf} from "../../contracts/types/Piece.sol";
import {SettlementBook, SettlementRegisters} from "./SettlementBook.sol";
import {CallingToken, RefusingToken} from "./SettlementTokens.sol";
import {Log, vm} from "./support/Vm.sol";

/// @dev Doors of settlement, refusals first. A cent is 10 units of the token.
contract SettlementTest {
    uint48 private constant DUE_AT = 1_800_000_000;
    uint64 private constant ALL = type(uint64).max;
    uint256 private constant UNITS = 10;
    PartyId private constant DEBTOR = PartyId.wrap(1);
    PartyId private constant CREDITOR = PartyId.wrap(2);
    PartyId private constant OTHER = PartyId.wrap(3);

    RefusingToken private _token;
    SettlementRegisters private _registers;
    SettlementBook private _book;

    function setUp() public {
        vm.warp(DUE_AT - 10 days);
        _token = new RefusingToken();
        _registers = new SettlementRegisters(address(_token), 1, 800);
        _book = new SettlementBook(_registers, 1000, DUE_AT);
        _token.mint(_account(DEBTOR), 1_000_000);
        _approve();
    }

    // --- pay

    function test_RefusesWhatIsNotOwed() public {
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _book.pay(0, ALL);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.AboveOwed.selector, _book.ID(), uint64(1001), 1000));
        _book.pay(1001, ALL);
        _book.pay(1000, ALL);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingOwed.selector, _book.ID()));
        _book.pay(ALL, ALL);
    }

    function test_RefusesToPullMoreThanTheDebtorSaid() public {
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.AbovePull.selector, 500, uint64(499)));
        _book.pay(500, 499);
    }

    function test_RefusesATokenThatBringsLess() public {
        _token.setFee(1);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.TokenRefused.selector, address(_token)));
        _book.pay(500, ALL);
    }

    function test_PaysAllThatIsOwedWithInterest() public {
        vm.warp(DUE_AT + 90 days);
        (uint64 principal, uint64 interest) = _book.owed();
        vm.assertEq(principal, 1000);
        vm.assertEq(interest, 20);
        vm.assertEq(_book.pay(ALL, 1020), 1020);
        vm.assertEq(_token.balanceOf(address(_book)), 1020 * UNITS);
        vm.assertTrue(_book.settled());
        _distribute(0);
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 1020 * UNITS);
    }

    function test_TellsWhatHoldsAfterAPayment() public {
        vm.recordLogs();
        _book.pay(300, ALL);
        Log[] memory logs = vm.getRecordedLogs();
        Line memory line = _book.line();
        vm.assertEq(logs[0].topics[0], ILedgerEvents.ReceivablePaid.selector);
        vm.assertEq(keccak256(logs[0].data), keccak256(abi.encode(uint64(300), uint64(300), line.level, line.returns_)));
        vm.assertEq(line.level.paidIn(), 300);
        vm.assertEq(line.level.principal(), 300);
    }

    function test_WhatIsNettedAboveAPaymentIsTheDebtorsCredit() public {
        _book = new SettlementBook(_registers, 8, DUE_AT);
        _approve();
        for (uint64 start = 0; start < 7; ++start) {
            _book.cut(start, 1);
        }
        for (uint64 start = 0; start < 6; ++start) {
            _book.giveBack(start);
        }
        _book.pay(7, ALL);
        vm.assertEq(_book.line().returns_.netted(), 0);
        _book.pay(1, 0);
        vm.assertEq(_book.line().returns_.netted(), 6);
        vm.assertEq(_book.credit(DEBTOR, _token), 5);
        _distribute(6);
        _distribute(7);
        vm.assertEq(_token.balanceOf(address(_book)), 5 * UNITS);
    }

    // --- distribute

    function test_RefusesTooManyUnknownAndNothing() public {
        uint64[] memory starts = new uint64[](201);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 201, 200));
        _book.distribute(starts);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.UnknownPiece.selector, _book.ID(), uint64(5)));
        _distribute(5);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _distribute(0);
    }

    function test_PaysEachHolderOnce() public {
        _book.cut(0, 400);
        _book.move(400, OTHER);
        _book.pay(500, ALL);
        vm.assertEq(_book.due(0), 200);
        _book.distribute(_two(0, 400));
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 200 * UNITS);
        vm.assertEq(_token.balanceOf(_account(OTHER)), 300 * UNITS);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _book.distribute(_two(0, 400));
    }

    function test_SkipsWhatWaitsIsLockedOrFrozen() public {
        _book.cut(0, 400);
        _book.wait(400, uint48(block.timestamp + 10 days));
        _book.pay(500, ALL);
        _book.distribute(_two(0, 400));
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 200 * UNITS);
        _book.put(400, pieceOf(CREDITOR, 600, 0, 1, LOCKED, uint48(block.timestamp + 10 days)));
        _refuseNothingDue(400);
        _book.put(400, pieceOf(CREDITOR, 600, 0, 1, FROZEN, 0));
        _refuseNothingDue(400);
    }

    function test_PaysOnceTheWaitHasLapsed() public {
        _book.wait(0, uint48(block.timestamp + 5 days));
        _book.pay(500, ALL);
        vm.warp(block.timestamp + 5 days - 1);
        _refuseNothingDue(0);
        vm.warp(block.timestamp + 1);
        _distribute(0);
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 500 * UNITS);
    }

    function test_OneRefusedAccountBlocksNobody() public {
        RefusingToken.Way[4] memory ways = [
            RefusingToken.Way.Reverts,
            RefusingToken.Way.SaysFalse,
            RefusingToken.Way.BurnsGas,
            RefusingToken.Way.ReturnsMuch
        ];
        _book.cut(0, 400);
        _book.move(0, OTHER);
        for (uint64 i = 0; i < 4; ++i) {
            _token.setWay(_account(OTHER), ways[i]);
            _book.pay(100, ALL);
            _book.distribute{gas: 1_500_000}(_two(0, 400));
            vm.assertEq(_book.credit(OTHER, _token), 40 * (i + 1));
            vm.assertEq(_token.balanceOf(_account(CREDITOR)), 60 * (i + 1) * UNITS);
        }
        vm.assertEq(_token.balanceOf(address(_book)), 160 * UNITS);
        _token.setWay(_account(OTHER), RefusingToken.Way.Pays);
        _book.payOut(OTHER, address(_token));
        vm.assertEq(_token.balanceOf(_account(OTHER)), 160 * UNITS);
        vm.assertEq(_book.credit(OTHER, _token), 0);
    }

    function test_ATokenThatSaysNothingPays() public {
        _token.setWay(_account(CREDITOR), RefusingToken.Way.SaysNothingButPays);
        _book.pay(100, ALL);
        _distribute(0);
        vm.assertEq(_book.credit(CREDITOR, _token), 0);
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 100 * UNITS);
    }

    function test_AnAccountThatIsTheLedgersOwnIsCredited() public {
        _registers.setAccount(CREDITOR, address(_book));
        _book.pay(100, ALL);
        _distribute(0);
        vm.assertEq(_book.credit(CREDITOR, _token), 100);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.TokenRefused.selector, address(_token)));
        _book.payOut(CREDITOR, address(_token));
    }

    /// @dev Who submits cannot choose so little gas that a payout fails and becomes a credit, also where a token gives up early.
    function testFuzz_LittleGasRefusesTheBatchRatherThanThePayout(uint256 gas_) public {
        _token.setWay(_account(CREDITOR), RefusingToken.Way.AsksForGas);
        _book.pay(100, ALL);
        gas_ = 30_000 + (gas_ % 400_000);
        uint64[] memory starts = new uint64[](1);
        try _book.distribute{gas: gas_}(starts) {
            vm.assertEq(_token.balanceOf(_account(CREDITOR)), 100 * UNITS);
        } catch {
            vm.assertEq(_token.balanceOf(address(_book)), 100 * UNITS);
        }
        vm.assertEq(_book.credit(CREDITOR, _token), 0);
    }

    /// @dev The piece moves on while it is paid: what is told afterwards is what holds then.
    function test_ACallBackCannotMakeTheRecordWrong() public {
        CallingToken token = _withCallingToken();
        _book.pay(500, ALL);
        token.callBack(address(_book), abi.encodeCall(SettlementBook.move, (0, OTHER)));
        vm.recordLogs();
        _distribute(0);
        Piece p = _book.piece(0);
        vm.assertEq(Piece.unwrap(p), Piece.unwrap(pieceOf(OTHER, 1000, 500, 2, 0, 0)));
        Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(
            keccak256(logs[logs.length - 1].data),
            keccak256(abi.encode(uint64(0), p, uint64(500), false, _book.line().last))
        );
        vm.assertEq(token.balanceOf(_account(CREDITOR)), 500 * UNITS);
    }

    /// @dev A push has too little gas for a distribution inside a distribution: it fails and becomes a credit.
    function test_ADistributionInsideAPayoutIsRefused() public {
        CallingToken token = _withCallingToken();
        _book.cut(0, 400);
        _book.move(0, OTHER);
        _book.pay(ALL, ALL);
        uint64[] memory inner = new uint64[](1);
        inner[0] = 400;
        token.callBack(address(_book), abi.encodeCall(SettlementBook.distribute, (inner)));
        _book.distribute(_two(0, 400));
        vm.assertEq(_book.credit(OTHER, token), 400);
        vm.assertEq(token.balanceOf(_account(CREDITOR)), 0);
        vm.assertEq(_book.credit(CREDITOR, token), 600);
        vm.assertEq(token.balanceOf(address(_book)), 1000 * UNITS);
    }

    // --- what came back

    function test_TheOldHolderIsCreditedBeforeAPieceGoesBack() public {
        _book.cut(0, 400);
        _book.pay(500, ALL);
        Piece p = _book.giveBack(0);
        vm.assertEq(Piece.unwrap(p), Piece.unwrap(pieceOf(DEBTOR, 400, 200, 3, ENDED, 0)));
        vm.assertEq(_book.credit(CREDITOR, _token), 200);
        vm.assertEq(_book.credit(DEBTOR, _token), 0);
        Line memory line = _book.line();
        vm.assertEq(line.returns_.nominal(), 400);
        vm.assertEq(line.returns_.count(), 1);
        vm.assertEq(line.returns_.netted(), 200);
        _book.pay(ALL, 300);
        _distribute(400);
        vm.assertEq(_token.balanceOf(_account(CREDITOR)), 600 * UNITS);
        vm.assertEq(_token.balanceOf(address(_book)), 200 * UNITS);
    }

    function test_WhatFallsDueWhileAPieceWaitsGoesToTheDebtorWhenItIsAcknowledged() public {
        _book.cut(0, 400);
        _book.wait(0, uint48(block.timestamp + 10 days));
        _book.pay(ALL, ALL);
        _book.distribute(_two(0, 400));
        vm.assertTrue(_book.settled());
        Piece p = _book.giveBack(0);
        vm.assertEq(p.paid(), 0);
        vm.assertEq(_book.credit(DEBTOR, _token), 400);
        vm.assertEq(_book.credit(CREDITOR, _token), 0);
        vm.assertEq(_book.line().returns_.netted(), 400);
        vm.assertEq(_token.balanceOf(address(_book)), 400 * UNITS);
    }

    function test_AllBackSettlesAndLeavesNothing() public {
        _book = new SettlementBook(_registers, 3, DUE_AT);
        _approve();
        _book.cut(0, 1);
        _book.cut(1, 1);
        _book.pay(2, ALL);
        _book.giveBack(2);
        _book.giveBack(0);
        vm.assertFalse(_book.settled());
        _book.giveBack(1);
        vm.assertTrue(_book.settled());
        vm.assertEq(_book.line().returns_.netted(), 2);
        vm.assertEq(_book.credit(DEBTOR, _token), 2);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingOwed.selector, _book.ID()));
        _book.pay(1, ALL);
    }

    function test_TheRemainderOfInterestGoesToTheLinesEnd() public {
        _book = new SettlementBook(_registers, 3, DUE_AT);
        _approve();
        _book.cut(0, 1);
        _book.cut(1, 1);
        _book.move(2, OTHER);
        vm.warp(DUE_AT + 360 days * 9);
        vm.assertEq(_book.pay(ALL, ALL), 5);
        _distribute(2);
        vm.assertEq(_book.due(2), 0);
        _book.distribute(_two(0, 1));
        vm.assertEq(_book.due(2), 2);
        _distribute(2);
        vm.assertEq(_token.balanceOf(_account(OTHER)), 3 * UNITS);
        vm.assertEq(_token.balanceOf(address(_book)), 0);
        vm.assertTrue(_book.piece(2).has(ENDED | LAST_LEVEL));
        _refuseNothingDue(2);
    }

    function test_TheRemainderIsTheDebtorsWhereTheLinesEndIsBack() public {
        _book = new SettlementBook(_registers, 3, DUE_AT);
        _approve();
        _book.cut(0, 1);
        _book.cut(1, 1);
        _book.giveBack(2);
        vm.warp(DUE_AT + 360 days * 9);
        vm.assertEq(_book.pay(ALL, ALL), 5);
        vm.assertEq(_book.line().returns_.netted(), 1);
        _book.distribute(_two(0, 1));
        uint256 before = _token.balanceOf(_account(DEBTOR));
        _distribute(2);
        vm.assertEq(_token.balanceOf(_account(DEBTOR)), before + 2 * UNITS);
        vm.assertEq(_book.line().returns_.netted(), 3);
        vm.assertEq(_token.balanceOf(address(_book)), 0);
        _refuseNothingDue(2);
    }

    // --- the rest

    function test_NoCreditIsPaidOutTwice() public {
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _book.payOut(CREDITOR, address(_token));
    }

    function test_RecordDateIsDueAtLessClearing() public view {
        vm.assertEq(_book.recordAt(), DUE_AT - 2 days);
    }

    function _withCallingToken() private returns (CallingToken token) {
        token = new CallingToken();
        _registers = new SettlementRegisters(address(token), 1, 800);
        _book = new SettlementBook(_registers, 1000, DUE_AT);
        token.mint(_account(DEBTOR), 1_000_000);
        vm.prank(_account(DEBTOR));
        token.approve(address(_book), type(uint256).max);
    }

    function _approve() private {
        vm.prank(_account(DEBTOR));
        _token.approve(address(_book), type(uint256).max);
    }

    function _account(PartyId party) private view returns (address) {
        return _registers.account(party);
    }

    function _distribute(uint64 start) private {
        uint64[] memory starts = new uint64[](1);
        starts[0] = start;
        _book.distribute(starts);
    }

    function _refuseNothingDue(uint64 start) private {
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _distribute(start);
    }

    function _two(uint64 a, uint64 b) private pure returns (uint64[] memory starts) {
        starts = new uint64[](2);
        (starts[0], starts[1]) = (a, b);
    }
}
