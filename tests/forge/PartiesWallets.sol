// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev A contract that signs with the key of its owner.
contract OwnedWallet is IERC1271 {
    address private immutable _OWNER;

    constructor(address owner) {
        _OWNER = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata proof) external view returns (bytes4) {
        (address found, ECDSA.RecoverError failed,) = ECDSA.tryRecover(digest, proof);
        bool good = failed == ECDSA.RecoverError.NoError && found == _OWNER;
        return good ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

/// @dev Burns all gas that it gets.
contract BurningWallet {
    fallback() external {
        while (true) {}
    }
}
