// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../contracts/acts/Signature.sol";
import {Confirm, Use} from "../../contracts/acts/Terms.sol";
import {Receipt} from "../../contracts/acts/Trade.sol";
import {ReceivableRecord} from "../../contracts/interfaces/ILedger.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {PartyId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract ConfirmTest is Acting {
    TradeId private _trade;
    TradeId private constant _UNMATCHED = TradeId.wrap(0);

    function setUp() public override {
        super.setUp();
        _trade = _traded();
    }

    // --- who

    function test_refuses_one_person_of_the_debtor() external {
        Confirm memory act = _confirm(_trade, FACE);
        Signature[] memory debtor = _by(checkerKey, digests.digest(act));
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 1, 2));
        ledger.confirm(act, debtor, creditor);
    }

    function test_refuses_one_person_twice() external {
        Confirm memory act = _confirm(_trade, FACE);
        _refuse(abi.encodeWithSelector(IParties.SamePerson.selector, BUYER, 3));
        _send(act, checkerKey, checkerKey);
    }

    function test_refuses_two_persons_of_whom_none_may_confirm() external {
        Confirm memory act = _confirm(_trade, FACE);
        _refuse(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(warehouseKey), Power.Confirm));
        _send(act, makerKey, warehouseKey);
    }

    function test_refuses_above_what_the_confirming_persons_may() external {
        Confirm memory act = _confirm(_UNMATCHED, PER_ACT + 1);
        _refuse(
            abi.encodeWithSelector(IParties.AboveLimit.selector, BUYER, Power.Confirm, PER_ACT + 1, uint256(PER_ACT))
        );
        _send(act);
    }

    function test_refuses_without_the_creditor_s_acceptance() external {
        Confirm memory act = _confirm(_trade, FACE);
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, SELLER, 0, 1));
        ledger.confirm(act, debtor, new Signature[](0));
    }

    function test_refuses_the_creditor_s_signature_over_other_terms() external {
        Confirm memory act = _confirm(_trade, FACE);
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        act.terms.dueAt += 1;
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(sellerKey)));
        ledger.confirm(act, debtor, creditor);
    }

    function test_refuses_who_signed_a_receipt_of_the_trade() external {
        Receipt memory receipt = _receipt(_trade);
        receipt.tag = keccak256("note 2");
        Signature[] memory signatures = _by(allRoundKey, digests.digest(receipt));
        ledger.recordReceipt(receipt, signatures);
        _refuse(abi.encodeWithSelector(ILedgerErrors.SignedReceipt.selector, _trade, 6));
        _send(_confirm(_trade, FACE), allRoundKey, checkerKey);
    }

    // --- what stands against it

    function test_refuses_terms_of_one_party_with_itself() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        act.terms.creditor = BUYER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.SameParty.selector, BUYER));
        _send(act);
    }

    function test_refuses_a_deadline_that_passed() external {
        Confirm memory act = _confirm(_trade, FACE);
        vm.warp(act.terms.deadline + 1);
        _refuse(
            abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, act.terms.deadline, act.terms.deadline + 1)
        );
        _send(act);
    }

    function test_refuses_a_face_of_nothing() external {
        Confirm memory act = _confirm(_trade, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_uses_that_do_not_add_up() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.uses[0].amount -= 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.UsesDiffer.selector, FACE - 1, FACE));
        _send(act);
    }

    function test_refuses_no_invoice() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.uses = new Use[](0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.UsesDiffer.selector, 0, FACE));
        _send(act);
    }

    function test_refuses_a_use_of_nothing() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.uses = new Use[](2);
        act.uses[0] = Use("a", FACE, FACE);
        act.uses[1] = Use("b", 0, 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_more_than_sixty_four_invoices() external {
        Confirm memory act = _confirm(_trade, 65);
        act.uses = new Use[](65);
        for (uint256 i = 0; i < 65; ++i) {
            act.uses[i] = Use(bytes32(i), 1, 1);
        }
        _refuse(abi.encodeWithSelector(ILedgerErrors.TooMany.selector, 65, 64));
        _send(act);
    }

    function test_refuses_an_invoice_that_is_used_up() external {
        _send(_confirm(_trade, FACE));
        Confirm memory act = _confirm(_trade, 1);
        act.uses = _uses(keccak256(abi.encode("tag", FACE)), FACE);
        act.uses[0].amount = 1;
        bytes memory exhausted =
            abi.encodeWithSelector(ILedgerErrors.InvoiceExhausted.selector, BUYER, act.uses[0].tag, 1, 0);
        _refuse(exhausted);
        _send(act);
        // nor by another supplier, whatever else it says
        (act.terms.creditor, act.terms.trade, act.terms.dueAt) = (OTHER, 0, BEGIN + 30 days);
        _refuse(exhausted);
        _send(act);
    }

    function test_refuses_an_invoice_beyond_what_it_leaves_payable() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.uses[0].total = FACE - 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.InvoiceExhausted.selector, BUYER, act.uses[0].tag, FACE, FACE - 1));
        _send(act);
    }

    function test_refuses_another_total_of_an_invoice() external {
        Confirm memory act = _confirm(_trade, 100);
        act.uses[0].total = 1000;
        _send(act);
        (act.terms.text, act.uses[0].total) = (0, 1001);
        _refuse(abi.encodeWithSelector(ILedgerErrors.InvoiceTotalDiffers.selector, BUYER, act.uses[0].tag, 1001, 1000));
        _send(act);
    }

    function test_refuses_rules_that_are_not_in_force() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.rules = 2;
        _refuse(abi.encodeWithSelector(ILedgerErrors.RulesNotInForce.selector, 2, 1));
        _send(act);
    }

    function test_refuses_a_currency_without_a_rule() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        act.terms.currency = USD;
        _refuse(abi.encodeWithSelector(ILedgerErrors.CurrencyNotAllowed.selector, USD));
        _send(act);
    }

    function test_refuses_a_face_above_the_currency_s() external {
        Confirm memory act = _confirm(_UNMATCHED, LARGEST + 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.AboveFace.selector, LARGEST + 1, LARGEST));
        _send(act);
    }

    function test_refuses_what_is_due_already() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.dueAt = BEGIN;
        _refuse(abi.encodeWithSelector(ILedgerErrors.DueTooEarly.selector, BEGIN, BEGIN));
        _send(act);
    }

    function test_refuses_what_is_due_beyond_the_tenor() external {
        uint48 latest = rules.latestDue(1, BEGIN);
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.dueAt = latest + 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.DueTooLate.selector, latest + 1, latest));
        _send(act);
    }

    function test_refuses_an_undertaking_without_meaning() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.undertaking = 3;
        _refuse(abi.encodeWithSelector(ILedgerErrors.BadUndertaking.selector, 3));
        _send(act);
        act.terms.undertaking = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.BadUndertaking.selector, 0));
        _send(act);
    }

    function test_refuses_an_agent_or_guarantor_that_nobody_knows() external {
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.agent = 99;
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownParty.selector, 99));
        _send(act);
        (act.terms.agent, act.terms.guarantor) = (0, 98);
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownParty.selector, 98));
        _send(act);
    }

    function test_refuses_a_trade_that_is_unknown_or_of_others() external {
        TradeId unknown = TradeId.wrap("nothing");
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownTrade.selector, unknown));
        _send(_confirm(unknown, FACE));
        Confirm memory act = _confirm(_trade, FACE);
        act.terms.creditor = OTHER;
        _refuse(abi.encodeWithSelector(ILedgerErrors.TradeDiffers.selector, _trade, BUYER, SELLER, EUR));
        _send(act);
    }

    function test_refuses_to_draw_above_what_was_received() external {
        _send(_confirm(_trade, FACE));
        uint64 more = RECEIVED - FACE + 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.AboveReceived.selector, _trade, uint256(RECEIVED) + 1, RECEIVED));
        _send(_confirm(_trade, more));
    }

    function test_refuses_the_same_terms_twice() external {
        Confirm memory act = _confirm(_trade, 100);
        act.uses[0].total = 1000;
        ReceivableId id = _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ReceivableExists.selector, id));
        _send(act);
    }

    function test_refuses_what_either_side_took_back() external {
        Confirm memory act = _confirm(_trade, FACE);
        bytes32 digest = digests.digest(act);
        _takeBack(BUYER, makerKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
        act = _confirm(_trade, FACE - 1);
        digest = digests.digest(act.terms);
        _takeBack(SELLER, sellerKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
    }

    // --- what it brings into being

    function test_opens_the_line_whole_with_the_creditor() external {
        Confirm memory act = _confirm(_trade, FACE);
        (act.terms.agent, act.terms.guarantor) = (BANK, SISTER);
        ReceivableId id = _send(act);
        vm.assertEq(ReceivableId.unwrap(id), uint192(bytes24(digests.digest(act.terms))));
        ReceivableRecord memory r = ledger.receivable(id);
        vm.assertTrue(r.debtor == _party(BUYER) && r.creditor == _party(SELLER));
        vm.assertTrue(r.agent == _party(BANK) && r.guarantor == _party(SISTER));
        vm.assertEq(r.face, FACE);
        vm.assertEq(r.dueAt, act.terms.dueAt);
        vm.assertEq(r.confirmedAt, BEGIN);
        vm.assertEq(TradeId.unwrap(r.trade), TradeId.unwrap(_trade));
        vm.assertFalse(r.related);
        Piece p = _piece(id, 0);
        vm.assertTrue(p.holder() == _party(SELLER));
        vm.assertEq(p.length(), FACE);
        vm.assertEq(p.version(), 1);
        (,,,, uint64 drawn) = ledger.trade(_trade);
        vm.assertEq(drawn, FACE);
    }

    function test_counts_an_invoice_over_several_receivables() external {
        Confirm memory act = _confirm(_UNMATCHED, 100);
        act.uses[0].total = 1000;
        _send(act);
        (act.terms.creditor, act.terms.face, act.uses[0].amount) = (OTHER, 900, 900);
        _send(act);
        (uint64 used, uint64 total) = ledger.used(_party(BUYER), act.uses[0].tag);
        vm.assertEq(used, 1000);
        vm.assertEq(total, 1000);
    }

    function test_marks_who_belong_together() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        act.terms.creditor = SISTER;
        vm.assertTrue(ledger.receivable(_send(act)).related);
    }

    function test_draws_a_trade_to_the_last_unit() external {
        _send(_confirm(_trade, FACE));
        _send(_confirm(_trade, RECEIVED - FACE));
        (,,, uint64 received, uint64 drawn) = ledger.trade(_trade);
        vm.assertEq(drawn, received);
    }

    function test_another_party_can_not_take_back_what_it_does_not_sign_for() external {
        Confirm memory act = _confirm(_trade, FACE);
        _takeBack(OTHER, otherKey, digests.digest(act), 0);
        _takeBack(OTHER, otherKey, digests.digest(act.terms), 0);
        vm.assertTrue(ledger.receivable(_send(act)).creditor == PartyId.wrap(SELLER));
    }
}
