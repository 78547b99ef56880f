// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Cuts a piece. Signed by its holder (transfer). parts: lengths from left to right, their sum is the piece's length.
struct Split {
    uint192 receivable;
    uint64 start;
    uint32 version;
    uint64[] parts;
    uint48 deadline;
}

/// @dev Moves a piece, or its right end of length `amount`, from one party to another. Signed by `from` (transfer) and by `to`
///      (receive; finance when it pays a price; with a quote, `to` has signed the Quote instead).
///      price: what `to` pays, minor units; with a quote, the least that `from` takes; maxLevel: the most that C may be where there is a
///      price, else 0; recourse: `to` may claim from `from`; undoes: digest of the assignment that this reverses, or 0;
///      quote: digest of the Quote that this fills, or 0.
struct Transfer {
    uint192 receivable;
    uint64 start;
    uint32 version;
    uint64 amount;
    uint32 from;
    uint32 to;
    uint64 price;
    uint64 maxLevel;
    bool recourse;
    bytes32 undoes;
    bytes32 quote;
    uint48 deadline;
}

/// @dev A signed offer for a piece. Signed by the financier (finance).
///      seller: the only one who may fill, or 0 for those whom `sellers` names (Merkle root over
///      keccak256(bytes.concat(keccak256(abi.encode(uint32 seller)))), ascending pairs); version: of the piece, for a single fill; 0 lets
///      several pieces of the receivable fill up to maxNominal (then start is 0); price: for the whole of maxNominal, or 0 and
///      rateBps: discount a year, ACT/360, rounded up; maxLevel: the most that C may be; capacity: the most that the financier's line for
///      this debtor (perGroup: its group) may reach, type(uint64).max for no line; series: bulk cancelling raises the financier's series.
struct Quote {
    uint32 financier;
    uint32 seller;
    bytes32 sellers;
    uint192 receivable;
    uint64 start;
    uint32 version;
    uint64 maxNominal;
    uint64 price;
    uint32 rateBps;
    uint64 maxLevel;
    bool recourse;
    uint64 capacity;
    bool perGroup;
    uint32 series;
    uint48 deadline;
}

bytes32 constant SPLIT_TYPEHASH =
    keccak256("Split(uint192 receivable,uint64 start,uint32 version,uint64[] parts,uint48 deadline)");

function hashSplit(Split calldata act) pure returns (bytes32) {
    bytes32 parts = keccak256(abi.encodePacked(act.parts));
    return keccak256(abi.encode(SPLIT_TYPEHASH, act.receivable, act.start, act.version, parts, act.deadline));
}

using {hashSplit} for Split global;

bytes32 constant TRANSFER_TYPEHASH = keccak256(
    "Transfer(uint192 receivable,uint64 start,uint32 version,uint64 amount,uint32 from,uint32 to,uint64 price,"
    "uint64 maxLevel,bool recourse,bytes32 undoes,bytes32 quote,uint48 deadline)"
);

function hashTransfer(Transfer calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(TRANSFER_TYPEHASH, act));
}

using {hashTransfer} for Transfer global;

bytes32 constant QUOTE_TYPEHASH = keccak256(
    "Quote(uint32 financier,uint32 seller,bytes32 sellers,uint192 receivable,uint64 start,uint32 version,"
    "uint64 maxNominal,uint64 price,uint32 rateBps,uint64 maxLevel,bool recourse,uint64 capacity,bool perGroup,"
    "uint32 series,uint48 deadline)"
);

function hashQuote(Quote calldata act) pure returns (bytes32) {
    return keccak256(abi.encode(QUOTE_TYPEHASH, act));
}

using {hashQuote} for Quote global;
