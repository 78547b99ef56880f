// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev A person's key. person: 1-based position in the party's list of persons; powers: mask of `Power` bits.
struct Enrolment {
    address signer;
    uint8 kind;
    uint16 person;
    uint16 powers;
}

/// @dev What one signer may do alone with one power in one currency: an act, and a UTC day (type(uint64).max: no day cap).
struct Limit {
    address signer;
    bytes3 currency;
    uint8 power;
    uint64 perAct;
    uint64 perDay;
}

/// @dev Admits a party. Signed by the operator (administer), by the attestor (attest), and by every signer named here.
///      record: salted commitment over the legal record; roles: 1 core enterprise, 2 supplier, 4 financier, 8 service
///      provider, 16 auditor, 32 operator; sole: one person who accepts, transfers and is paid, but never confirms;
///      account: where the party is paid and pays from; sealingKey: X25519; tagKey: keccak256 of the RSA public key (DER), or 0;
///      group: attested group of parties, or 0; evidence: commitment of what the attestor saw;
///      persons: salted commitments; guardians: addresses that may start a recovery.
struct Admission {
    bytes32 record;
    uint16 roles;
    bool sole;
    address account;
    bytes32 sealingKey;
    bytes32 tagKey;
    uint32 group;
    uint32 attestor;
    bytes32 evidence;
    bytes32[] persons;
    Enrolment[] signers;
    Limit[] limits;
    address[] guardians;
    uint48 deadline;
}

bytes32 constant ENROLMENT_TYPEHASH = keccak256("Enrolment(address signer,uint8 kind,uint16 person,uint16 powers)");
bytes32 constant LIMIT_TYPEHASH =
    keccak256("Limit(address signer,bytes3 currency,uint8 power,uint64 perAct,uint64 perDay)");
bytes32 constant ADMISSION_TYPEHASH = keccak256(
    "Admission(bytes32 record,uint16 roles,bool sole,address account,bytes32 sealingKey,bytes32 tagKey,uint32 group,"
    "uint32 attestor,bytes32 evidence,bytes32[] persons,Enrolment[] signers,Limit[] limits,address[] guardians,"
    "uint48 deadline)" "Enrolment(address signer,uint8 kind,uint16 person,uint16 powers)"
    "Limit(address signer,bytes3 currency,uint8 power,uint64 perAct,uint64 perDay)"
);

/// @dev EIP-712 hashStruct. The head of fixed fields and the tail are encoded apart, since all at once are too deep for the stack.
function hashAdmission(Admission memory a) pure returns (bytes32) {
    bytes memory head = abi.encode(
        ADMISSION_TYPEHASH, a.record, a.roles, a.sole, a.account, a.sealingKey, a.tagKey, a.group, a.attestor
    );
    bytes memory tail = abi.encode(
        a.evidence,
        keccak256(abi.encodePacked(a.persons)),
        hashEnrolments(a.signers),
        hashLimits(a.limits),
        keccak256(abi.encodePacked(a.guardians)),
        a.deadline
    );
    return keccak256(bytes.concat(head, tail));
}

function hashEnrolments(Enrolment[] memory signers) pure returns (bytes32) {
    bytes32[] memory hashes = new bytes32[](signers.length);
    for (uint256 i; i < signers.length; ++i) {
        hashes[i] = keccak256(abi.encode(ENROLMENT_TYPEHASH, signers[i]));
    }
    return keccak256(abi.encodePacked(hashes));
}

function hashLimits(Limit[] memory limits) pure returns (bytes32) {
    bytes32[] memory hashes = new bytes32[](limits.length);
    for (uint256 i; i < limits.length; ++i) {
        hashes[i] = keccak256(abi.encode(LIMIT_TYPEHASH, limits[i]));
    }
    return keccak256(abi.encodePacked(hashes));
}
