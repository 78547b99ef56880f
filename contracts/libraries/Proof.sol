// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignerKind} from "../types/Power.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Whether a proof is the signer's signature over a digest, by the kind under which the signer was enrolled.
library Proof {
    /// @dev What a contract may use to answer; enough for a wallet of several owners, too little to burn a batch.
    uint256 internal constant CONTRACT_GAS = 200_000;

    /// @dev A `Key` stays plain ECDSA (65 bytes, low s) when code appears at its address, so nobody's delegation (EIP-7702) locks it out
    ///      or speaks for it.
    function holds(SignerKind kind, address signer, bytes32 digest, bytes memory proof) internal view returns (bool) {
        if (kind == SignerKind.Key) {
            (address found, ECDSA.RecoverError failed,) = ECDSA.tryRecover(digest, proof);
            return failed == ECDSA.RecoverError.NoError && found == signer;
        }
        return kind == SignerKind.Contract && _answers(signer, digest, proof);
    }

    /// @dev Called at a low level, because a malformed answer is a false signature and not a revert of ours. Without code there the answer
    ///      is empty.
    function _answers(address signer, bytes32 digest, bytes memory proof) private view returns (bool) {
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) =
            signer.staticcall{gas: CONTRACT_GAS}(abi.encodeCall(IERC1271.isValidSignature, (digest, proof)));
        return done && answer.length == 32 && bytes32(answer) == bytes32(IERC1271.isValidSignature.selector);
    }
}
