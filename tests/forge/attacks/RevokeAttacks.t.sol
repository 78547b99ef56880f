// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pay} from "../../../contracts/acts/Money.sol";
import {Transfer} from "../../../contracts/acts/Moves.sol";
import {ILedgerErrors} from "../../../contracts/interfaces/ILedgerErrors.sol";
import {ReceivableId} from "../../../contracts/types/Ids.sol";
import {Acting} from "../support/Acting.sol";
import {vm} from "../support/Vm.sol";

/// @dev Attempts on what others signed by way of `revoke`, which anybody who is enrolled may call over any word that he likes to sign.
contract RevokeAttacksTest is Acting {
    ReceivableId private _id;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    /// @dev The word in which the ledger could keep the victim's own revocation is signed as if it were a digest.
    function test_AForgedMarkInAnothersName() external {
        Pay memory payment = _pay(_id, 1);
        bytes32 digest = digests.digest(payment);
        _takeBack(SISTER, sisterKey, digest, 0);
        _takeBack(SISTER, sisterKey, keccak256(abi.encode(digest, bytes32(0), BUYER)), 0);
        _takeBack(SISTER, sisterKey, digest, bytes32(uint256(BUYER)));
        _send(payment);
        (uint64 principal,) = ledger.owed(_id);
        vm.assertEq(principal, FACE - 1);
    }

    /// @dev A revocation stays though others revoke the same digest, or the mark itself, after it.
    function test_ARevocationUndoneByAnothers() external {
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        bytes32 digest = digests.digest(act);
        _takeBack(SELLER, sellerKey, digest, 0);
        _takeBack(SISTER, sisterKey, digest, 0);
        _takeBack(SISTER, sisterKey, keccak256(abi.encode(digest, bytes32(0), SELLER)), 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActRevokedBefore.selector, digest));
        _send(act);
    }

    /// @dev Taking back what took effect would let it take effect once more.
    function test_ASpentActRevokedAndSentAgain() external {
        Pay memory payment = _pay(_id, 1);
        bytes32 digest = digests.digest(payment);
        _send(payment);
        bytes memory spent = abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digest);
        _refuse(spent);
        _takeBack(SISTER, sisterKey, digest, 0);
        _refuse(spent);
        _send(payment);
    }
}
