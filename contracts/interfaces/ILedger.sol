// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acknowledge, BankPaid, Pay, Revoke} from "../acts/Money.sol";
import {Quote, Split, Transfer} from "../acts/Moves.sol";
import {Signature} from "../acts/Signature.sol";
import {Accept, Confirm, Issue, Use} from "../acts/Terms.sol";
import {Invoice, Order, Receipt} from "../acts/Trade.sol";
import {ILedgerErrors} from "./ILedgerErrors.sol";
import {ILedgerEvents} from "./ILedgerEvents.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "../types/Ids.sol";
import {Piece} from "../types/Piece.sol";
import {Last, Level, Returns} from "../types/Standing.sol";

/// @dev What a receivable was confirmed as, in storage (two slots and the trade).
struct ReceivableRecord {
    PartyId debtor;
    PartyId creditor;
    uint64 face;
    uint48 dueAt;
    uint8 undertaking;
    uint32 rules;
    PartyId agent;
    PartyId guarantor;
    Currency currency;
    uint48 confirmedAt;
    bool related;
    TradeId trade;
}

/// @dev An issue of payables as the ledger keeps it from its first acceptance on (one slot). firstPerson and secondPerson: who of the
///      debtor confirmed it; neither may have signed a receipt of a trade that a payable draws on.
struct IssueRecord {
    PartyId debtor;
    uint32 count;
    uint32 taken;
    uint64 total;
    uint64 takenTotal;
    uint16 firstPerson;
    uint16 secondPerson;
}

/// @dev What one supplier's leaf of an issue holds, and which of it is taken. hashes: hashStruct(Confirm) of every payable in the leaf;
///      positions: of `Accept.payables` in `hashes`, ascending; uses: of each payable taken; proof: from leaf to root.
struct LeafProof {
    bytes32[] hashes;
    uint256[] positions;
    Use[][] uses;
    bytes32[] proof;
}

/// @title The ledger of trades, receivables, pieces and their settlement. Anyone may submit any complete act.
interface ILedger is ILedgerEvents, ILedgerErrors {
    // --- trades
    /// @notice Signatures: buyer, seller.
    function order(Order calldata act, Signature[] calldata signatures) external returns (TradeId trade);
    /// @notice Signatures: buyer.
    function recordReceipt(Receipt calldata act, Signature[] calldata signatures) external;
    /// @notice Signatures: seller.
    function recordInvoice(Invoice calldata act, Signature[] calldata signatures) external;

    // --- confirmation
    /// @notice Opens one receivable. debtorSignatures over Confirm (two persons), creditorSignatures over its Terms.
    function confirm(
        Confirm calldata act,
        Signature[] calldata debtorSignatures,
        Signature[] calldata creditorSignatures
    ) external returns (ReceivableId receivable);
    /// @notice Takes payables of an issue. issueSignatures may be empty once the issue is known.
    function accept(
        Issue calldata issue,
        Signature[] calldata issueSignatures,
        Accept calldata act,
        LeafProof calldata leaf,
        Signature[] calldata supplierSignatures
    ) external;

    // --- pieces
    /// @notice Signatures: holder.
    function split(Split calldata act, Signature[] calldata signatures) external;
    /// @notice Signatures: from, to. Pulls `price` from the account of `to` to that of `from`.
    function transfer(Transfer calldata act, Signature[] calldata signatures) external;
    /// @notice A Transfer that fills a Quote: quoteSignatures by the financier over Quote, sellerSignatures by `from` over Transfer.
    ///         The financier's limit is held to the quote's price, or to maxNominal where it has a rate; its day cap counts at
    ///         the first fill.
    function fill(
        Quote calldata quote,
        Signature[] calldata quoteSignatures,
        Transfer calldata act,
        bytes32[] calldata sellerProof,
        Signature[] calldata sellerSignatures
    ) external;

    // --- settlement
    /// @notice Signatures: debtor.
    function pay(Pay calldata act, Signature[] calldata signatures) external;
    /// @notice Pays out what is due to these pieces of one receivable, each to its holder's account; a refused payout becomes a credit.
    ///         Pieces that have nothing due, wait, are locked or frozen are skipped.
    function distribute(ReceivableId receivable, uint64[] calldata starts) external;
    /// @notice Pays a party's credit in `token` out to its account.
    function payOut(PartyId party, address token) external;
    /// @notice Signatures: two persons of the debtor.
    function bankPaid(BankPaid calldata act, Signature[] calldata signatures) external;
    /// @notice Signatures: holder or agent.
    function acknowledge(Acknowledge calldata act, Signature[] calldata signatures) external;
    /// @notice Takes a signature back: `proofOfSigning` is the party's signature over `act.digest`; one signature of any of its persons.
    function revoke(Revoke calldata act, Signature calldata proofOfSigning, Signature[] calldata signatures) external;

    // --- reads
    function receivable(ReceivableId id) external view returns (ReceivableRecord memory);
    function standing(ReceivableId id) external view returns (Level level, Returns returns_, Last last);
    function piece(ReceivableId id, uint64 start) external view returns (Piece);
    /// @notice What the piece is owed now: max(0, ⌊C·len/F⌋ − paid), and the remainder of interest for the line's end.
    function due(ReceivableId id, uint64 start) external view returns (uint64);
    /// @notice Principal and interest still owed on the whole line at this block's time.
    function owed(ReceivableId id) external view returns (uint64 principal, uint64 interest);
    function trade(TradeId id)
        external
        view
        returns (PartyId buyer, PartyId seller, Currency currency, uint64 received, uint64 drawn);
    function receiptCounted(PartyId buyer, bytes32 tag) external view returns (bool);
    function signedReceipt(TradeId trade_, uint16 person) external view returns (bool);
    function used(PartyId debtor, bytes32 tag) external view returns (uint64 used_, uint64 total);
    function issued(bytes32 digest) external view returns (IssueRecord memory);
    function filled(bytes32 quote) external view returns (uint64 nominal);
    function credit(PartyId party, address token) external view returns (uint64);
    /// @notice 0 unknown, 1 spent, 2 revoked by somebody. For a leaf: keccak256(abi.encode(digest, leaf)).
    function status(bytes32 digest) external view returns (uint8);
    /// @notice Whether this party took back what it signed; `digest` as for `status`. Anyone can sign any digest, so only the revocation
    ///         of a party that an act binds stops the act.
    function revoked(bytes32 digest, PartyId party) external view returns (bool);
    function spentOn(address signer, Currency currency, uint8 power) external view returns (uint32 day, uint64 amount);
    /// @notice Running hash of one subject (kinds: 1 receivable, 2 trade, 3 party) and of all events of this contract (0, 0).
    function journal(uint8 kind, uint256 id) external view returns (bytes32);
    function domainSeparator() external view returns (bytes32);
    function parties() external view returns (address);
    function rules() external view returns (address);
}
