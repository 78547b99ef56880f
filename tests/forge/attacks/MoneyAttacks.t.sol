// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pay} from "../../../contracts/acts/Money.sol";
import {Quote} from "../../../contracts/acts/Moves.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {Confirm} from "../../../contracts/acts/Terms.sol";
import {ILedgerErrors} from "../../../contracts/interfaces/ILedgerErrors.sol";
import {CurrencyRule, RuleSet} from "../../../contracts/interfaces/IRules.sol";
import {Currency, ReceivableId} from "../../../contracts/types/Ids.sol";
import {Acting} from "../support/Acting.sol";
import {vm} from "../support/Vm.sol";

/// @dev Attempts to be paid twice, to keep a debt from being paid, and to undo what was funded.
contract MoneyAttacksTest is Acting {
    ReceivableId private _id;
    Confirm private _act;

    function setUp() public override {
        super.setUp();
        Confirm memory act = _confirm(_traded(), FACE);
        _act.terms = act.terms;
        _act.uses.push(act.uses[0]);
        _id = _send(act);
    }

    function test_SettlingTwicePaysTwice() external {
        _send(_pay(_id, type(uint64).max));
        _refuse(abi.encodeWithSelector(ILedgerErrors.NothingOwed.selector, _id));
        _send(_pay(_id, type(uint64).max));
        _distribute(_id, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _distribute(_id, 0);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE);
        vm.assertEq(token.balanceOf(address(ledger)), 0);
    }

    function test_OnePaymentSentTwice() external {
        Pay memory act = _pay(_id, 1000);
        bytes32 digest = digests.digest(act);
        _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digest));
        _send(act);
    }

    function test_OnePieceNamedTwiceInADistribution() external {
        _send(_pay(_id, FACE / 2));
        uint64[] memory starts = new uint64[](3);
        ledger.distribute(_id, starts);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE / 2);
    }

    function test_MoreThanIsOwed() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.AboveOwed.selector, _id, FACE + 1, FACE));
        _send(_pay(_id, FACE + 1));
    }

    function test_APaymentThatTakesMoreThanTheDebtorSaid() external {
        Pay memory act = _pay(_id, type(uint64).max);
        act.maxPull = FACE;
        vm.warp(BEGIN + 120 days); // interest has come on top
        act.deadline = _soon();
        _refuseAs(ILedgerErrors.AbovePull.selector);
        _send(act);
    }

    /// @dev Overdue by a year, under rules that have changed, while the debtor confirms nothing more: it still pays.
    function test_AnOverdueDebtThatCanNotBePaid() external {
        vm.warp(BEGIN + 365 days);
        RuleSet memory set = _ruleSet();
        set.effectiveFrom = uint48(block.timestamp);
        Currency[] memory currencies = new Currency[](1);
        CurrencyRule[] memory currencyRules = new CurrencyRule[](1);
        (currencies[0], currencyRules[0]) = (Currency.wrap(USD), CurrencyRule(address(token), 0, 1, 1));
        rules.publish(set, currencies, currencyRules);
        _send(_pay(_id, type(uint64).max));
        _distribute(_id, 0);
        (uint64 principal, uint64 interest) = ledger.owed(_id);
        vm.assertEq(principal + interest, 0);
        vm.assertGt(token.balanceOf(_account("seller")), CASH + FACE);
    }

    /// @dev All of it came back: nothing is owed, late or not, and the receivable is settled without a payment.
    function test_ADebtWithoutDebtThatNeverCloses() external {
        _send(_transfer(_id, SELLER, BUYER, FACE));
        vm.warp(BEGIN + 200 days);
        (uint64 principal, uint64 interest) = ledger.owed(_id);
        vm.assertEq(principal + interest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NothingOwed.selector, _id));
        _send(_pay(_id, 1));
    }

    /// @dev The debtor takes its confirmation back after a financier has paid for it.
    function test_AFundedDebtRejectedAfterwards() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        _send(quote, _filling(quote, SELLER, FACE));
        _takeBack(BUYER, makerKey, digests.digest(_act), 0);
        _takeBack(SELLER, sellerKey, digests.digest(_act.terms), 0);
        vm.assertTrue(_piece(_id, 0).holder() == _party(BANK));
        _send(_pay(_id, type(uint64).max));
        _distribute(_id, 0);
        vm.assertGt(token.balanceOf(_account("bank")), CASH);
    }

    function test_AReceivableTakenTwice() external {
        Confirm memory act = _act;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ReceivableExists.selector, _id));
        _send(act);
    }

    function test_APayoutIntoTheCallersPocket() external {
        _send(_pay(_id, 1000));
        _send(_transfer(_id, SELLER, OTHER, FACE));
        vm.prank(_account("sister"));
        ledger.payOut(_party(SELLER), address(token));
        vm.assertEq(token.balanceOf(_account("seller")), CASH + 1000);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        ledger.payOut(_party(SELLER), address(token));
    }

    /// @dev A supplier's person signs a payment of the debtor.
    function test_ThePaymentOfAnother() external {
        Pay memory act = _pay(_id, 1000);
        Signature[] memory signatures = _by(sellerKey, digests.digest(act));
        vm.expectPartialRevert(bytes4(keccak256("SignerOfOther(address,uint32,uint32)")));
        ledger.pay(act, signatures);
    }
}
