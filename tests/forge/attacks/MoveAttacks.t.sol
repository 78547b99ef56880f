// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BankPaid} from "../../../contracts/acts/Money.sol";
import {Quote, Split, Transfer} from "../../../contracts/acts/Moves.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {ILedgerErrors} from "../../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../../contracts/interfaces/IParties.sol";
import {ReceivableId} from "../../../contracts/types/Ids.sol";
import {Piece} from "../../../contracts/types/Piece.sol";
import {Acting} from "../support/Acting.sol";
import {vm} from "../support/Vm.sol";

/// @dev Attempts to move a piece twice, late, for another's money, or in another size than there is.
contract MoveAttacksTest is Acting {
    ReceivableId private _id;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    function _changed(uint64 start, uint32 version, uint32 found) private view returns (bytes memory) {
        return abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, start, version, found);
    }

    /// @dev The piece comes back to who gave it; his old signature still lies about.
    function test_AnOldTransferAfterThePieceCameBack() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        _send(act);
        Transfer memory back = _transfer(_id, OTHER, SELLER, FACE);
        back.version = 2;
        _send(back);
        _refuse(_changed(0, 1, 3));
        _send(act);
    }

    function test_TheSamePartTransferredTwice() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, 1000);
        _send(act);
        _refuse(_changed(0, 1, 2));
        _send(act);
    }

    function test_APieceSoldByWhoHeldItBefore() external {
        _send(_transfer(_id, SELLER, OTHER, FACE));
        Transfer memory act = _transfer(_id, SELLER, SOLE, FACE);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotHolder.selector, _id, 0, SELLER, OTHER));
        _send(act);
    }

    function test_APieceGivenToOneselfToRaiseWhatIsDue() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, SELLER));
        _send(_transfer(_id, SELLER, SELLER, FACE));
    }

    /// @dev Lengths whose sum is the piece's only where 64 bits overflow.
    function test_PartsThatAddUpByOverflow() external {
        Split memory act = Split(ReceivableId.unwrap(_id), 0, 1, new uint64[](3), _soon());
        (act.parts[0], act.parts[1], act.parts[2]) = (1 << 63, 1 << 63, FACE);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PartsDiffer.selector, uint256(FACE) + (1 << 64), FACE));
        _send(act, sellerKey);
    }

    function test_DustThatNobodyCanCarry() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.BelowSmallest.selector, SMALLEST - 1, SMALLEST));
        _send(_split(_id, SMALLEST - 1, FACE - SMALLEST + 1), sellerKey);
        _refuse(abi.encodeWithSelector(ILedgerErrors.BelowSmallest.selector, SMALLEST - 1, SMALLEST));
        _send(_transfer(_id, SELLER, OTHER, FACE - SMALLEST + 1));
    }

    /// @dev While the bank's money is under way the holder sells the piece, or gives it back.
    function test_AWaitingPieceSoldOn() external {
        vm.warp(BEGIN + 88 days);
        _send(_bankPaid(_id, 0, 1, FACE));
        Transfer memory act = _transfer(_id, SELLER, BUYER, FACE);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceNotFree.selector, _id, 0, 2));
        _send(act);
    }

    function test_ASaleOnTheRecordDate() external {
        vm.warp(BEGIN + 90 days - CLEARING);
        _refuse(abi.encodeWithSelector(ILedgerErrors.RecordDatePassed.selector, _id, BEGIN + 90 days - CLEARING));
        _send(_transfer(_id, SELLER, OTHER, FACE));
    }

    // --- quotes and prices

    /// @dev The seller's signature for a quote is brought alone, as a gift to the financier.
    function test_AFillWithoutItsQuote() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(act);
    }

    /// @dev Of two quotes of one financier the worse fills the seller's act.
    function test_AWorseQuoteThanTheSellerTook() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        quote.rateBps = 4800;
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteDiffers.selector, act.quote));
        _send(quote, act);
    }

    function test_AQuoteFilledBeyondItsNominal() external {
        Quote memory quote = _quote(_id, SELLER, 2000);
        quote.version = 0;
        Transfer memory act = _filling(quote, SELLER, 1500);
        _send(quote, act);
        act.version = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.QuoteExhausted.selector, act.quote, 1500, 500));
        _send(quote, act);
    }

    function test_AQuoteFilledAfterItEnded() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        act.deadline += 1;
        vm.warp(quote.deadline + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, quote.deadline, quote.deadline + 1));
        _send(quote, act);
    }

    /// @dev The debtor pays most of the line; the seller then fills a quote made before, and would be paid for it twice.
    function test_AQuoteFilledAfterTheDebtorPaid() external {
        Quote memory quote = _quote(_id, SELLER, FACE);
        Transfer memory act = _filling(quote, SELLER, FACE);
        act.maxLevel = type(uint64).max;
        _send(_pay(_id, FACE - 1));
        _refuse(abi.encodeWithSelector(ILedgerErrors.LevelAbove.selector, FACE - 1, 0));
        _send(quote, act);
    }

    /// @dev The buyer has not signed the price: the seller and a third party did.
    function test_APriceThatAnotherSignedFor() external {
        Transfer memory act = _transfer(_id, SELLER, BANK, FACE);
        act.price = 1000;
        Signature[] memory signatures = _by(sellerKey, otherKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, BANK));
        ledger.transfer(act, signatures);
    }

    function test_ThePriceComesFromTheBuyerAndGoesToTheSeller() external {
        Transfer memory act = _transfer(_id, SELLER, BANK, FACE);
        act.price = 1000;
        _send(act);
        vm.assertEq(token.balanceOf(_account("bank")), CASH - 1000);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + 1000);
        vm.assertEq(token.balanceOf(_account("buyer")), CASH);
    }

    /// @dev Once a version: a debtor that says it again and again cannot keep a piece from being paid.
    function test_ABankPaymentSaidForEver() external {
        vm.warp(BEGIN + 88 days);
        BankPaid memory act = _bankPaid(_id, 0, 1, FACE);
        _send(act);
        vm.warp(block.timestamp + 10 days);
        act = _bankPaid(_id, 0, 1, FACE - 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceNotFree.selector, _id, 0, 2));
        _send(act);
        _send(_pay(_id, 1000));
        _distribute(_id, 0);
        Piece p = _piece(_id, 0);
        vm.assertEq(p.paid(), 1000);
    }
}
