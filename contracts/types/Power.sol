// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev What a signer may do. The value is the bit's position in the `powers` mask of a signer.
enum Power {
    Propose,
    Confirm,
    Receive,
    Transfer,
    Finance,
    Pay,
    Attest,
    Administer
}

/// @dev How a signer proves a signature: `Key` is plain ECDSA whatever code the address has; `Contract` is ERC-1271.
enum SignerKind {
    None,
    Key,
    Contract
}

/// @dev What a confirmation promises: `Unconditional` has no set-off or defence against a later holder.
enum Undertaking {
    None,
    Unconditional,
    Reserved
}
