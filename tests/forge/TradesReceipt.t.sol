// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Receipt} from "../../contracts/acts/Trade.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {TradeId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract TradesReceiptTest is Acting {
    TradeId private _trade;

    function setUp() public override {
        super.setUp();
        _trade = _send(_order());
    }

    function test_refuses_an_unknown_trade() external {
        Receipt memory act = _receipt(TradeId.wrap(keccak256("no trade")));
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownTrade.selector, act.trade));
        _send(act);
    }

    function test_refuses_a_late_one() external {
        Receipt memory act = _receipt(_trade);
        vm.warp(act.deadline + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, act.deadline, act.deadline + 1));
        _send(act);
    }

    function test_refuses_nothing_received() external {
        Receipt memory act = _receipt(_trade);
        act.amount = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_who_may_not_receive() external {
        Receipt memory act = _receipt(_trade);
        Signature[] memory signatures = _by(checkerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(checkerKey), Power.Receive));
        ledger.recordReceipt(act, signatures);
    }

    function test_refuses_two_persons_for_one_is_kept() external {
        Receipt memory act = _receipt(_trade);
        Signature[] memory signatures = _by(warehouseKey, allRoundKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 2, 1));
        ledger.recordReceipt(act, signatures);
    }

    function test_refuses_a_note_that_was_counted() external {
        Receipt memory act = _receipt(_trade);
        _send(act);
        act.amount = 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ReceiptCounted.selector, BUYER, act.tag));
        _send(act);
    }

    function test_refuses_what_the_buyer_took_back() external {
        Receipt memory act = _receipt(_trade);
        bytes32 digest = digests.digest(act);
        _takeBack(BUYER, warehouseKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
    }

    function test_raises_what_was_received_and_keeps_who_signed() external {
        Receipt memory act = _receipt(_trade);
        _send(act);
        (act.tag, act.amount) = (keccak256("note 2"), 1);
        _send(act);
        (,,, uint64 received,) = ledger.trade(_trade);
        vm.assertEq(received, RECEIVED + 1);
        vm.assertTrue(ledger.receiptCounted(_party(BUYER), act.tag));
        vm.assertTrue(ledger.signedReceipt(_trade, 5));
        vm.assertFalse(ledger.signedReceipt(_trade, 6));
    }
}
