// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acts, Registers} from "./Acts.sol";
import {Journal} from "./Journal.sol";
import {Settlement} from "./Settlement.sol";
import {ReceivableSlots, State} from "./State.sol";
import {Quote, Split, Transfer} from "./acts/Moves.sol";
import {Signature} from "./acts/Signature.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {Bound, Demand} from "./interfaces/IParties.sol";
import {CurrencyRule, RuleSet} from "./interfaces/IRules.sol";
import {Discount} from "./libraries/Discount.sol";
import {Due} from "./libraries/Due.sol";
import {PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {Piece, pieceId} from "./types/Piece.sol";
import {Power} from "./types/Power.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title How a piece is cut and how it moves: from one party to another, against cash or against nothing.
library Pieces {
    uint256 internal constant MOST_PARTS = 32;
    uint16 internal constant FINANCIER = 4;

    /// @dev One move, after both sides' will is known. price: what `to` pays, minor units.
    struct Move {
        bytes32 act;
        ReceivableId id;
        uint64 start;
        uint32 version;
        uint64 amount;
        PartyId from;
        PartyId to;
        uint64 price;
        bool recourse;
        bytes32 undoes;
        bytes32 quote;
    }

    // --- doors

    /// @dev Cuts from the right, so that the left part keeps its id and every other part is new.
    function split(
        State storage state,
        Registers calldata registers,
        Split calldata act,
        Signature[] calldata signatures
    ) external {
        ReceivableId id = ReceivableId.wrap(act.receivable);
        bytes32 digest = Acts.digest(act.hashSplit());
        ReceivableSlots storage slots = _known(state, id);
        Piece p = _free(state, id, act.start, act.version);
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, p.holder());
        Demand memory demand = Demand(p.holder(), Power.Transfer, 1, slots.currency, 0);
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
        _requireParts(act.parts, p.length(), Settlement.currencyRule(state, registers.rules, id).smallestPiece);
        Settlement.creditDue(state, registers.rules, digest, id, act.start);
        for (uint256 i = act.parts.length - 1; i > 0; --i) {
            _cut(state, digest, id, act.start, act.parts[i]);
        }
    }

    function transfer(
        State storage state,
        Registers calldata registers,
        Transfer calldata act,
        Signature[] calldata signatures
    ) external {
        require(act.quote == 0, ILedgerErrors.QuoteDiffers(act.quote));
        Move memory move = _moveOf(act);
        ReceivableSlots storage slots = _known(state, move.id);
        _authoriseTransfer(state, registers, slots, move, act.deadline, signatures);
        RuleSet memory rules = registers.rules.ruleSet(slots.rules);
        if (move.to != slots.debtor) _requireBeforeRecordDate(slots, rules, move.id);
        if (move.price > 0) _requireLevel(state, move.id, act.maxLevel);
        if (_isFinancing(registers, slots, move)) _requireFinanceable(slots, rules, move.id);
        _move(state, registers, slots, move);
    }

    function fill(
        State storage state,
        Registers calldata registers,
        Quote calldata quote,
        Signature[] calldata quoteSignatures,
        Transfer calldata act,
        bytes32[] calldata sellerProof,
        Signature[] calldata sellerSignatures
    ) external {
        Move memory move = _moveOf(act);
        _requireMatch(quote, act, sellerProof);
        ReceivableSlots storage slots = _known(state, move.id);
        _authoriseQuote(state, registers, slots, quote, quoteSignatures);
        _authoriseSeller(state, registers, slots, move, act.deadline, sellerSignatures);
        RuleSet memory rules = registers.rules.ruleSet(slots.rules);
        _requireBeforeRecordDate(slots, rules, move.id);
        _requireFinanceable(slots, rules, move.id);
        _requireLevel(state, move.id, quote.maxLevel < act.maxLevel ? quote.maxLevel : act.maxLevel);
        move.price = _priceOf(quote, act, slots.dueAt);
        _countFill(state, move, quote.maxNominal);
        _move(state, registers, slots, move);
    }

    // --- who

    function _authoriseTransfer(
        State storage state,
        Registers calldata registers,
        ReceivableSlots storage slots,
        Move memory move,
        uint48 deadline,
        Signature[] calldata signatures
    ) private {
        require(move.from != move.to, ILedgerErrors.SameParty(move.from));
        Acts.requireTimely(deadline);
        Acts.requireLive(state, move.act, move.from);
        Acts.requireLive(state, move.act, move.to);
        Demand memory gives = Demand(move.from, Power.Transfer, 1, slots.currency, move.amount);
        Demand memory takes = move.price == 0
            ? Demand(move.to, Power.Receive, 1, slots.currency, move.amount)
            : Demand(move.to, Power.Finance, 1, slots.currency, move.price);
        Acts.authorise(state, registers, move.act, Acts.both(gives, takes), signatures);
    }

    function _authoriseSeller(
        State storage state,
        Registers calldata registers,
        ReceivableSlots storage slots,
        Move memory move,
        uint48 deadline,
        Signature[] calldata signatures
    ) private {
        require(move.from != move.to, ILedgerErrors.SameParty(move.from));
        Acts.requireTimely(deadline);
        Acts.requireLive(state, move.act, move.from);
        Demand memory gives = Demand(move.from, Power.Transfer, 1, slots.currency, move.amount);
        Acts.authorise(state, registers, move.act, Acts.only(gives), signatures);
    }

    /// @dev A quote is held to the limits by the most that it can bind: its price, or maxNominal, which no price by rate exceeds. All
    ///      fills together stay within that, so it counts against the day's caps once, at the first.
    function _authoriseQuote(
        State storage state,
        Registers calldata registers,
        ReceivableSlots storage slots,
        Quote calldata quote,
        Signature[] calldata signatures
    ) private {
        bytes32 digest = Acts.digest(quote.hashQuote());
        PartyId financier = PartyId.wrap(quote.financier);
        Acts.requireTimely(quote.deadline);
        Acts.requireLive(state, digest, financier);
        uint64 most = quote.price > 0 ? quote.price : quote.maxNominal;
        Demand[] memory demands = Acts.only(Demand(financier, Power.Finance, 1, slots.currency, most));
        Bound[] memory bound = registers.parties.authorise(digest, demands, signatures);
        if (state.fills[digest] == 0) Acts.countCaps(state, digest, demands, bound);
    }

    // --- whether it may

    function _known(State storage state, ReceivableId id) private view returns (ReceivableSlots storage slots) {
        slots = state.receivables[id];
        require(slots.face != 0, ILedgerErrors.UnknownReceivable(id));
    }

    function _free(State storage state, ReceivableId id, uint64 start, uint32 version) private view returns (Piece p) {
        p = state.pieces[pieceId(id, start)];
        require(p.exists(), ILedgerErrors.UnknownPiece(id, start));
        require(p.version() == version, ILedgerErrors.PieceChanged(id, start, version, p.version()));
        require(p.free(block.timestamp), ILedgerErrors.PieceNotFree(id, start, p.flags()));
    }

    function _requireParts(uint64[] calldata parts, uint64 length, uint64 smallest) private pure {
        require(parts.length > 1, ILedgerErrors.PartsDiffer(parts.length, 2));
        require(parts.length <= MOST_PARTS, ILedgerErrors.TooMany(parts.length, MOST_PARTS));
        uint256 sum = 0;
        for (uint256 i = 0; i < parts.length; ++i) {
            _requireAtLeast(parts[i], smallest);
            sum += parts[i];
        }
        require(sum == length, ILedgerErrors.PartsDiffer(sum, length));
    }

    function _requireAtLeast(uint64 amount, uint64 smallest) private pure {
        require(amount > 0, ILedgerErrors.ZeroAmount());
        require(amount >= smallest, ILedgerErrors.BelowSmallest(amount, smallest));
    }

    function _requireBeforeRecordDate(ReceivableSlots storage slots, RuleSet memory rules, ReceivableId id)
        private
        view
    {
        uint256 recordAt = uint256(slots.dueAt) - rules.clearingSeconds;
        require(block.timestamp < recordAt, ILedgerErrors.RecordDatePassed(id, uint48(recordAt))); // at most dueAt
    }

    function _requireLevel(State storage state, ReceivableId id, uint64 maxLevel) private view {
        uint64 level = state.standings[id].level.paidIn();
        require(level <= maxLevel, ILedgerErrors.LevelAbove(level, maxLevel));
    }

    /// @dev A move to a financier, priced here or paid elsewhere. Asked of the register only where the answer matters.
    function _isFinancing(Registers calldata registers, ReceivableSlots storage slots, Move memory move)
        private
        view
        returns (bool)
    {
        bool plain = TradeId.unwrap(slots.trade) != 0 && !slots.related;
        if (plain || move.to == slots.debtor) return false;
        return registers.parties.record(move.to).roles & FINANCIER != 0;
    }

    function _requireFinanceable(ReceivableSlots storage slots, RuleSet memory rules, ReceivableId id) private view {
        bool matched = TradeId.unwrap(slots.trade) != 0;
        require(matched || rules.unmatchedFinanceable, ILedgerErrors.NotFinanceable(id, "unmatched"));
        require(!slots.related || rules.relatedFinanceable, ILedgerErrors.NotFinanceable(id, "related"));
    }

    /// @dev The seller's act fills exactly this quote, which lets this seller and this piece fill it.
    function _requireMatch(Quote calldata quote, Transfer calldata act, bytes32[] calldata sellerProof) private view {
        require(quote.series == 0, ILedgerErrors.SeriesNotKept(quote.series));
        require(quote.capacity == type(uint64).max, ILedgerErrors.CapacityNotKept(quote.capacity));
        bool same = act.to == quote.financier && act.receivable == quote.receivable && act.recourse == quote.recourse;
        bool single = quote.start == act.start && quote.version == act.version;
        bool several = quote.start == 0 && quote.version == 0;
        bool fits = act.undoes == 0 && act.quote == Acts.digest(quote.hashQuote());
        require(same && (single || several) && fits, ILedgerErrors.QuoteDiffers(act.quote));
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(act.from))));
        bool named =
            quote.seller == 0 ? MerkleProof.verifyCalldata(sellerProof, quote.sellers, leaf) : quote.seller == act.from;
        require(named, ILedgerErrors.NotNamedSeller(PartyId.wrap(act.from)));
    }

    // --- what changes

    function _moveOf(Transfer calldata act) private view returns (Move memory) {
        return Move({
            act: Acts.digest(act.hashTransfer()),
            id: ReceivableId.wrap(act.receivable),
            start: act.start,
            version: act.version,
            amount: act.amount,
            from: PartyId.wrap(act.from),
            to: PartyId.wrap(act.to),
            price: act.price,
            recourse: act.recourse,
            undoes: act.undoes,
            quote: act.quote
        });
    }

    /// @dev A fixed price is for the whole of maxNominal; a price by rate is for what is sold. Never below the seller's least.
    function _priceOf(Quote calldata quote, Transfer calldata act, uint48 dueAt) private view returns (uint64 price) {
        require(quote.price == 0 || act.amount == quote.maxNominal, ILedgerErrors.QuoteDiffers(act.quote));
        price = quote.price > 0 ? quote.price : Discount.priceDown(act.amount, quote.rateBps, dueAt, block.timestamp);
        require(price >= act.price, ILedgerErrors.PriceBelow(price, act.price));
    }

    function _countFill(State storage state, Move memory move, uint64 maxNominal) private {
        uint64 before = state.fills[move.quote];
        uint64 remaining = maxNominal - before; // fills never exceed it
        require(move.amount <= remaining, ILedgerErrors.QuoteExhausted(move.quote, move.amount, remaining));
        state.fills[move.quote] = before + move.amount;
        Journal.quoteFilled(state.heads, move.to, move.act, move.quote, before + move.amount);
    }

    /// @dev Credits the old holder what is due, cuts off the right end where only a part goes, gives it to `to`, tells, and lets `to` pay.
    function _move(State storage state, Registers calldata registers, ReceivableSlots storage slots, Move memory move)
        private
    {
        Piece p = _free(state, move.id, move.start, move.version);
        require(p.holder() == move.from, ILedgerErrors.NotHolder(move.id, move.start, move.from, p.holder()));
        require(move.amount > 0, ILedgerErrors.ZeroAmount());
        require(move.amount <= p.length(), ILedgerErrors.AboveLength(move.id, move.start, move.amount, p.length()));
        CurrencyRule memory rule = registers.rules.currencyRule(slots.rules, slots.currency);
        Settlement.creditDue(state, registers.rules, move.act, move.id, move.start);
        if (move.amount < p.length()) {
            _requireAtLeast(move.amount, rule.smallestPiece);
            _requireAtLeast(p.length() - move.amount, rule.smallestPiece);
            move.start = _cut(state, move.act, move.id, move.start, move.amount);
        }
        _give(state, registers, slots, move);
        if (move.price > 0) Settlement.payPrice(registers.parties, rule, move.to, move.from, move.price);
    }

    function _give(State storage state, Registers calldata registers, ReceivableSlots storage slots, Move memory move)
        private
    {
        Piece p;
        if (move.to == slots.debtor) {
            p = Settlement.returnToDebtor(state, registers.rules, move.act, move.id, move.start);
        } else {
            uint256 key = pieceId(move.id, move.start);
            p = state.pieces[key].movedTo(move.to);
            state.pieces[key] = p;
        }
        Journal.pieceTransferred(
            state.heads,
            move.id,
            move.act,
            Journal.Transferred(move.start, p, move.from, move.price, move.recourse, move.undoes, move.quote)
        );
    }

    /// @dev Cuts the right end of `length` off. The right part is a new piece, so its version is 1; the left one's rises.
    function _cut(State storage state, bytes32 act, ReceivableId id, uint64 start, uint64 length)
        private
        returns (uint64 rightStart)
    {
        Piece p = state.pieces[pieceId(id, start)];
        uint64 kept = p.length() - length; // the caller holds length below the piece's
        (Piece left, Piece right) = Due.cut(p, kept);
        rightStart = start + kept;
        state.pieces[pieceId(id, start)] = left;
        state.pieces[pieceId(id, rightStart)] = right;
        Journal.pieceCut(state.heads, id, act, Journal.Cut(start, left, rightStart, right));
    }
}
