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

bytes32 constant ORDER_TYPEHASH =
    keccak256("Order(uint32 buyer,uint32 seller,bytes3 currency,uint64 amount,bytes32 document,uint48 deadline)");

function hashOrder(Order calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(ORDER_TYPEHASH, act));
}

using {hashOrder} for Order global;

bytes32 constant RECEIPT_TYPEHASH =
    keccak256("Receipt(bytes32 trade,bytes32 tag,uint64 amount,bytes32 document,uint48 deadline)");

function hashReceipt(Receipt calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(RECEIPT_TYPEHASH, act));
}

using {hashReceipt} for Receipt global;

bytes32 constant INVOICE_TYPEHASH = keccak256("Invoice(bytes32 trade,uint64 amount,bytes32 document,uint48 deadline)");

function hashInvoice(Invoice calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(INVOICE_TYPEHASH, act));
}

using {hashInvoice} for Invoice global;
