// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acts, Registers} from "./Acts.sol";
import {Journal} from "./Journal.sol";
import {Payments} from "./Payments.sol";
import {Pieces} from "./Pieces.sol";
import {Receivables} from "./Receivables.sol";
import {Settlement} from "./Settlement.sol";
import {DaySpent, ReceivableSlots, Standing, State, TradeSlot, Usage} from "./State.sol";
import {Trades} from "./Trades.sol";
import {Acknowledge, BankPaid, Pay, Revoke} from "./acts/Money.sol";
import {Quote, Split, Transfer} from "./acts/Moves.sol";
import {Signature} from "./acts/Signature.sol";
import {Accept, Confirm, Issue} from "./acts/Terms.sol";
import {Invoice, Order, Receipt} from "./acts/Trade.sol";
import {ILedger, IssueRecord, LeafProof, ReceivableRecord} from "./interfaces/ILedger.sol";
import {IParties} from "./interfaces/IParties.sol";
import {IRules} from "./interfaces/IRules.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {Piece, pieceId} from "./types/Piece.sol";
import {Last, Level, Returns} from "./types/Standing.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @title The door: one function an act. It owns the state and emits every event; the libraries linked to it know the rules.
/// @dev Nobody owns it, nothing in it can be replaced, and who submits an act has no meaning. Every door to a piece or to money is closed
///      while another is open, so a token that calls back finds none.
contract Ledger is ILedger, ReentrancyGuardTransient {
    State private _state;
    IParties private immutable _PARTIES;
    IRules private immutable _RULES;

    constructor(IParties parties_, IRules rules_) {
        (_PARTIES, _RULES) = (parties_, rules_);
    }

    // --- trades

    function order(Order calldata act, Signature[] calldata signatures) external returns (TradeId) {
        return Trades.order(_state, _registers(), act, signatures);
    }

    function recordReceipt(Receipt calldata act, Signature[] calldata signatures) external {
        Trades.recordReceipt(_state, _registers(), act, signatures);
    }

    function recordInvoice(Invoice calldata act, Signature[] calldata signatures) external {
        Trades.recordInvoice(_state, _registers(), act, signatures);
    }

    // --- confirmation

    function confirm(
        Confirm calldata act,
        Signature[] calldata debtorSignatures,
        Signature[] calldata creditorSignatures
    ) external returns (ReceivableId) {
        return Receivables.confirm(_state, _registers(), act, debtorSignatures, creditorSignatures);
    }

    function accept(
        Issue calldata issue,
        Signature[] calldata issueSignatures,
        Accept calldata act,
        LeafProof calldata leaf,
        Signature[] calldata supplierSignatures
    ) external {
        Receivables.accept(_state, _registers(), issue, issueSignatures, act, leaf, supplierSignatures);
    }

    // --- pieces

    function split(Split calldata act, Signature[] calldata signatures) external nonReentrant {
        Pieces.split(_state, _registers(), act, signatures);
    }

    function transfer(Transfer calldata act, Signature[] calldata signatures) external nonReentrant {
        Pieces.transfer(_state, _registers(), act, signatures);
    }

    function fill(
        Quote calldata quote,
        Signature[] calldata quoteSignatures,
        Transfer calldata act,
        bytes32[] calldata sellerProof,
        Signature[] calldata sellerSignatures
    ) external nonReentrant {
        Pieces.fill(_state, _registers(), quote, quoteSignatures, act, sellerProof, sellerSignatures);
    }

    // --- settlement

    function pay(Pay calldata act, Signature[] calldata signatures) external nonReentrant {
        Payments.pay(_state, _registers(), act, signatures);
    }

    function distribute(ReceivableId id, uint64[] calldata starts) external nonReentrant {
        Settlement.distribute(_state, _PARTIES, _RULES, id, starts);
    }

    function payOut(PartyId party, address token) external nonReentrant {
        Settlement.payOut(_state, _PARTIES, _RULES, party, token);
    }

    function bankPaid(BankPaid calldata act, Signature[] calldata signatures) external nonReentrant {
        Payments.bankPaid(_state, _registers(), act, signatures);
    }

    function acknowledge(Acknowledge calldata act, Signature[] calldata signatures) external nonReentrant {
        Payments.acknowledge(_state, _registers(), act, signatures);
    }

    function revoke(Revoke calldata act, Signature calldata proofOfSigning, Signature[] calldata signatures) external {
        Acts.revoke(_state, _registers(), act, proofOfSigning, signatures);
    }

    // --- reads

    function receivable(ReceivableId id) external view returns (ReceivableRecord memory) {
        ReceivableSlots memory slots = _state.receivables[id];
        return ReceivableRecord({
            debtor: slots.debtor,
            creditor: slots.creditor,
            face: slots.face,
            dueAt: slots.dueAt,
            undertaking: slots.undertaking,
            rules: slots.rules,
            agent: slots.agent,
            guarantor: slots.guarantor,
            currency: slots.currency,
            confirmedAt: slots.confirmedAt,
            related: slots.related,
            trade: slots.trade
        });
    }

    function standing(ReceivableId id) external view returns (Level, Returns, Last) {
        Standing storage found = _state.standings[id];
        return (found.level, found.returns_, found.last);
    }

    function piece(ReceivableId id, uint64 start) external view returns (Piece) {
        return _state.pieces[pieceId(id, start)];
    }

    function due(ReceivableId id, uint64 start) external view returns (uint64) {
        return Settlement.due(_state, id, start);
    }

    function owed(ReceivableId id) external view returns (uint64 principal, uint64 interest) {
        return Settlement.owed(_state, _RULES, id);
    }

    function trade(TradeId id)
        external
        view
        returns (PartyId buyer, PartyId seller, Currency currency, uint64 received, uint64 drawn)
    {
        TradeSlot memory slot = _state.trades[id];
        return (slot.buyer, slot.seller, slot.currency, slot.received, slot.drawn);
    }

    function receiptCounted(PartyId buyer, bytes32 tag) external view returns (bool) {
        return _state.receipts[buyer][tag];
    }

    function signedReceipt(TradeId trade_, uint16 person) external view returns (bool) {
        return Trades.signedReceipt(_state, trade_, person);
    }

    function used(PartyId debtor, bytes32 tag) external view returns (uint64 used_, uint64 total) {
        Usage memory usage = _state.usages[debtor][tag];
        return (usage.used, usage.total);
    }

    function issued(bytes32 digest) external view returns (IssueRecord memory) {
        return _state.issues[digest];
    }

    function filled(bytes32 quote) external view returns (uint64 nominal) {
        return _state.fills[quote];
    }

    function credit(PartyId party, address token) external view returns (uint64) {
        return _state.credits[party][token];
    }

    function status(bytes32 digest) external view returns (uint8) {
        return _state.status[digest];
    }

    function revoked(bytes32 digest, PartyId party) external view returns (bool) {
        return _state.revoked[digest][party];
    }

    function spentOn(address signer, Currency currency, uint8 power) external view returns (uint32 day, uint64 amount) {
        DaySpent memory spent = _state.spent[signer][currency][power];
        return (spent.day, spent.amount);
    }

    function journal(uint8 kind, uint256 id) external view returns (bytes32) {
        return Journal.read(_state.heads, kind, id);
    }

    function domainSeparator() external view returns (bytes32) {
        return Acts.domainSeparator();
    }

    function parties() external view returns (address) {
        return address(_PARTIES);
    }

    function rules() external view returns (address) {
        return address(_RULES);
    }

    function _registers() private view returns (Registers memory) {
        return Registers(_PARTIES, _RULES);
    }
}
