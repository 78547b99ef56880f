// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Buyer and seller agree an order. Signed by both (propose). Its digest is the trade's id.
struct Order {
    uint32 buyer;
    uint32 seller;
    bytes3 currency;
    uint64 amount;
    bytes32 document;
    uint48 deadline;
}

/// @dev The buyer has received goods worth `amount`. Signed by the buyer (receive). tag: the buyer's fingerprint of the delivery
///      note, counted once; document: salted commitment.
struct Receipt {
    bytes32 trade;
    bytes32 tag;
    uint64 amount;
    bytes32 document;
    uint48 deadline;
}

/// @dev The seller's invoice, recorded. Signed by the seller (propose). document: salted commitment.
struct Invoice {
    bytes32 trade;
    uint64 amount;
    bytes32 document;
    uint48 deadline;
}
