// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev One person's signature. Signatures come in the order of the parties that an act binds, those of one party together.
///      signer: the enrolled address; proof: 65 bytes of ECDSA (r, s, v) for a `Key`, anything for a `Contract` (ERC-1271).
struct Signature {
    address signer;
    bytes proof;
}
