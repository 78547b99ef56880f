// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Currency, PartyId, ReceivableId, TradeId} from "../types/Ids.sol";

/// @title What the ledger refuses, with what it found and where the limit is.
interface ILedgerErrors {
    error DeadlinePassed(uint48 deadline, uint256 time);
    error DeadlineTooFar(uint48 deadline, uint256 latest);
    error ActSpent(bytes32 digest);
    error ActRevokedBefore(bytes32 digest);
    error NotSignedBy(PartyId party, bytes32 digest);
    error ZeroAmount();
    error SameParty(PartyId party);
    error UnknownParty(PartyId party);
    error AboveDayCap(address signer, uint64 amount, uint256 wanted, uint64 cap);
    error TradeExists(TradeId trade);
    error UnknownTrade(TradeId trade);
    error TradeDiffers(TradeId trade, PartyId buyer, PartyId seller, Currency currency);
    error ReceiptCounted(PartyId buyer, bytes32 tag);
    error AboveReceived(TradeId trade, uint256 wanted, uint64 received);
    error SignedReceipt(TradeId trade, uint16 person);
    error ReceivableExists(ReceivableId receivable);
    error UnknownReceivable(ReceivableId receivable);
    error UsesDiffer(uint256 sum, uint64 face);
    error TooMany(uint256 found, uint256 limit);
    error LengthsDiffer(uint256 found, uint256 wanted);
    error InvoiceExhausted(PartyId debtor, bytes32 tag, uint64 wanted, uint64 remaining);
    error InvoiceTotalDiffers(PartyId debtor, bytes32 tag, uint64 found, uint64 fixed_);
    error RulesNotInForce(uint32 version, uint32 current);
    error CurrencyNotAllowed(Currency currency);
    error AboveFace(uint64 face, uint64 limit);
    error DueTooEarly(uint48 dueAt, uint256 time);
    error DueTooLate(uint48 dueAt, uint48 latest);
    error BadUndertaking(uint8 undertaking);
    error IssueDiffers(bytes32 issue);
    error UnknownIssue(bytes32 issue);
    error NotUnderRoot(bytes32 leaf, bytes32 root);
    error PayableDiffers(uint256 position, bytes32 found, bytes32 wanted);
    error IssueExceeded(bytes32 issue, uint256 found, uint256 limit);
    error UnknownPiece(ReceivableId receivable, uint64 start);
    error PieceChanged(ReceivableId receivable, uint64 start, uint32 version, uint32 found);
    error PieceNotFree(ReceivableId receivable, uint64 start, uint16 flags);
    error NotHolder(ReceivableId receivable, uint64 start, PartyId party, PartyId holder);
    error AboveLength(ReceivableId receivable, uint64 start, uint64 amount, uint64 length);
    error BelowSmallest(uint64 amount, uint64 smallest);
    error PartsDiffer(uint256 sum, uint64 length);
    error RecordDatePassed(ReceivableId receivable, uint48 recordAt);
    error BeforeRecordDate(ReceivableId receivable, uint48 recordAt);
    error LevelAbove(uint64 level, uint64 maxLevel);
    error QuoteDiffers(bytes32 quote);
    error SeriesNotKept(uint32 series);
    error CapacityNotKept(uint64 capacity);
    error QuoteExhausted(bytes32 quote, uint64 wanted, uint64 remaining);
    error PriceBelow(uint64 price, uint64 wanted);
    error NotNamedSeller(PartyId seller);
    error NotFinanceable(ReceivableId receivable, bytes32 reason);
    error NothingOwed(ReceivableId receivable);
    error AboveOwed(ReceivableId receivable, uint64 amount, uint256 owed);
    error AbovePull(uint256 pull, uint64 maxPull);
    error NotWaiting(ReceivableId receivable, uint64 start);
    error NothingDue();
    error TokenRefused(address token);
}
