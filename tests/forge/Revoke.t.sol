// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pay, Revoke} from "../../contracts/acts/Money.sol";
import {Transfer} from "../../contracts/acts/Moves.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {Slots} from "../../contracts/libraries/Slots.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

contract RevokeTest is Acting {
    bytes32 private constant _SOME = keccak256("some act");

    function _revoke(bytes32 digest, bytes32 leaf) private view returns (Revoke memory) {
        return Revoke(SELLER, digest, leaf, _soon());
    }

    function test_refuses_a_late_one() external {
        Revoke memory act = _revoke(_SOME, 0);
        (Signature memory proof, Signature[] memory signatures) = _signed(act, sellerKey, sellerKey);
        vm.warp(act.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.DeadlinePassed.selector, act.deadline, act.deadline + 1));
        ledger.revoke(act, proof, signatures);
    }

    function test_refuses_who_is_not_of_the_party() external {
        Revoke memory act = _revoke(_SOME, 0);
        (Signature memory proof, Signature[] memory signatures) = _signed(act, sellerKey, otherKey);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NotSignedBy.selector, SELLER, digests.digest(act)));
        ledger.revoke(act, proof, signatures);
    }

    function test_refuses_what_the_party_never_signed() external {
        Revoke memory act = _revoke(_SOME, 0);
        (Signature memory proof, Signature[] memory signatures) = _signed(act, otherKey, sellerKey);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.NotSignedBy.selector, SELLER, _SOME));
        ledger.revoke(act, proof, signatures);
    }

    function test_refuses_none_and_two_signatures() external {
        Revoke memory act = _revoke(_SOME, 0);
        (Signature memory proof,) = _signed(act, sellerKey, sellerKey);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.LengthsDiffer.selector, 0, 1));
        ledger.revoke(act, proof, new Signature[](0));
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.LengthsDiffer.selector, 2, 1));
        ledger.revoke(act, proof, new Signature[](2));
    }

    function test_refuses_a_second_time() external {
        Revoke memory act = _revoke(_SOME, 0);
        (Signature memory proof, Signature[] memory signatures) = _signed(act, sellerKey, sellerKey);
        ledger.revoke(act, proof, signatures);
        bytes32 digest = digests.digest(act);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digest));
        ledger.revoke(act, proof, signatures);
        act.deadline += 1;
        (proof, signatures) = _signed(act, sellerKey, sellerKey);
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, _SOME));
        ledger.revoke(act, proof, signatures);
    }

    function test_refuses_what_took_effect() external {
        ReceivableId id = _confirmed();
        Pay memory pay = _pay(id, 1);
        _send(pay);
        bytes32 digest = digests.digest(pay);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digest));
        _takeBack(BUYER, checkerKey, digest, 0);
    }

    function test_marks_the_digest_and_whose_it_is() external {
        _takeBack(SELLER, sellerKey, _SOME, 0);
        vm.assertEq(ledger.status(_SOME), 2);
        vm.assertTrue(ledger.revoked(_SOME, _party(SELLER)));
        vm.assertFalse(ledger.revoked(_SOME, _party(OTHER)));
        // two parties may take back what both signed
        _takeBack(OTHER, otherKey, _SOME, 0);
        vm.assertTrue(ledger.revoked(_SOME, _party(OTHER)));
    }

    function test_marks_a_leaf_apart_from_the_whole() external {
        _takeBack(SELLER, sellerKey, _SOME, "leaf");
        vm.assertEq(ledger.status(_SOME), 0);
        bytes32 mark = keccak256(abi.encode(_SOME, bytes32("leaf")));
        vm.assertEq(ledger.status(mark), 2);
        vm.assertTrue(ledger.revoked(mark, _party(SELLER)));
        vm.assertEq(vm.load(address(ledger), Slots.revoked(mark, _party(SELLER))), bytes32(uint256(1)));
    }

    function test_a_stranger_s_mark_stops_nobody() external {
        ReceivableId id = _confirmed();
        Transfer memory act = _transfer(id, SELLER, OTHER, FACE);
        bytes32 digest = digests.digest(act);
        _takeBack(SISTER, sisterKey, digest, 0);
        vm.assertEq(ledger.status(digest), 2);
        // nor does a leaf that looks like the seller's number
        _takeBack(SISTER, sisterKey, digest, bytes32(uint256(SELLER)));
        _send(act);
        vm.assertTrue(_piece(id, 0).holder() == _party(OTHER));
    }

    function test_any_person_of_the_party_may_take_it_back() external {
        ReceivableId id = _confirmed();
        Pay memory pay = _pay(id, 1);
        bytes32 digest = digests.digest(pay);
        Revoke memory act = Revoke(BUYER, digest, 0, _soon());
        Signature memory proof = _signature(checkerKey, digest);
        Signature[] memory signatures = _by(adminKey, digests.digest(act));
        ledger.revoke(act, proof, signatures);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(pay);
    }

    function _signed(Revoke memory act, uint256 prover, uint256 signer)
        private
        view
        returns (Signature memory, Signature[] memory)
    {
        return (_signature(prover, act.digest), _by(signer, digests.digest(act)));
    }
}
