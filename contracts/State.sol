// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Heads} from "./Journal.sol";
import {IssueRecord} from "./interfaces/ILedger.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {Piece} from "./types/Piece.sol";
import {Last, Level, Returns} from "./types/Standing.sol";

/// @dev What a receivable was confirmed as: three slots (terms 31 bytes, second 26 bytes, trade).
struct ReceivableSlots {
    PartyId debtor;
    PartyId creditor;
    uint64 face;
    uint48 dueAt;
    uint8 undertaking;
    uint32 rules;
    bool related;
    PartyId agent;
    PartyId guarantor;
    Currency currency;
    uint48 confirmedAt;
    TradeId trade;
}

/// @dev Three slots, each one word told in events.
struct Standing {
    Level level;
    Returns returns_;
    Last last;
}

/// @dev One slot (27 bytes).
struct TradeSlot {
    PartyId buyer;
    PartyId seller;
    uint64 received;
    uint64 drawn;
    Currency currency;
}

/// @dev One slot: what receivables use of an invoice, and what it leaves payable.
struct Usage {
    uint64 used;
    uint64 total;
}

/// @dev One slot: what a signer has bound on one UTC day.
struct DaySpent {
    uint32 day;
    uint64 amount;
}

/// @dev All that the ledger remembers. Its linked libraries work on it; the ledger owns it and is the emitter of every event.
struct State {
    Heads heads;
    mapping(bytes32 digest => uint8 status) status;
    mapping(ReceivableId id => ReceivableSlots) receivables;
    mapping(ReceivableId id => Standing) standings;
    mapping(uint256 pieceId => Piece) pieces;
    mapping(TradeId id => TradeSlot) trades;
    mapping(TradeId id => mapping(uint256 word => uint256 bits)) receiptSigners;
    mapping(PartyId buyer => mapping(bytes32 tag => bool)) receipts;
    mapping(PartyId debtor => mapping(bytes32 tag => Usage)) usages;
    mapping(bytes32 issue => IssueRecord) issues;
    mapping(bytes32 quote => uint64 nominal) fills;
    mapping(PartyId party => mapping(address token => uint64)) credits;
    mapping(address signer => mapping(Currency currency => mapping(uint8 power => DaySpent))) spent;
    mapping(uint256 pieceId => bytes32 bankPaid) waitingFor;
    mapping(bytes32 mark => mapping(PartyId party => bool)) revoked;
}
