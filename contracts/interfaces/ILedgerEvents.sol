// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Currency, PartyId, ReceivableId, TradeId} from "../types/Ids.sol";
import {Piece} from "../types/Piece.sol";
import {Last, Level, Returns} from "../types/Standing.sol";

/// @dev What a receivable is confirmed as. issue: digest of the Issue that covers it, or 0.
struct Confirmed {
    PartyId debtor;
    PartyId creditor;
    uint64 face;
    Currency currency;
    uint48 dueAt;
    bytes2 place;
    uint8 undertaking;
    bytes32 text;
    TradeId trade;
    PartyId agent;
    PartyId guarantor;
    bytes32 invoices;
    uint32 rules;
    bytes32 issue;
    bool related;
}

/// @title What the ledger tells. The subject comes first and is the one journal into which the event folds; fields state what holds after.
///        One-slot states are told as the slot's word (see contracts/types).
interface ILedgerEvents {
    // --- subject: trade (kind 2)
    event TradeOrdered(
        TradeId indexed trade,
        bytes32 indexed act,
        PartyId buyer,
        PartyId seller,
        Currency currency,
        uint64 amount,
        bytes32 document
    );
    event TradeReceived(
        TradeId indexed trade,
        bytes32 indexed act,
        bytes32 tag,
        uint64 amount,
        bytes32 document,
        uint16 person,
        uint64 received
    );
    event TradeInvoiced(TradeId indexed trade, bytes32 indexed act, uint64 amount, bytes32 document);
    event TradeDrawn(TradeId indexed trade, bytes32 indexed act, ReceivableId receivable, uint64 drawn);

    // --- subject: receivable (kind 1)
    /// @dev The debt begins, and with it its first piece: start 0, the whole face, held by the creditor, version 1.
    event ReceivableConfirmed(ReceivableId indexed receivable, bytes32 indexed act, Confirmed terms);
    event InvoiceUsed(
        ReceivableId indexed receivable,
        bytes32 indexed act,
        PartyId debtor,
        bytes32 tag,
        uint64 amount,
        uint64 total,
        uint64 used
    );
    event PieceCut(
        ReceivableId indexed receivable,
        bytes32 indexed act,
        uint64 leftStart,
        Piece left,
        uint64 rightStart,
        Piece right
    );
    event PieceTransferred(
        ReceivableId indexed receivable,
        bytes32 indexed act,
        uint64 start,
        Piece piece,
        PartyId from,
        uint64 price,
        bool recourse,
        bytes32 undoes,
        bytes32 quote
    );
    /// @dev What was due to a piece has been paid out, or (credited) put to its holder's credit. act: 0 for `distribute`.
    event PiecePaid(
        ReceivableId indexed receivable,
        bytes32 indexed act,
        uint64 start,
        Piece piece,
        uint64 amount,
        bool credited,
        Last last
    );
    event PieceBankPaid(
        ReceivableId indexed receivable, bytes32 indexed act, uint64 start, Piece piece, uint64 amount, bytes32 evidence
    );
    event PieceAcknowledged(
        ReceivableId indexed receivable, bytes32 indexed act, uint64 start, Piece piece, PartyId by, bytes32 bankPaid
    );
    event ReceivablePaid(
        ReceivableId indexed receivable, bytes32 indexed act, uint64 rise, uint64 pulled, Level level, Returns returns_
    );
    event ReceivableReturned(ReceivableId indexed receivable, bytes32 indexed act, uint64 start, Returns returns_);

    // --- subject: party (kind 3)
    event PayablesIssued(
        PartyId indexed party,
        bytes32 indexed act,
        bytes32 root,
        Currency currency,
        uint32 count,
        uint64 total,
        uint48 lastDueAt,
        uint32 rules,
        uint48 deadline
    );
    event PayablesTaken(PartyId indexed party, bytes32 indexed act, bytes32 issue, uint32 taken, uint64 takenTotal);
    event QuoteFilled(PartyId indexed party, bytes32 indexed act, bytes32 quote, uint64 filled);
    event CapUsed(
        PartyId indexed party,
        bytes32 indexed act,
        address signer,
        Currency currency,
        uint8 power,
        uint32 day,
        uint64 amount
    );
    event PartyCredited(PartyId indexed party, bytes32 indexed act, address token, uint64 credit);
    event ActRevoked(PartyId indexed party, bytes32 indexed act, bytes32 digest, bytes32 leaf);
}
