// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acknowledge, BankPaid} from "../../contracts/acts/Money.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {Confirm} from "../../contracts/acts/Terms.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Returns} from "../../contracts/types/Standing.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract BankTest is Acting {
    ReceivableId private _id;
    uint48 private constant _RECORD_AT = BEGIN + 90 days - CLEARING;
    uint64 private constant _PART = 10_000_000;

    /// @dev SELLER holds the line but for its right end, which OTHER holds: start FACE − _PART, version 2. BANK is agent.
    function setUp() public override {
        super.setUp();
        Confirm memory act = _confirm(_traded(), FACE);
        act.terms.agent = BANK;
        _id = _send(act);
        _send(_transfer(_id, SELLER, OTHER, _PART));
        vm.warp(_RECORD_AT);
    }

    function _paid() private view returns (BankPaid memory) {
        return _bankPaid(_id, FACE - _PART, 2, _PART);
    }

    // --- paid by bank

    function test_refuses_one_person() external {
        BankPaid memory act = _paid();
        Signature[] memory signatures = _by(checkerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 1, 2));
        ledger.bankPaid(act, signatures);
    }

    function test_refuses_before_the_record_date() external {
        vm.warp(_RECORD_AT - 1);
        _refuse(abi.encodeWithSelector(ILedgerErrors.BeforeRecordDate.selector, _id, _RECORD_AT));
        _send(_paid());
    }

    function test_refuses_nothing_paid() external {
        BankPaid memory act = _paid();
        act.amount = 0;
        _refuse(abi.encodeWithSelector(ILedgerErrors.ZeroAmount.selector));
        _send(act);
    }

    function test_refuses_an_unknown_piece_or_version() external {
        BankPaid memory act = _paid();
        act.start = 5;
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownPiece.selector, _id, 5));
        _send(act);
        act = _paid();
        act.version = 1;
        _refuse(abi.encodeWithSelector(ILedgerErrors.PieceChanged.selector, _id, FACE - _PART, 1, 2));
        _send(act);
    }

    function test_refuses_a_second_time_even_after_it_lapsed() external {
        _send(_paid());
        BankPaid memory act = _paid();
        act.evidence = keccak256("other paper");
        bytes memory waits = abi.encodeWithSelector(ILedgerErrors.PieceNotFree.selector, _id, FACE - _PART, 2);
        _refuse(waits);
        _send(act);
        vm.warp(_RECORD_AT + 11 days);
        act.deadline = _soon();
        _refuse(waits);
        _send(act);
    }

    function test_refuses_a_replay() external {
        BankPaid memory act = _paid();
        _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digests.digest(act)));
        _send(act);
    }

    function test_keeps_the_piece_for_ten_days() external {
        _send(_pay(_id, 30));
        BankPaid memory act = _paid();
        _send(act);
        Piece p = _piece(_id, FACE - _PART);
        vm.assertEq(p.flags(), 2);
        vm.assertEq(p.until(), _RECORD_AT + 10 days);
        vm.assertEq(p.version(), 2);
        vm.assertEq(ledger.status(digests.digest(act)), 1);
        // what was due before is the holder's
        vm.assertEq(ledger.credit(_party(OTHER), address(token)), 10);
        // what falls due now stays in it
        _send(_pay(_id, 30));
        _refuse(abi.encodeWithSelector(ILedgerErrors.NothingDue.selector));
        _distribute(_id, FACE - _PART);
    }

    function test_silence_is_never_payment() external {
        _send(_paid());
        _send(_pay(_id, 30));
        vm.warp(_RECORD_AT + 10 days);
        _distribute(_id, FACE - _PART);
        vm.assertEq(token.balanceOf(_account("other")), CASH + 10);
        vm.assertTrue(_piece(_id, FACE - _PART).holder() == _party(OTHER));
    }

    // --- acknowledged

    function test_refuses_an_acknowledgement_of_nothing() external {
        BankPaid memory paid = _paid();
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotWaiting.selector, _id, FACE - _PART));
        _send(_acknowledge(paid, OTHER));
    }

    function test_refuses_an_acknowledgement_of_another_payment() external {
        BankPaid memory paid = _paid();
        _send(paid);
        paid.evidence = keccak256("other paper");
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotWaiting.selector, _id, FACE - _PART));
        _send(_acknowledge(paid, OTHER));
    }

    function test_refuses_an_acknowledgement_after_it_lapsed() external {
        BankPaid memory paid = _paid();
        _send(paid);
        vm.warp(_RECORD_AT + 10 days);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotWaiting.selector, _id, FACE - _PART));
        _send(_acknowledge(paid, OTHER));
    }

    function test_refuses_whoever_is_neither_holder_nor_agent() external {
        BankPaid memory paid = _paid();
        _send(paid);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotHolder.selector, _id, FACE - _PART, SELLER, OTHER));
        _send(_acknowledge(paid, SELLER));
        _refuse(abi.encodeWithSelector(ILedgerErrors.NotHolder.selector, _id, FACE - _PART, BUYER, OTHER));
        _send(_acknowledge(paid, BUYER));
    }

    function test_refuses_the_debtor_in_the_holder_s_place() external {
        BankPaid memory paid = _paid();
        _send(paid);
        Acknowledge memory act = _acknowledge(paid, OTHER);
        Signature[] memory signatures = _by(allRoundKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(allRoundKey), BUYER, OTHER));
        ledger.acknowledge(act, signatures);
    }

    function test_refuses_an_acknowledgement_that_was_taken_back() external {
        BankPaid memory paid = _paid();
        _send(paid);
        Acknowledge memory act = _acknowledge(paid, OTHER);
        bytes32 digest = digests.digest(act);
        _takeBack(OTHER, otherKey, digest, 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
    }

    function test_ends_the_piece_and_what_fell_due_is_the_debtor_s() external {
        BankPaid memory paid = _paid();
        _send(paid);
        _send(_pay(_id, 30));
        _send(_acknowledge(paid, OTHER));
        Piece p = _piece(_id, FACE - _PART);
        vm.assertTrue(p.holder() == _party(BUYER));
        vm.assertEq(p.flags(), 1);
        vm.assertEq(p.version(), 3);
        vm.assertEq(ledger.credit(_party(BUYER), address(token)), 10);
        (, Returns r,) = ledger.standing(_id);
        vm.assertEq(r.nominal(), _PART);
        vm.assertEq(r.count(), 1);
        vm.assertEq(r.netted(), 10);
    }

    function test_lets_the_agent_acknowledge() external {
        BankPaid memory paid = _paid();
        _send(paid);
        _send(_acknowledge(paid, BANK));
        vm.assertEq(_piece(_id, FACE - _PART).flags(), 1);
    }

    function test_the_last_payment_is_smaller_by_what_was_netted() external {
        BankPaid memory paid = _paid();
        _send(paid);
        _send(_acknowledge(paid, OTHER));
        uint256 before = token.balanceOf(_account("buyer"));
        _send(_pay(_id, type(uint64).max));
        vm.assertEq(before - token.balanceOf(_account("buyer")), FACE - _PART);
        _distribute(_id, 0);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE - _PART);
        vm.assertEq(token.balanceOf(address(ledger)), 0);
    }
}
