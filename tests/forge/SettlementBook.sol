// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Settlement} from "../../contracts/Settlement.sol";
import {ReceivableSlots, Standing, State} from "../../contracts/State.sol";
import {Pay} from "../../contracts/acts/Money.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {CurrencyRule, IRules, RuleSet} from "../../contracts/interfaces/IRules.sol";
import {Due, Line} from "../../contracts/libraries/Due.sol";
import {Currency, PartyId, ReceivableId} from "../../contracts/types/Ids.sol";
import {Piece, newPiece, pieceId} from "../../contracts/types/Piece.sol";

/// @dev What settlement asks of the registers: where a party is paid, and by which rules.
contract SettlementRegisters {
    CurrencyRule private _currencyRule;
    RuleSet private _ruleSet;
    mapping(PartyId party => address account) private _accounts;

    constructor(address token, uint8 scale, uint32 lateRateBps) {
        _currencyRule = CurrencyRule(token, scale, 1, type(uint64).max);
        _ruleSet.lateRateBps = lateRateBps;
        _ruleSet.dayCount = 360;
        _ruleSet.clearingSeconds = 2 days;
    }

    function setAccount(PartyId party, address account_) external {
        _accounts[party] = account_;
    }

    function account(PartyId party) external view returns (address) {
        address named = _accounts[party];
        return named == address(0) ? address(uint160(0xACC0000 + PartyId.unwrap(party))) : named;
    }

    function ruleSet(uint32) external view returns (RuleSet memory) {
        return _ruleSet;
    }

    function currencyRule(uint32, Currency) external view returns (CurrencyRule memory) {
        return _currencyRule;
    }

    function scaleOf(address) external view returns (uint8) {
        return _currencyRule.scale;
    }
}

/// @dev One receivable over the real settlement library and the real state; the acts' signatures are left away, nothing else is.
contract SettlementBook {
    ReceivableId public constant ID = ReceivableId.wrap(0xD0E);
    PartyId public constant DEBTOR = PartyId.wrap(1);
    PartyId public constant CREDITOR = PartyId.wrap(2);
    bytes32 public constant ACT = keccak256("act");

    State private _state;
    IParties private immutable _PARTIES;
    IRules private immutable _RULES;

    constructor(SettlementRegisters registers, uint64 face, uint48 dueAt) {
        _PARTIES = IParties(address(registers));
        _RULES = IRules(address(registers));
        ReceivableSlots storage r = _state.receivables[ID];
        (r.debtor, r.creditor, r.face, r.dueAt, r.currency) = (DEBTOR, CREDITOR, face, dueAt, Currency.wrap("EUR"));
        _state.pieces[pieceId(ID, 0)] = newPiece(CREDITOR, face);
    }

    // --- doors

    function pay(uint64 amount, uint64 maxPull) external returns (uint64 rise) {
        return this.payAct(Pay(ReceivableId.unwrap(ID), amount, maxPull, 0, 0));
    }

    function payAct(Pay calldata act) external returns (uint64 rise) {
        rise = Settlement.rise(_state, _RULES, act);
        Settlement.pay(_state, _PARTIES, _RULES, ACT, act);
    }

    function distribute(uint64[] calldata starts) external {
        Settlement.distribute(_state, _PARTIES, _RULES, ID, starts);
    }

    function payOut(PartyId party, address token) external {
        Settlement.payOut(_state, _PARTIES, _RULES, party, token);
    }

    function cut(uint64 start, uint64 left) external {
        Piece p = Settlement.creditDue(_state, _RULES, ACT, ID, start);
        (_state.pieces[pieceId(ID, start)], _state.pieces[pieceId(ID, start + left)]) = Due.cut(p, left);
    }

    function move(uint64 start, PartyId to) external {
        Piece p = Settlement.creditDue(_state, _RULES, ACT, ID, start);
        _state.pieces[pieceId(ID, start)] = p.movedTo(to);
    }

    function wait(uint64 start, uint48 until) external {
        Settlement.creditDue(_state, _RULES, ACT, ID, start);
        _state.pieces[pieceId(ID, start)] = _state.pieces[pieceId(ID, start)].waitingUntil(until);
    }

    function giveBack(uint64 start) external returns (Piece) {
        return Settlement.returnToDebtor(_state, _RULES, ACT, ID, start);
    }

    /// @dev Puts a word in place of a piece, for flags that other acts set.
    function put(uint64 start, Piece p) external {
        _state.pieces[pieceId(ID, start)] = p;
    }

    // --- reads

    function piece(uint64 start) external view returns (Piece) {
        return _state.pieces[pieceId(ID, start)];
    }

    function line() external view returns (Line memory) {
        Standing storage standing = _state.standings[ID];
        return Line(_state.receivables[ID].face, standing.level, standing.returns_, standing.last);
    }

    function credit(PartyId party, IERC20 token) external view returns (uint64) {
        return _state.credits[party][address(token)];
    }

    function due(uint64 start) external view returns (uint64) {
        return Settlement.due(_state, ID, start);
    }

    function owed() external view returns (uint64 principal, uint64 interest) {
        return Settlement.owed(_state, _RULES, ID);
    }

    function recordAt() external view returns (uint48) {
        return Settlement.recordAt(_state, _RULES, ID);
    }

    function settled() external view returns (bool) {
        return Settlement.settled(_state, ID);
    }
}
