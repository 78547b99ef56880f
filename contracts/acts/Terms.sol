// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The debt. Signed by the creditor (receive) as `Terms`, by the debtor inside `Confirm` or `Issue`. The receivable's id is the
///      first 192 bits of this struct's EIP-712 digest.
///      face: minor units; dueAt: first instant after the due date at the place of payment; place: ISO 3166 letters;
///      undertaking: 1 unconditional, 2 reserved; text: hash of the undertaking's legal text; trade: 0 is `unmatched`;
///      agent: may acknowledge bank money for holders, or 0; guarantor: or 0; invoices: commitment over invoices and amounts used;
///      rules: version in force.
struct Terms {
    uint32 debtor;
    uint32 creditor;
    uint64 face;
    bytes3 currency;
    uint48 dueAt;
    bytes2 place;
    uint8 undertaking;
    bytes32 text;
    bytes32 trade;
    uint32 agent;
    uint32 guarantor;
    bytes32 invoices;
    uint32 rules;
    uint48 deadline;
}

/// @dev What a receivable uses of one invoice. total: what the invoice leaves payable, fixed by its first use.
struct Use {
    bytes32 tag;
    uint64 amount;
    uint64 total;
}

/// @dev Confirms one receivable. Signed by two persons of the debtor (propose or confirm, at least one confirm); the nested Terms are what
///      the creditor signs alone.
struct Confirm {
    Terms terms;
    Use[] uses;
}

/// @dev Confirms many payables of one currency under a Merkle root. Signed by two persons of the debtor. A leaf is
///      keccak256(bytes.concat(keccak256(abi.encode(uint32 supplier, bytes32[] payables)))) where a payable is hashStruct(Confirm);
///      inner nodes hash their children in ascending order. count and total: over all payables; lastDueAt: the latest due date.
struct Issue {
    uint32 debtor;
    bytes3 currency;
    bytes32 root;
    uint32 count;
    uint64 total;
    uint48 lastDueAt;
    uint32 rules;
    uint48 deadline;
}

/// @dev A supplier takes payables of one issue. Signed by the supplier (receive). issue: digest of Issue.
struct Accept {
    bytes32 issue;
    Terms[] payables;
}

bytes32 constant TERMS_TYPEHASH = keccak256(
    "Terms(uint32 debtor,uint32 creditor,uint64 face,bytes3 currency,uint48 dueAt,bytes2 place,uint8 undertaking,"
    "bytes32 text,bytes32 trade,uint32 agent,uint32 guarantor,bytes32 invoices,uint32 rules,uint48 deadline)"
);

function hashTerms(Terms calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(TERMS_TYPEHASH, act));
}

using {hashTerms} for Terms global;

bytes32 constant USE_TYPEHASH = keccak256("Use(bytes32 tag,uint64 amount,uint64 total)");

function hashUse(Use calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(USE_TYPEHASH, act));
}

using {hashUse} for Use global;

bytes32 constant CONFIRM_TYPEHASH = keccak256(
    "Confirm(Terms terms,Use[] uses)Terms(uint32 debtor,uint32 creditor,uint64 face,bytes3 currency,uint48 dueAt,"
    "bytes2 place,uint8 undertaking,bytes32 text,bytes32 trade,uint32 agent,uint32 guarantor,bytes32 invoices,"
    "uint32 rules,uint48 deadline)Use(bytes32 tag,uint64 amount,uint64 total)"
);

/// @dev hashStruct of the Confirm over these terms (by their hash) and uses: what a leaf of an issue lists for each payable.
function hashPayable(bytes32 terms, Use[] calldata uses) pure returns (bytes32) {
    bytes32[] memory hashes = new bytes32[](uses.length);
    for (uint256 i = 0; i < uses.length; ++i) {
        hashes[i] = uses[i].hashUse();
    }
    return keccak256(abi.encode(CONFIRM_TYPEHASH, terms, keccak256(abi.encodePacked(hashes))));
}

function hashConfirm(Confirm calldata act) pure returns (bytes32) {
    return hashPayable(act.terms.hashTerms(), act.uses);
}

using {hashConfirm} for Confirm global;

bytes32 constant ISSUE_TYPEHASH = keccak256(
    "Issue(uint32 debtor,bytes3 currency,bytes32 root,uint32 count,uint64 total,uint48 lastDueAt,uint32 rules,"
    "uint48 deadline)"
);

function hashIssue(Issue calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(ISSUE_TYPEHASH, act));
}

using {hashIssue} for Issue global;

/// @dev The leaf of an issue that holds one supplier's payables.
function payablesLeaf(uint32 supplier, bytes32[] calldata payables) pure returns (bytes32) {
    return keccak256(bytes.concat(keccak256(abi.encode(supplier, payables))));
}

bytes32 constant ACCEPT_TYPEHASH = keccak256(
    "Accept(bytes32 issue,Terms[] payables)Terms(uint32 debtor,uint32 creditor,uint64 face,bytes3 currency,"
    "uint48 dueAt,bytes2 place,uint8 undertaking,bytes32 text,bytes32 trade,uint32 agent,uint32 guarantor,"
    "bytes32 invoices,uint32 rules,uint48 deadline)"
);

function hashAccept(Accept calldata act) pure returns (bytes32) {
    bytes32[] memory hashes = new bytes32[](act.payables.length);
    for (uint256 i = 0; i < act.payables.length; ++i) {
        hashes[i] = act.payables[i].hashTerms();
    }
    return keccak256(abi.encode(ACCEPT_TYPEHASH, act.issue, keccak256(abi.encodePacked(hashes))));
}

using {hashAccept} for Accept global;
