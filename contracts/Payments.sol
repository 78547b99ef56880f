// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acts, Registers} from "./Acts.sol";
import {Journal} from "./Journal.sol";
import {Settlement} from "./Settlement.sol";
import {ReceivableSlots, State} from "./State.sol";
import {Acknowledge, BankPaid, Pay} from "./acts/Money.sol";
import {Signature} from "./acts/Signature.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {Demand} from "./interfaces/IParties.sol";
import {PartyId, ReceivableId} from "./types/Ids.sol";
import {Piece, WAITING, pieceId} from "./types/Piece.sol";
import {Power} from "./types/Power.sol";

/// @title How the debtor pays: in tokens for the whole line, or one holder by bank, who acknowledges it.
/// @dev None of this asks a rule, a dispute or a suspension whether it may.
library Payments {
    uint256 internal constant WAIT = 10 days;

    function pay(State storage state, Registers calldata registers, Pay calldata act, Signature[] calldata signatures)
        external
    {
        bytes32 digest = Acts.digest(act.hashPay());
        ReceivableSlots storage slots = _known(state, ReceivableId.wrap(act.receivable));
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, slots.debtor);
        uint64 amount = Settlement.rise(state, registers.rules, act);
        Demand memory demand = Demand(slots.debtor, Power.Pay, 1, slots.currency, amount);
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
        Acts.spend(state, digest);
        Settlement.pay(state, registers.parties, registers.rules, digest, act);
    }

    /// @dev From the record date on, so that who is paid by bank can no longer have passed the piece on. Once a version: a debtor that
    ///      says it again cannot keep the piece waiting for ever.
    function bankPaid(
        State storage state,
        Registers calldata registers,
        BankPaid calldata act,
        Signature[] calldata signatures
    ) external {
        bytes32 digest = Acts.digest(act.hashBankPaid());
        ReceivableId id = ReceivableId.wrap(act.receivable);
        _authoriseDebtor(state, registers, digest, act, signatures);
        require(act.amount > 0, ILedgerErrors.ZeroAmount());
        uint48 recordAt = Settlement.recordAt(state, registers.rules, id);
        require(block.timestamp >= recordAt, ILedgerErrors.BeforeRecordDate(id, recordAt));
        Piece p = _at(state, id, act.start, act.version);
        bool waits = p.free(block.timestamp) && !p.has(WAITING);
        require(waits, ILedgerErrors.PieceNotFree(id, act.start, p.flags()));
        Acts.spend(state, digest);
        p = Settlement.creditDue(state, registers.rules, digest, id, act.start);
        p = p.waitingUntil(uint48(block.timestamp + WAIT)); // below 2^48 for nine million years
        state.pieces[pieceId(id, act.start)] = p;
        state.waitingFor[pieceId(id, act.start)] = digest;
        Journal.pieceBankPaid(state.heads, id, digest, act.start, p, act.amount, act.evidence);
    }

    /// @dev The bank's money arrived: the piece goes back to the debtor, and what fell due to it meanwhile is the debtor's credit.
    function acknowledge(
        State storage state,
        Registers calldata registers,
        Acknowledge calldata act,
        Signature[] calldata signatures
    ) external {
        bytes32 digest = Acts.digest(act.hashAcknowledge());
        (ReceivableId id, PartyId by) = (ReceivableId.wrap(act.receivable), PartyId.wrap(act.by));
        Piece p = _at(state, id, act.start, act.version);
        uint256 key = pieceId(id, act.start);
        bool waits = p.has(WAITING) && block.timestamp < p.until() && state.waitingFor[key] == act.bankPaid;
        require(waits, ILedgerErrors.NotWaiting(id, act.start));
        _authoriseReceiver(state, registers, digest, act, p, signatures);
        delete state.waitingFor[key];
        p = Settlement.returnToDebtor(state, registers.rules, digest, id, act.start);
        Journal.pieceAcknowledged(state.heads, id, digest, act.start, p, by, act.bankPaid);
    }

    function _authoriseDebtor(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        BankPaid calldata act,
        Signature[] calldata signatures
    ) private {
        ReceivableSlots storage slots = _known(state, ReceivableId.wrap(act.receivable));
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, slots.debtor);
        Demand memory demand = Demand(slots.debtor, Power.Pay, 2, slots.currency, act.amount);
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
    }

    function _authoriseReceiver(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Acknowledge calldata act,
        Piece p,
        Signature[] calldata signatures
    ) private {
        ReceivableId id = ReceivableId.wrap(act.receivable);
        PartyId by = PartyId.wrap(act.by);
        ReceivableSlots storage slots = state.receivables[id];
        require(by == p.holder() || by == slots.agent, ILedgerErrors.NotHolder(id, act.start, by, p.holder()));
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, by);
        Demand memory demand = Demand(by, Power.Receive, 1, slots.currency, p.length());
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
    }

    function _known(State storage state, ReceivableId id) private view returns (ReceivableSlots storage slots) {
        slots = state.receivables[id];
        require(slots.face != 0, ILedgerErrors.UnknownReceivable(id));
    }

    function _at(State storage state, ReceivableId id, uint64 start, uint32 version) private view returns (Piece p) {
        p = state.pieces[pieceId(id, start)];
        require(p.exists(), ILedgerErrors.UnknownPiece(id, start));
        require(p.version() == version, ILedgerErrors.PieceChanged(id, start, version, p.version()));
    }
}
