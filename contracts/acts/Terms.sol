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
