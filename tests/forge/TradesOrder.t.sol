// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Order} from "../../contracts/acts/Trade.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Currency, PartyId, TradeId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract TradesOrderTest is Acting {
    function test_refuses_a_deadline_that_passed() external {
        Order memory act = _order();
        act.deadline = BEGIN - 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, BEGIN - 1, BEGIN));
        _send(act);
    }

    function test_refuses_a_deadline_beyond_thirty_days() external {
        Order memory act = _order();
        act.deadline = BEGIN + 30 days + 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlineTooFar.selector, BEGIN + 30 days + 1, BEGIN + 30 days));
        _send(act);
    }

    function test_refuses_one_party_with_itself() external {
        Order memory act = _order();
        act.seller = BUYER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, BUYER));
        _send(act);
    }

    function test_refuses_nothing() external {
        Order memory act = _order();
        act.amount = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_without_the_seller() external {
        Order memory act = _order();
        Signature[] memory signatures = _by(makerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, SELLER, 0, 1));
        ledger.order(act, signatures);
    }

    function test_refuses_a_signature_over_another_order() external {
        Order memory act = _order();
        Signature[] memory signatures = _by(makerKey, sellerKey, digests.digest(act));
        act.amount += 1;
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(makerKey)));
        ledger.order(act, signatures);
    }

    function test_refuses_above_a_limit() external {
        Order memory act = _order();
        act.amount = PER_ACT + 1;
        _refuse(
            abi.encodeWithSelector(IParties.AboveLimit.selector, BUYER, Power.Propose, PER_ACT + 1, uint256(PER_ACT))
        );
        _send(act);
    }

    function test_refuses_the_same_order_twice() external {
        Order memory act = _order();
        TradeId id = _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.TradeExists.selector, id));
        _send(act);
    }

    function test_refuses_signatures_for_another_chain() external {
        Order memory act = _order();
        Signature[] memory signatures = _by(makerKey, sellerKey, digests.digest(act));
        vm.chainId(5);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(makerKey)));
        ledger.order(act, signatures);
    }

    function test_records_the_trade_under_the_order_s_digest() external {
        Order memory act = _order();
        TradeId id = _send(act);
        vm.assertEq(TradeId.unwrap(id), digests.digest(act));
        (PartyId buyer, PartyId seller, Currency currency, uint64 received, uint64 drawn) = ledger.trade(id);
        vm.assertTrue(buyer == _party(BUYER) && seller == _party(SELLER));
        vm.assertEq(bytes32(Currency.unwrap(currency)), bytes32(EUR));
        vm.assertEq(received + drawn, 0);
    }
}
