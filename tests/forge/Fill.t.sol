// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Quote, Transfer} from "../../contracts/acts/Moves.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract FillTest is Acting {
    ReceivableId private _id;
    uint64 private constant _PART = 10_000_000;
    /// @dev 4.80 % a year for 89 days of 360 on _PART: the scene falls due at the start of day 90, so its due date is day 89.
    uint64 private constant _DISCOUNT = 118_667;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    // --- who

    function test_refuses_a_quote_that_the_financier_did_not_sign() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        Signature[] memory financier = _by(otherKey, digests.digest(quote));
        Signature[] memory seller = _by(sellerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, BANK));
        ledger.fill(quote, financier, act, new bytes32[](0), seller);
    }

    function test_refuses_a_fill_that_the_seller_did_not_sign() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        Signature[] memory financier = _by(bankKey, digests.digest(quote));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, SELLER, 0, 1));
        ledger.fill(quote, financier, act, new bytes32[](0), new Signature[](0));
    }

    function test_refuses_a_quote_above_the_financier_s_limit() external {
        Quote memory quote = _quote(_id, SELLER, PER_ACT + 1);
        _refuse(
            abi.encodeWithSelector(IParties.AboveLimit.selector, BANK, Power.Finance, PER_ACT + 1, uint256(PER_ACT))
        );
        _send(quote, _filling(quote, SELLER, FACE));
    }

    function test_refuses_a_seller_that_is_not_named() external {
        Quote memory quote = _quote(_id, OTHER, FACE);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotNamedSeller.selector, SELLER));
        _send(quote, _filling(quote, SELLER, FACE));
        quote.seller = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotNamedSeller.selector, SELLER));
        _send(quote, _filling(quote, SELLER, FACE));
    }

    function test_refuses_what_either_took_back() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        _takeBack(BANK, bankKey, act.quote, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, act.quote));
        _send(quote, act);
        quote.deadline += 1;
        act = _filling(quote, SELLER, FACE);
        bytes32 digest = digests.digest(act);
        _takeBack(SELLER, sellerKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(quote, act);
    }

    // --- what stands against it

    function test_refuses_another_quote_than_the_seller_signed() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        quote.rateBps = 900;
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(quote, act);
    }

    function test_refuses_another_buyer_recourse_or_start() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        bytes memory differs = abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote);
        act.to = OTHER;
        _refuse(differs);
        _send(quote, act);
        (act.to, act.recourse) = (BANK, true);
        _refuse(differs);
        _send(quote, act);
        (act.recourse, act.start) = (false, 1);
        _refuse(differs);
        _send(quote, act);
        (act.start, act.undoes) = (0, keccak256("assignment"));
        _refuse(differs);
        _send(quote, act);
    }

    function test_a_change_of_the_piece_voids_the_quote() external {
        Quote memory quote = _quote(_id, SELLER, FACE - 1000);
        _send(_split(_id, FACE - 1000, 1000), sellerKey);
        Transfer memory act = _filling(quote, SELLER, FACE - 1000);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, 0, 1, 2));
        _send(quote, act);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(quote, act);
    }

    function test_refuses_a_late_quote_and_a_late_fill() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        act.deadline += 1 days;
        vm.warp(quote.deadline + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, quote.deadline, quote.deadline + 1));
        _send(quote, act);
    }

    function test_refuses_a_price_below_what_the_seller_asks() external {
        Quote memory quote = _quote(_id, SELLER, _PART);
        Transfer memory act = _filling(quote, SELLER, _PART);
        act.price = _PART - _DISCOUNT + 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.PriceBelow.selector, act.price - 1, act.price));
        _send(quote, act);
    }

    function test_refuses_a_fixed_price_for_a_part() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        quote.price = FACE - 7;
        Transfer memory act = _filling(quote, SELLER, FACE - SMALLEST);
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(quote, act);
    }

    function test_refuses_more_than_the_quote_is_for() external {
        Quote memory quote = _quote(_id, SELLER, _PART);
        Transfer memory act = _filling(quote, SELLER, _PART + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteExhausted.selector, act.quote, _PART + 1, _PART));
        _send(quote, act);
    }

    function test_refuses_when_more_was_paid_than_either_agreed() external {
        _send(_pay(_id, 5));
        Quote memory quote = _quote(_id, SELLER, FACE);
        quote.maxLevel = 5;
        Transfer memory act = _filling(quote, SELLER, FACE);
        act.maxLevel = 4;
        _refuse(abi.encodeWithSelector(ILedgerErrors.LevelAbove.selector, 5, 4));
        _send(quote, act);
        quote.maxLevel = 3;
        act = _filling(quote, SELLER, FACE);
        act.maxLevel = 9;
        _refuse(abi.encodeWithSelector(ILedgerErrors.LevelAbove.selector, 5, 3));
        _send(quote, act);
    }

    function test_refuses_from_the_record_date_on_whoever_buys() external {
        uint48 recordAt = BEGIN + 90 days - CLEARING;
        vm.warp(recordAt);
        Quote memory quote = _quote(_id, SELLER, FACE);
        _refuse(abi.encodeWithSelector(ILedgerErrors.RecordDatePassed.selector, _id, recordAt));
        _send(quote, _filling(quote, SELLER, FACE));
        quote.financier = BUYER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.RecordDatePassed.selector, _id, recordAt));
        _send(quote, _filling(quote, SELLER, FACE));
    }

    function test_refuses_what_has_no_trade_or_is_related() external {
        ReceivableId unmatched = _send(_confirm(TradeId.wrap(0), 1000));
        Quote memory quote = _quote(unmatched, SELLER, 1000);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotFinanceable.selector, unmatched, bytes32("unmatched")));
        _send(quote, _filling(quote, SELLER, 1000));
    }

    function test_refuses_a_line_or_a_series_that_the_ledger_does_not_keep() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        quote.capacity = FACE;
        _refuse(abi.encodeWithSelector(ILedgerErrors.CapacityNotKept.selector, FACE));
        _send(quote, _filling(quote, SELLER, FACE));
        (quote.capacity, quote.series) = (type(uint64).max, 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.SeriesNotKept.selector, 1));
        _send(quote, _filling(quote, SELLER, FACE));
    }

    function test_money_and_piece_change_hands_together_or_not_at_all() external {
        vm.prank(_account("bank"));
        token.approve(address(ledger), _PART - _DISCOUNT - 1);
        Quote memory quote = _quote(_id, SELLER, _PART);
        Transfer memory act = _filling(quote, SELLER, _PART);
        _refuseAs(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        _send(quote, act);
        vm.assertEq(_piece(_id, 0).length(), FACE);
        vm.assertEq(ledger.filled(act.quote), 0);
    }

    // --- what it changes

    function test_fills_at_the_rate() external {
        Quote memory quote = _quote(_id, SELLER, _PART);
        Transfer memory act = _filling(quote, SELLER, _PART);
        act.price = _PART - _DISCOUNT;
        _send(quote, act);
        Piece p = _piece(_id, FACE - _PART);
        vm.assertTrue(p.holder() == _party(BANK));
        vm.assertEq(p.length(), _PART);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + _PART - _DISCOUNT);
        vm.assertEq(token.balanceOf(_account("bank")), CASH - _PART + _DISCOUNT);
        vm.assertEq(ledger.filled(act.quote), _PART);
    }

    function test_fills_at_a_fixed_price() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        quote.price = FACE - 7;
        _send(quote, _filling(quote, SELLER, FACE));
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE - 7);
    }

    function test_refuses_a_second_time() external {
        Quote memory quote = _quote(_id, SELLER, _PART);
        Transfer memory act = _filling(quote, SELLER, _PART);
        _send(quote, act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteExhausted.selector, act.quote, _PART, 0));
        _send(quote, act);
    }

    function test_several_pieces_fill_one_quote_up_to_its_end() external {
        _send(_transfer(_id, SELLER, OTHER, _PART));
        Quote memory quote = _quote(_id, 0, _PART + 1000);
        quote.version = 0;
        bytes32 other = keccak256(bytes.concat(keccak256(abi.encode(OTHER))));
        bytes32 seller = keccak256(bytes.concat(keccak256(abi.encode(SELLER))));
        quote.sellers =
            other < seller ? keccak256(abi.encodePacked(other, seller)) : keccak256(abi.encodePacked(seller, other));
        bytes32[] memory proof = new bytes32[](1);

        proof[0] = seller;
        Transfer memory act = _filling(quote, OTHER, _PART);
        (act.start, act.version) = (FACE - _PART, 2);
        _send(quote, act, proof);
        proof[0] = other;
        act = _filling(quote, SELLER, 1001);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteExhausted.selector, act.quote, 1001, 1000));
        _send(quote, act, proof);
        act.amount = 1000;
        _send(quote, act, proof);
        vm.assertEq(ledger.filled(act.quote), _PART + 1000);
        vm.assertTrue(_piece(_id, FACE - _PART).holder() == _party(BANK));
    }
}
