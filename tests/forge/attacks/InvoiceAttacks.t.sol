// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Accept, Confirm, Issue, Use} from "../../../contracts/acts/Terms.sol";
import {Receipt} from "../../../contracts/acts/Trade.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {LeafProof} from "../../../contracts/interfaces/ILedger.sol";
import {ILedgerErrors} from "../../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../../contracts/interfaces/IParties.sol";
import {ReceivableId, TradeId} from "../../../contracts/types/Ids.sol";
import {Issuing} from "../support/Issuing.sol";
import {vm} from "../support/Vm.sol";

/// @dev Attempts to have one invoice, delivery or payable financed more than once, and to take what was not issued.
contract InvoiceAttacksTest is Issuing {
    TradeId private constant _UNMATCHED = TradeId.wrap(0);
    bytes32 private constant _TAG = keccak256("tag of the invoice");

    function _pledge(uint32 creditor, uint64 amount, uint64 total) private view returns (Confirm memory act) {
        act = _confirm(_UNMATCHED, amount);
        act.terms.creditor = creditor;
        act.uses = _uses(_TAG, amount);
        act.uses[0].total = total;
    }

    function _exhausted(uint64 wanted, uint64 remaining) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILedgerErrors.InvoiceExhausted.selector, BUYER, _TAG, wanted, remaining);
    }

    /// @dev Uniqueness holds for the debtor's whole book, whoever claims to be the seller.
    function test_OneInvoicePledgedByTwoSellers() external {
        _send(_pledge(SELLER, FACE, FACE));
        _refuse(_exhausted(FACE, 0));
        _send(_pledge(OTHER, FACE, FACE));
    }

    function test_OneInvoiceTwiceInOneConfirmation() external {
        Confirm memory act = _pledge(SELLER, 2000, 1500);
        act.uses = new Use[](2);
        act.uses[0] = Use(_TAG, 1000, 1500);
        act.uses[1] = Use(_TAG, 1000, 1500);
        _refuse(_exhausted(1000, 500));
        _send(act);
    }

    function test_OneInvoiceAloneAndInBulk() external {
        Confirm memory act = _confirm(_UNMATCHED, 1000);
        act.uses = _usesOf(OTHER, 0);
        _send(act);
        Issue memory issue = _issue();
        (Accept memory taken, LeafProof memory leaf) = _accept(issue, OTHER, _positions(0));
        _refuseAs(ILedgerErrors.InvoiceExhausted.selector);
        _sendFirst(issue, taken, leaf);
    }

    function test_AnInvoiceThatGrowsAfterItsFirstUse() external {
        _send(_pledge(SELLER, 1000, 1000));
        _refuse(abi.encodeWithSelector(ILedgerErrors.InvoiceTotalDiffers.selector, BUYER, _TAG, 9000, 1000));
        _send(_pledge(OTHER, 1000, 9000));
    }

    /// @dev The debt comes back to the debtor; its invoice does not come free by that.
    function test_AnInvoiceFreedByGivingTheDebtBack() external {
        ReceivableId id = _send(_pledge(SELLER, FACE, FACE));
        _send(_transfer(id, SELLER, BUYER, FACE));
        _refuse(_exhausted(FACE, 0));
        _send(_pledge(OTHER, FACE, FACE));
    }

    function test_ATradeDrawnTwiceForTheSameGoods() external {
        _send(_confirm(trade, FACE));
        _refuseAs(ILedgerErrors.AboveReceived.selector);
        _send(_confirm(trade, RECEIVED));
    }

    function test_WhoReceivedTheGoodsConfirmsTheDebt() external {
        Receipt memory receipt = _receipt(trade);
        receipt.tag = keccak256("note 2");
        Signature[] memory signatures = _by(allRoundKey, digests.digest(receipt));
        ledger.recordReceipt(receipt, signatures);
        _refuse(abi.encodeWithSelector(ILedgerErrors.SignedReceipt.selector, trade, 6));
        _send(_confirm(trade, FACE), checkerKey, allRoundKey);
    }

    /// @dev As its own agent the debtor would acknowledge its own bank payments.
    function test_TheDebtorIsItsOwnAgent() external {
        Confirm memory act = _pledge(SELLER, FACE, FACE);
        act.terms.agent = BUYER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, BUYER));
        _send(act);
        (act.terms.agent, act.terms.guarantor) = (0, BUYER);
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, BUYER));
        _send(act);
    }

    // --- in bulk

    /// @dev Party 0 owes nothing and has no record; an issue of its would pass for one that is known.
    function test_AnIssueByNobody() external {
        Issue memory issue = _issue();
        issue.debtor = 0;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownIssue.selector, act.issue));
        _sendLater(issue, act, leaf);
    }

    /// @dev The inner node above both leaves is offered as if it were one supplier's list of two payables.
    function test_AnInnerNodeAsALeaf() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        (bytes32 a, bytes32 b) = (_leafOf(SELLER), _leafOf(OTHER));
        leaf.hashes = new bytes32[](2);
        (leaf.hashes[0], leaf.hashes[1]) = a < b ? (a, b) : (b, a);
        leaf.proof = new bytes32[](0);
        _refuseAs(ILedgerErrors.NotUnderRoot.selector);
        _sendFirst(issue, act, leaf);
    }

    /// @dev No 64 bytes that hash to an inner node are what a leaf hashes.
    function test_AListThatHashesToAnInnerNode() external view {
        bytes32[] memory list = new bytes32[](2);
        (list[0], list[1]) = (_leafOf(SELLER), _leafOf(OTHER));
        bytes32 once = keccak256(abi.encode(SELLER, list));
        vm.assertEq(digests.leaf(SELLER, list), keccak256(abi.encodePacked(once)));
    }

    function test_APayableOfAnotherSupplier() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        Signature[] memory debtor = _by(makerKey, checkerKey, act.issue);
        Signature[] memory thief = _by(otherKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, SELLER));
        ledger.accept(issue, debtor, act, leaf, thief);
        act.payables[0].creditor = OTHER; // the same payable, in the thief's name
        _refuseAs(ILedgerErrors.NotUnderRoot.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_UsesReplacedAtAcceptance() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, OTHER, _positions(0));
        leaf.uses[0] = _usesOf(SELLER, 0);
        _refuseAs(ILedgerErrors.PayableDiffers.selector);
        _sendFirst(issue, act, leaf);
        leaf.uses[0] = new Use[](0);
        _refuseAs(ILedgerErrors.PayableDiffers.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_AnAcceptanceOfOneIssueForAnother() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, OTHER, _positions(0));
        issue.deadline -= 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueDiffers.selector, digests.digest(issue)));
        _sendFirst(issue, act, leaf);
    }

    function test_OnePayableTwiceInOneAct() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, OTHER, _positions(1, 1));
        _refuseAs(ILedgerErrors.PayableDiffers.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_OnePayableTwiceUnderTwoIssues() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, OTHER, _positions(0));
        _sendFirst(issue, act, leaf);
        issue.deadline += 1;
        (act, leaf) = _accept(issue, OTHER, _positions(0));
        _refuseAs(ILedgerErrors.ReceivableExists.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_MoreThanTheDebtorSignedTheTotalOf() external {
        Issue memory issue = _issue();
        issue.total = 1999;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, OTHER, _positions(0, 1));
        _refuseAs(ILedgerErrors.IssueExceeded.selector);
        _sendFirst(issue, act, leaf);
    }
}
