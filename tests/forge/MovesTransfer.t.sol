// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Transfer} from "../../contracts/acts/Moves.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Returns} from "../../contracts/types/Standing.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract MovesTransferTest is Acting {
    ReceivableId private _id;
    uint64 private constant _PART = 10_000_000;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    // --- who

    function test_refuses_without_the_receiver() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        Signature[] memory signatures = _by(sellerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, OTHER, 0, 1));
        ledger.transfer(act, signatures);
    }

    function test_refuses_without_the_giver() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        Signature[] memory signatures = _by(otherKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, SELLER));
        ledger.transfer(act, signatures);
    }

    function test_refuses_who_does_not_hold_it() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotHolder.selector, _id, 0, OTHER, SELLER));
        _send(_transfer(_id, OTHER, SOLE, FACE));
    }

    function test_refuses_a_move_to_oneself() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, SELLER));
        _send(_transfer(_id, SELLER, SELLER, FACE));
    }

    function test_refuses_what_either_took_back() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        bytes32 digest = digests.digest(act);
        _takeBack(OTHER, otherKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
    }

    // --- what stands against it

    function test_refuses_a_late_one() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        vm.warp(act.deadline + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, act.deadline, act.deadline + 1));
        _send(act);
    }

    function test_refuses_a_second_time() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, 0, 1, 2));
        _send(act);
    }

    function test_refuses_nothing_and_more_than_there_is() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(_transfer(_id, SELLER, OTHER, 0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.AboveLength.selector, _id, 0, FACE + 1, FACE));
        _send(_transfer(_id, SELLER, OTHER, FACE + 1));
    }

    function test_refuses_a_part_or_a_rest_too_small() external {
        bytes memory small = abi.encodeWithSelector(ILedgerErrors.BelowSmallest.selector, SMALLEST - 1, SMALLEST);
        _refuse(small);
        _send(_transfer(_id, SELLER, OTHER, SMALLEST - 1));
        _refuse(small);
        _send(_transfer(_id, SELLER, OTHER, FACE - SMALLEST + 1));
    }

    function test_refuses_from_the_record_date_on() external {
        uint48 recordAt = BEGIN + 90 days - CLEARING;
        vm.warp(recordAt);
        _refuse(abi.encodeWithSelector(ILedgerErrors.RecordDatePassed.selector, _id, recordAt));
        _send(_transfer(_id, SELLER, OTHER, FACE));
        vm.warp(recordAt - 1);
        _send(_transfer(_id, SELLER, OTHER, FACE));
    }

    function test_refuses_a_price_above_the_level_agreed() external {
        _send(_pay(_id, 1));
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        act.price = 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.LevelAbove.selector, 1, 0));
        _send(act);
    }

    function test_refuses_a_transfer_that_names_a_quote() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        act.quote = keccak256("quote");
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(act);
    }

    function test_refuses_to_sell_what_has_no_trade_to_a_financier() external {
        ReceivableId unmatched = _send(_confirm(TradeId.wrap(0), 1000));
        Transfer memory act = _transfer(unmatched, SELLER, BANK, 1000);
        act.price = 900;
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotFinanceable.selector, unmatched, bytes32("unmatched")));
        _send(act);
        act.price = 0; // nor against cash that the ledger does not see
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotFinanceable.selector, unmatched, bytes32("unmatched")));
        _send(act);
        act.to = OTHER; // no financier: its own affair
        _send(act);
    }

    function test_refuses_when_the_buyer_can_not_pay() external {
        vm.prank(_account("other"));
        token.approve(address(ledger), 0);
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        act.price = FACE - 1;
        _refuseAs(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        _send(act);
        vm.assertTrue(_piece(_id, 0).holder() == _party(SELLER));
    }

    // --- what it changes

    function test_moves_the_whole() external {
        _send(_transfer(_id, SELLER, OTHER, FACE));
        Piece p = _piece(_id, 0);
        vm.assertTrue(p.holder() == _party(OTHER));
        vm.assertEq(p.length(), FACE);
        vm.assertEq(p.version(), 2);
    }

    function test_cuts_the_right_end_off_for_a_part() external {
        _send(_transfer(_id, SELLER, OTHER, _PART));
        Piece left = _piece(_id, 0);
        Piece right = _piece(_id, FACE - _PART);
        vm.assertTrue(left.holder() == _party(SELLER) && right.holder() == _party(OTHER));
        vm.assertEq(left.length(), FACE - _PART);
        vm.assertEq(left.version(), 2);
        vm.assertEq(right.length(), _PART);
        vm.assertEq(right.version(), 2);
    }

    function test_pays_account_to_account() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        act.price = FACE - 5;
        _send(act);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE - 5);
        vm.assertEq(token.balanceOf(_account("other")), CASH - FACE + 5);
    }

    function test_credits_the_old_holder_first() external {
        _send(_pay(_id, 3_000_000));
        _send(_transfer(_id, SELLER, OTHER, FACE));
        vm.assertEq(ledger.credit(_party(SELLER), address(token)), 3_000_000);
        vm.assertEq(ledger.due(_id, 0), 0);
        _send(_pay(_id, 3_000_000));
        vm.assertEq(ledger.due(_id, 0), 3_000_000);
    }

    function test_ends_a_piece_that_goes_to_the_debtor_even_after_the_record_date() external {
        vm.warp(BEGIN + 90 days);
        _send(_transfer(_id, SELLER, BUYER, _PART));
        vm.assertEq(_piece(_id, FACE - _PART).flags() & 1, 1);
        (, Returns r,) = ledger.standing(_id);
        vm.assertEq(r.nominal(), _PART);
        vm.assertEq(r.count(), 1);
    }

    function test_an_ended_piece_moves_no_more() external {
        _send(_transfer(_id, SELLER, BUYER, FACE));
        Transfer memory act = _transfer(_id, BUYER, OTHER, FACE);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceNotFree.selector, _id, 0, 1));
        _send(act);
    }
}
