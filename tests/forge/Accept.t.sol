// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Accept, Confirm, Issue, Terms, Use} from "../../contracts/acts/Terms.sol";
import {Receipt} from "../../contracts/acts/Trade.sol";
import {IssueRecord, LeafProof} from "../../contracts/interfaces/ILedger.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Issuing} from "./support/Issuing.sol";
import {vm} from "./support/Vm.sol";

contract AcceptTest is Issuing {
    // --- who

    function test_refuses_the_first_without_the_debtor() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownIssue.selector, act.issue));
        _sendLater(issue, act, leaf);
    }

    function test_refuses_one_and_three_persons_of_the_debtor() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        Signature[] memory one = _by(checkerKey, act.issue);
        _refuse(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 1, 2));
        _send(issue, one, act, leaf);
        _refuse(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 3, 2));
        _send(issue, new Signature[](3), act, leaf);
    }

    function test_refuses_a_total_above_the_confirming_persons_limits() external {
        Issue memory issue = _issue();
        issue.total = PER_ACT + 1;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(
            abi.encodeWithSelector(IParties.AboveLimit.selector, BUYER, Power.Confirm, PER_ACT + 1, uint256(PER_ACT))
        );
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_without_the_supplier() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        Signature[] memory debtor = _by(makerKey, checkerKey, act.issue);
        Signature[] memory wrong = _by(otherKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, SELLER));
        ledger.accept(issue, debtor, act, leaf, wrong);
    }

    function test_refuses_a_confirming_person_who_signed_a_receipt_later_on() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _send(issue, _by(allRoundKey, checkerKey, act.issue), act, leaf);
        Receipt memory receipt = _receipt(trade);
        receipt.tag = keccak256("note 2");
        Signature[] memory signatures = _by(allRoundKey, digests.digest(receipt));
        ledger.recordReceipt(receipt, signatures);
        (act, leaf) = _accept(issue, SELLER, _positions(1));
        _refuse(abi.encodeWithSelector(ILedgerErrors.SignedReceipt.selector, trade, 6));
        _sendLater(issue, act, leaf);
    }

    // --- what stands against it

    function test_refuses_an_acceptance_of_another_issue() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        issue.count += 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueDiffers.selector, digests.digest(issue)));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_after_the_issue_s_deadline() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _sendFirst(issue, act, leaf);
        (act, leaf) = _accept(issue, SELLER, _positions(1));
        vm.warp(issue.deadline + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, issue.deadline, issue.deadline + 1));
        _sendLater(issue, act, leaf);
    }

    function test_refuses_a_deadline_too_far() external {
        Issue memory issue = _issue();
        issue.deadline = BEGIN + 31 days;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.DeadlineTooFar.selector, BEGIN + 31 days, BEGIN + 30 days));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_none_and_more_than_sixty_four() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, new uint256[](0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _sendFirst(issue, act, leaf);
        act.payables = new Terms[](65);
        _refuse(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 65, 64));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_positions_or_uses_of_another_number() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        leaf.positions = _positions(0, 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.LengthsDiffer.selector, 2, 1));
        _sendFirst(issue, act, leaf);
        (leaf.positions, leaf.uses) = (_positions(0), new Use[][](0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.LengthsDiffer.selector, 0, 1));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_a_leaf_that_is_not_under_the_root() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        leaf.proof[0] = keccak256("other");
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotUnderRoot.selector, _leafOf(SELLER), issue.root));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_another_supplier_s_leaf() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        act.payables[0].creditor = OTHER;
        _refuseAs(ILedgerErrors.NotUnderRoot.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_a_payable_that_differs_from_its_place() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        act.payables[0].face += 1;
        _refuseAs(ILedgerErrors.PayableDiffers.selector);
        _sendFirst(issue, act, leaf);
        act.payables[0].face -= 1;
        leaf.uses[0][0].total += 1;
        _refuseAs(ILedgerErrors.PayableDiffers.selector);
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_a_place_beyond_the_leaf_or_out_of_order() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        leaf.positions[0] = 3;
        bytes32 found = _hashes(SELLER)[0];
        _refuse(abi.encodeWithSelector(ILedgerErrors.PayableDiffers.selector, 3, found, 0));
        _sendFirst(issue, act, leaf);
        (act, leaf) = _accept(issue, SELLER, _positions(1, 0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.PayableDiffers.selector, 0, found, found));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_payables_of_two_suppliers_in_one_act() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0, 1));
        act.payables[1].creditor = OTHER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueDiffers.selector, act.issue));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_terms_beyond_what_the_issue_says() external {
        Issue memory issue = _issue();
        issue.lastDueAt -= 1;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueDiffers.selector, act.issue));
        _sendFirst(issue, act, leaf);
        issue = _issue();
        issue.deadline -= 1;
        (act, leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueDiffers.selector, act.issue));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_a_payable_twice() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _sendFirst(issue, act, leaf);
        ReceivableId id = ReceivableId.wrap(uint192(bytes24(digests.digest(act.payables[0]))));
        _refuse(abi.encodeWithSelector(ILedgerErrors.ReceivableExists.selector, id));
        _sendLater(issue, act, leaf);
    }

    function test_refuses_more_or_more_worth_than_was_issued() external {
        Issue memory issue = _issue();
        issue.count = 1;
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0, 1));
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueExceeded.selector, act.issue, 2, 1));
        _sendFirst(issue, act, leaf);
        issue = _issue();
        issue.total = 2999;
        (act, leaf) = _accept(issue, SELLER, _positions(0, 1));
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueExceeded.selector, act.issue, 3000, 2999));
        _sendFirst(issue, act, leaf);
        (act, leaf) = _accept(issue, SELLER, _positions(1));
        _sendFirst(issue, act, leaf);
        (act, leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.IssueExceeded.selector, act.issue, 3000, 2999));
        _sendLater(issue, act, leaf);
    }

    function test_refuses_an_invoice_used_up_in_between() external {
        Issue memory issue = _issue();
        Confirm memory single = _confirm(trade, 1000);
        single.uses = _usesOf(SELLER, 0);
        _send(single);
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.InvoiceExhausted.selector, BUYER, single.uses[0].tag, 1000, 0));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_to_draw_above_what_was_received() external {
        Issue memory issue = _issue();
        _send(_confirm(trade, RECEIVED - 999));
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _refuse(abi.encodeWithSelector(ILedgerErrors.AboveReceived.selector, trade, uint256(RECEIVED) + 1, RECEIVED));
        _sendFirst(issue, act, leaf);
    }

    function test_refuses_an_issue_or_a_leaf_that_the_debtor_took_back() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        bytes32 node = _leafOf(SELLER);
        _takeBack(BUYER, makerKey, act.issue, node);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, keccak256(abi.encode(act.issue, node))));
        _sendFirst(issue, act, leaf);
        // the other supplier's leaf stands, until the whole is taken back
        (act, leaf) = _accept(issue, OTHER, _positions(0));
        _sendFirst(issue, act, leaf);
        _takeBack(BUYER, makerKey, act.issue, 0);
        (act, leaf) = _accept(issue, OTHER, _positions(1));
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, act.issue));
        _sendLater(issue, act, leaf);
    }

    function test_refuses_an_acceptance_that_the_supplier_took_back() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        bytes32 digest = digests.digest(act);
        _takeBack(SELLER, sellerKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _sendFirst(issue, act, leaf);
    }

    // --- what it brings into being

    function test_takes_some_now_and_some_later() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0, 2));
        _sendFirst(issue, act, leaf);
        _requireTaken(act.issue, 2, 4000);
        (act, leaf) = _accept(issue, OTHER, _positions(0, 1));
        _sendLater(issue, act, leaf);
        _requireTaken(act.issue, 4, 7000);
        (act, leaf) = _accept(issue, SELLER, _positions(1));
        _sendLater(issue, act, leaf);
        _requireTaken(act.issue, 5, TOTAL);
        ReceivableId id = ReceivableId.wrap(uint192(bytes24(digests.digest(act.payables[0]))));
        vm.assertEq(ledger.receivable(id).face, 2000);
        vm.assertTrue(_piece(id, 0).holder() == _party(SELLER));
        (,,,, uint64 drawn) = ledger.trade(trade);
        vm.assertEq(drawn, 6000);
    }

    function test_keeps_who_confirmed() external {
        Issue memory issue = _issue();
        (Accept memory act, LeafProof memory leaf) = _accept(issue, SELLER, _positions(0));
        _sendFirst(issue, act, leaf);
        IssueRecord memory record = ledger.issued(act.issue);
        vm.assertEq(record.firstPerson, 2);
        vm.assertEq(record.secondPerson, 3);
        vm.assertEq(record.count, COUNT);
        vm.assertEq(record.total, TOTAL);
    }

    function _requireTaken(bytes32 issue, uint32 taken, uint64 total) private view {
        IssueRecord memory record = ledger.issued(issue);
        vm.assertEq(record.taken, taken);
        vm.assertEq(record.takenTotal, total);
    }
}
