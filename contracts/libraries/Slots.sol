// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Currency, PartyId, ReceivableId, TradeId} from "../types/Ids.sol";

/// @title Where a prover looks: the storage slot of each thing that the contracts remember. No contract imports this.
/// @dev All three journalling contracts keep their head in slot 0 and their journals in the mapping of slot 1; the rest is the ledger's
///      State, member by member. tests/forge holds every function to the storage of a deployed ledger.
library Slots {
    uint256 internal constant HEAD = 0;
    uint256 internal constant JOURNALS = 1;
    uint256 internal constant STATUS = 2;
    uint256 internal constant RECEIVABLES = 3;
    uint256 internal constant STANDINGS = 4;
    uint256 internal constant PIECES = 5;
    uint256 internal constant TRADES = 6;
    uint256 internal constant RECEIPT_SIGNERS = 7;
    uint256 internal constant RECEIPTS = 8;
    uint256 internal constant USAGES = 9;
    uint256 internal constant ISSUES = 10;
    uint256 internal constant FILLS = 11;
    uint256 internal constant CREDITS = 12;
    uint256 internal constant SPENT = 13;
    uint256 internal constant WAITING_FOR = 14;
    uint256 internal constant REVOKED = 15;

    /// @notice The running hash of one subject; kind 0 and id 0 is the contract's head, which lies in slot 0.
    function journal(uint8 kind, uint256 id) internal pure returns (bytes32) {
        return kind == 0 && id == 0 ? bytes32(HEAD) : _at(bytes32(id), _at(bytes32(uint256(kind)), bytes32(JOURNALS)));
    }

    /// @notice 1 spent, 2 revoked.
    function status(bytes32 digest) internal pure returns (bytes32) {
        return _at(digest, bytes32(STATUS));
    }

    /// @notice 1 where that party took its signature over the digest, or over one leaf below it, back.
    function revoked(bytes32 mark, PartyId party) internal pure returns (bytes32) {
        return _at(_word(party), _at(mark, bytes32(REVOKED)));
    }

    /// @notice The first of three slots: debtor, creditor, face, dueAt, undertaking, rules, related; then the others; then the trade.
    function receivable(ReceivableId id) internal pure returns (bytes32) {
        return _at(bytes32(uint256(ReceivableId.unwrap(id))), bytes32(RECEIVABLES));
    }

    /// @notice The word of what has been paid on the line (Level).
    function level(ReceivableId id) internal pure returns (bytes32) {
        return _at(bytes32(uint256(ReceivableId.unwrap(id))), bytes32(STANDINGS));
    }

    /// @notice The word of what came back to the debtor (Returns).
    function returned(ReceivableId id) internal pure returns (bytes32) {
        return bytes32(uint256(level(id)) + 1);
    }

    /// @notice The word of what was brought to the last level (Last).
    function last(ReceivableId id) internal pure returns (bytes32) {
        return bytes32(uint256(level(id)) + 2);
    }

    /// @notice The word of a piece.
    function piece(ReceivableId id, uint64 start) internal pure returns (bytes32) {
        return _at(bytes32(_pieceId(id, start)), bytes32(PIECES));
    }

    /// @notice The digest of the BankPaid that a piece waits for.
    function waitingFor(ReceivableId id, uint64 start) internal pure returns (bytes32) {
        return _at(bytes32(_pieceId(id, start)), bytes32(WAITING_FOR));
    }

    /// @notice Buyer, seller, received, drawn and currency of a trade.
    function trade(TradeId id) internal pure returns (bytes32) {
        return _at(TradeId.unwrap(id), bytes32(TRADES));
    }

    /// @notice 256 persons of the buyer, a bit for each who signed a receipt of the trade.
    function receiptSigners(TradeId id, uint16 person) internal pure returns (bytes32) {
        return _at(bytes32(uint256(person >> 8)), _at(TradeId.unwrap(id), bytes32(RECEIPT_SIGNERS)));
    }

    /// @notice 1 where the buyer's receipt of that tag has been counted.
    function receipt(PartyId buyer, bytes32 tag) internal pure returns (bytes32) {
        return _at(tag, _at(_word(buyer), bytes32(RECEIPTS)));
    }

    /// @notice What is used of an invoice, and its total.
    function usage(PartyId debtor, bytes32 tag) internal pure returns (bytes32) {
        return _at(tag, _at(_word(debtor), bytes32(USAGES)));
    }

    /// @notice What the ledger knows of an issue of payables.
    function issue(bytes32 digest) internal pure returns (bytes32) {
        return _at(digest, bytes32(ISSUES));
    }

    /// @notice How much of a quote is filled.
    function fill(bytes32 quote) internal pure returns (bytes32) {
        return _at(quote, bytes32(FILLS));
    }

    /// @notice What the ledger holds for a party in a token.
    function credit(PartyId party, address token) internal pure returns (bytes32) {
        return _at(bytes32(uint256(uint160(token))), _at(_word(party), bytes32(CREDITS)));
    }

    /// @notice The last UTC day on which a signer bound anything, and how much.
    function spent(address signer, Currency currency, uint8 power) internal pure returns (bytes32) {
        bytes32 bySigner = _at(bytes32(uint256(uint160(signer))), bytes32(SPENT));
        return _at(bytes32(uint256(power)), _at(bytes32(Currency.unwrap(currency)), bySigner));
    }

    function _pieceId(ReceivableId id, uint64 start) private pure returns (uint256) {
        return (uint256(ReceivableId.unwrap(id)) << 64) | start;
    }

    function _word(PartyId party) private pure returns (bytes32) {
        return bytes32(uint256(PartyId.unwrap(party)));
    }

    function _at(bytes32 key, bytes32 mapping_) private pure returns (bytes32) {
        return keccak256(abi.encode(key, mapping_));
    }
}
