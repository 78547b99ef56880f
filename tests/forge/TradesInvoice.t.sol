// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Invoice} from "../../contracts/acts/Trade.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {TradeId} from "../../contracts/types/Ids.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract TradesInvoiceTest is Acting {
    TradeId private _trade;

    function setUp() public override {
        super.setUp();
        _trade = _send(_order());
    }

    function test_refuses_an_unknown_trade() external {
        Invoice memory act = _invoice(TradeId.wrap(keccak256("no trade")));
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownTrade.selector, act.trade));
        _send(act);
    }

    function test_refuses_nothing_asked() external {
        Invoice memory act = _invoice(_trade);
        act.amount = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_the_buyer_in_the_seller_s_place() external {
        Invoice memory act = _invoice(_trade);
        Signature[] memory signatures = _by(makerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(makerKey), BUYER, SELLER));
        ledger.recordInvoice(act, signatures);
    }

    function test_refuses_the_same_invoice_act_twice() external {
        Invoice memory act = _invoice(_trade);
        _send(act);
        bytes32 digest = digests.digest(act);
        vm.assertEq(ledger.status(digest), 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digest));
        _send(act);
    }
}
