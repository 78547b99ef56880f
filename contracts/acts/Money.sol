// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The debtor pays in tokens. Signed by the debtor (pay).
///      amount: by how much C rises, or type(uint64).max for all that is owed then; maxPull: the most that may be pulled from the
///      debtor's account; nonce: any number, makes the act unlike others.
struct Pay {
    uint192 receivable;
    uint64 amount;
    uint64 maxPull;
    uint256 nonce;
    uint48 deadline;
}

/// @dev The debtor has paid a holder by bank. Signed by two persons of the debtor (pay). evidence: commitment of the bank's paper.
struct BankPaid {
    uint192 receivable;
    uint64 start;
    uint32 version;
    uint64 amount;
    bytes32 evidence;
    uint48 deadline;
}

/// @dev The bank's money arrived; the piece ends. Signed by its holder, or by the agent named in Terms (receive). by: who signs;
///      bankPaid: digest of the BankPaid that is acknowledged.
struct Acknowledge {
    uint192 receivable;
    uint64 start;
    uint32 version;
    uint32 by;
    bytes32 bankPaid;
    uint48 deadline;
}

/// @dev Takes a signature back. Signed by one person of a party that signed `digest` (any power). leaf: one leaf of a Merkle root
///      that the digest covers, or 0 for the whole.
struct Revoke {
    uint32 party;
    bytes32 digest;
    bytes32 leaf;
    uint48 deadline;
}

bytes32 constant PAY_TYPEHASH =
    keccak256("Pay(uint192 receivable,uint64 amount,uint64 maxPull,uint256 nonce,uint48 deadline)");

function hashPay(Pay calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(PAY_TYPEHASH, act));
}

using {hashPay} for Pay global;

bytes32 constant BANK_PAID_TYPEHASH = keccak256(
    "BankPaid(uint192 receivable,uint64 start,uint32 version,uint64 amount,bytes32 evidence,uint48 deadline)"
);

function hashBankPaid(BankPaid calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(BANK_PAID_TYPEHASH, act));
}

using {hashBankPaid} for BankPaid global;

bytes32 constant ACKNOWLEDGE_TYPEHASH =
    keccak256("Acknowledge(uint192 receivable,uint64 start,uint32 version,uint32 by,bytes32 bankPaid,uint48 deadline)");

function hashAcknowledge(Acknowledge calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(ACKNOWLEDGE_TYPEHASH, act));
}

using {hashAcknowledge} for Acknowledge global;

bytes32 constant REVOKE_TYPEHASH = keccak256("Revoke(uint32 party,bytes32 digest,bytes32 leaf,uint48 deadline)");

function hashRevoke(Revoke calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(REVOKE_TYPEHASH, act));
}

using {hashRevoke} for Revoke global;
