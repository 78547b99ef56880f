// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Journal} from "./Journal.sol";
import {ReceivableSlots, Standing, State} from "./State.sol";
import {Pay} from "./acts/Money.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {IParties} from "./interfaces/IParties.sol";
import {CurrencyRule, IRules, RuleSet} from "./interfaces/IRules.sol";
import {Due, Line} from "./libraries/Due.sol";
import {PartyId, ReceivableId} from "./types/Ids.sol";
import {Piece, pieceId} from "./types/Piece.sol";
import {Returns, returnsOf} from "./types/Standing.sol";

/// @title Money that comes in, is shared, and goes out. The ledger links it; the state and the tokens are the ledger's.
/// @dev Paying asks no clock, dispute or rule whether it may. State is stored before tokens move; events that follow a push
///      tell what storage holds then, so a token that calls back cannot make the record wrong.
library Settlement {
    using SafeERC20 for IERC20;

    uint256 internal constant MAX_STARTS = 200;
    uint256 internal constant PUSH_GAS = 200_000;
    /// @dev With less than this a push would get less than PUSH_GAS (a call passes on 63/64 of what is left), after what a piece costs
    ///      before it is pushed: cold reads, and a word of `last` that is written for the first time.
    uint256 internal constant PUSH_NEEDS = (PUSH_GAS * 64) / 63 + 60_000;
    bytes32 internal constant NO_ACT = 0;

    // --- reads

    /// @dev Principal and interest owed on the whole line at this block's time.
    function owed(State storage s, IRules rules, ReceivableId id)
        external
        view
        returns (uint64 principal, uint64 interest)
    {
        return Due.owed(_accrued(s, rules, id));
    }

    /// @dev What a distribution would pay to the piece now, were it free.
    function due(State storage s, ReceivableId id, uint64 start) external view returns (uint64) {
        Line memory line = _line(s, id);
        Piece p = s.pieces[pieceId(id, start)];
        require(p.exists(), ILedgerErrors.UnknownPiece(id, start));
        (Piece after_,) = Due.payout(line, p, start);
        return after_.paid() - p.paid();
    }

    /// @dev By how much C rises if `act` is paid now. Refuses what is not owed.
    function rise(State storage s, IRules rules, Pay calldata act) external view returns (uint64) {
        return _rise(_accrued(s, rules, ReceivableId.wrap(act.receivable)), act);
    }

    // --- doors

    /// @dev Raises the line's level and pulls that much, less what is netted for pieces that came back; where more is netted than paid,
    ///      the difference is the debtor's credit.
    function pay(State storage s, IParties parties, IRules rules, bytes32 digest, Pay calldata act) external {
        ReceivableId id = ReceivableId.wrap(act.receivable);
        Line memory line = _accrued(s, rules, id);
        uint64 amount = _rise(line, act);
        line.level = Due.raised(line.level, amount);
        uint64 before = line.returns_.netted();
        line.returns_ = Due.nettedDown(line);
        uint64 netted = line.returns_.netted() - before;
        uint64 pulled = amount > netted ? amount - netted : 0;
        require(pulled <= act.maxPull, ILedgerErrors.AbovePull(pulled, act.maxPull));

        _store(s, id, line);
        Journal.receivablePaid(s.heads, id, digest, amount, pulled, line.level, line.returns_);
        PartyId debtor = s.receivables[id].debtor;
        CurrencyRule memory rule = currencyRule(s, rules, id);
        if (netted > amount) _credit(s, digest, debtor, rule.token, netted - amount);
        if (pulled > 0) _pull(rule, parties.account(debtor), pulled);
    }

    /// @dev Pays pieces what they are owed, each to its holder's account.
    function distribute(State storage s, IParties parties, IRules rules, ReceivableId id, uint64[] calldata starts)
        external
    {
        require(starts.length <= MAX_STARTS, ILedgerErrors.TooMany(starts.length, MAX_STARTS));
        _line(s, id);
        CurrencyRule memory rule = currencyRule(s, rules, id);
        uint256 changed;
        for (uint256 i = 0; i < starts.length; ++i) {
            require(gasleft() >= PUSH_NEEDS, ILedgerErrors.TooMany(starts.length, i));
            if (_payPiece(s, parties, rule, id, starts[i])) ++changed;
        }
        require(changed > 0, ILedgerErrors.NothingDue());
    }

    /// @dev Pays a party's credit out to its account.
    function payOut(State storage s, IParties parties, IRules rules, PartyId party, address token) external {
        uint64 amount = s.credits[party][token];
        require(amount > 0, ILedgerErrors.NothingDue());
        address account = parties.account(party);
        require(account != address(this), ILedgerErrors.TokenRefused(token));
        s.credits[party][token] = 0;
        Journal.partyCredited(s.heads, party, NO_ACT, token, 0);
        IERC20(token).safeTransfer(account, uint256(amount) * 10 ** rules.scaleOf(token));
    }

    // --- for the other concepts of the ledger

    /// @dev Before every move and cut: what is due to the piece becomes its holder's credit.
    function creditDue(State storage s, IRules rules, bytes32 act, ReceivableId id, uint64 start)
        internal
        returns (Piece p)
    {
        Line memory line = _line(s, id);
        p = s.pieces[pieceId(id, start)];
        uint64 amount = Due.dueDown(p, line.level, line.face);
        if (amount == 0) return p;
        p = p.withPaid(p.paid() + amount);
        s.pieces[pieceId(id, start)] = p;
        Journal.piecePaid(s.heads, id, act, Journal.Paid(start, p, amount, true, line.last));
        _credit(s, act, p.holder(), currencyRule(s, rules, id).token, amount);
    }

    /// @dev A piece goes back to the debtor, which ends it. What is due to it is the holder's credit; the debtor's while the piece waits,
    ///      for then the bank has paid the holder. The caller tells the move itself, after this.
    function returnToDebtor(State storage s, IRules rules, bytes32 act, ReceivableId id, uint64 start)
        internal
        returns (Piece p)
    {
        p = s.pieces[pieceId(id, start)];
        if (!p.held(block.timestamp)) p = creditDue(s, rules, act, id, start);
        uint64 toDebtor = _takeBack(s, id, start, p);
        PartyId debtor = s.receivables[id].debtor;
        p = p.endedWith(debtor);
        s.pieces[pieceId(id, start)] = p;
        Journal.receivableReturned(s.heads, id, act, start, s.standings[id].returns_);
        if (toDebtor > 0) _credit(s, act, debtor, currencyRule(s, rules, id).token, toDebtor);
    }

    /// @dev From here until default, pieces move only to the debtor.
    function recordAt(State storage s, IRules rules, ReceivableId id) internal view returns (uint48) {
        ReceivableSlots storage r = s.receivables[id];
        return r.dueAt - uint48(rules.ruleSet(r.rules).clearingSeconds);
    }

    /// @dev Principal paid, or all of it back with the debtor.
    function settled(State storage s, ReceivableId id) internal view returns (bool) {
        return Due.settled(_line(s, id));
    }

    /// @dev How the receivable is paid, by the rules under which it was confirmed.
    function currencyRule(State storage s, IRules rules, ReceivableId id) internal view returns (CurrencyRule memory) {
        ReceivableSlots storage r = s.receivables[id];
        return rules.currencyRule(r.rules, r.currency);
    }

    /// @dev A buyer pays a price to a seller, account to account. Never from the ledger's own: tokens that ask no allowance of who spends
    ///      what is his would then pay with what is held for others.
    function payPrice(IParties parties, CurrencyRule memory rule, PartyId from, PartyId to, uint64 amount) internal {
        (address payer, address payee) = (parties.account(from), parties.account(to));
        require(payer != address(this) && payee != address(this), ILedgerErrors.TokenRefused(rule.token));
        IERC20(rule.token).safeTransferFrom(payer, payee, _units(rule, amount));
    }

    // --- parts

    /// @dev Counts a piece among what came back; says what of the money held for it is the debtor's.
    function _takeBack(State storage s, ReceivableId id, uint64 start, Piece p) private returns (uint64 toDebtor) {
        Line memory line = _line(s, id);
        uint64 total = Due.totalDown(p, line.level, line.face);
        toDebtor = total - p.paid();
        Returns r = Due.returned(line.returns_, p.length(), total);
        line.returns_ = r;
        if (r.nominal() == line.face || uint256(start) + p.length() == line.face) {
            uint64 rest = Due.remainderOf(line);
            line.returns_ = returnsOf(r.nominal(), r.count(), r.netted() + rest);
            toDebtor += rest;
        }
        s.standings[id].returns_ = line.returns_;
    }

    function _line(State storage s, ReceivableId id) private view returns (Line memory) {
        uint64 face = s.receivables[id].face;
        require(face != 0, ILedgerErrors.UnknownReceivable(id));
        Standing storage standing = s.standings[id];
        return Line(face, standing.level, standing.returns_, standing.last);
    }

    function _accrued(State storage s, IRules rules, ReceivableId id) private view returns (Line memory line) {
        line = _line(s, id);
        ReceivableSlots storage r = s.receivables[id];
        if (block.timestamp < r.dueAt) return line;
        RuleSet memory set = rules.ruleSet(r.rules);
        line.level = Due.accruedDown(line.level, line.face, r.dueAt, block.timestamp, set.lateRateBps, set.dayCount);
    }

    function _rise(Line memory line, Pay calldata act) private pure returns (uint64) {
        ReceivableId id = ReceivableId.wrap(act.receivable);
        (uint64 principal, uint64 interest) = Due.owed(line);
        // Accrual keeps the line within 64 bits.
        uint64 all = principal + interest;
        require(act.amount > 0, ILedgerErrors.ZeroAmount());
        require(all > 0, ILedgerErrors.NothingOwed(id));
        if (act.amount == type(uint64).max) return all;
        require(act.amount <= all, ILedgerErrors.AboveOwed(id, act.amount, all));
        return act.amount;
    }

    /// @dev False when nothing changes. Reads all anew, for the push before may have called back.
    function _payPiece(State storage s, IParties parties, CurrencyRule memory rule, ReceivableId id, uint64 start)
        private
        returns (bool)
    {
        uint256 key = pieceId(id, start);
        Piece p = s.pieces[key];
        require(p.exists(), ILedgerErrors.UnknownPiece(id, start));
        if (p.held(block.timestamp)) return false;
        (Piece after_, Line memory line) = Due.payout(_line(s, id), p, start);
        if (Piece.unwrap(after_) == Piece.unwrap(p)) return false;
        bool netted = Returns.unwrap(line.returns_) != Returns.unwrap(s.standings[id].returns_);
        s.pieces[key] = after_;
        _store(s, id, line);
        _payTo(s, rule, parties.account(p.holder()), id, start, after_.paid() - p.paid());
        if (netted) Journal.receivableReturned(s.heads, id, NO_ACT, start, s.standings[id].returns_);
        return true;
    }

    /// @dev Pushes what was stored as paid; where the account or the token refuses, it is the holder's credit.
    function _payTo(
        State storage s,
        CurrencyRule memory rule,
        address account,
        ReceivableId id,
        uint64 start,
        uint64 amount
    ) private {
        PartyId holder = s.pieces[pieceId(id, start)].holder();
        bool pushed = amount == 0 || _pushed(rule, account, amount);
        Piece p = s.pieces[pieceId(id, start)];
        Journal.piecePaid(s.heads, id, NO_ACT, Journal.Paid(start, p, amount, !pushed, s.standings[id].last));
        if (!pushed) _credit(s, NO_ACT, holder, rule.token, amount);
    }

    function _store(State storage s, ReceivableId id, Line memory line) private {
        Standing storage standing = s.standings[id];
        standing.level = line.level;
        standing.returns_ = line.returns_;
        standing.last = line.last;
    }

    function _credit(State storage s, bytes32 act, PartyId party, address token, uint64 amount) private {
        uint64 credit = s.credits[party][token] + amount;
        s.credits[party][token] = credit;
        Journal.partyCredited(s.heads, party, act, token, credit);
    }

    function _units(CurrencyRule memory rule, uint64 amount) private pure returns (uint256) {
        return uint256(amount) * 10 ** rule.scale;
    }

    /// @dev Refuses a token that brings less than it was asked for: the ledger's money is what its record says.
    function _pull(CurrencyRule memory rule, address from, uint64 amount) private {
        IERC20 token = IERC20(rule.token);
        uint256 wanted = token.balanceOf(address(this)) + _units(rule, amount);
        token.safeTransferFrom(from, address(this), _units(rule, amount));
        require(token.balanceOf(address(this)) == wanted, ILedgerErrors.TokenRefused(rule.token));
    }

    /// @dev Whether the token went to `to`. Bounded, so that no account can use up the gas of others' payouts.
    function _pushed(CurrencyRule memory rule, address to, uint64 amount) private returns (bool) {
        if (to == address(this) || rule.token.code.length == 0) return false;
        bytes memory call_ = abi.encodeCall(IERC20.transfer, (to, _units(rule, amount)));
        // A typed call reverts in the caller when the token answers nothing, and has no way to go on.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = rule.token.call{gas: PUSH_GAS}(call_);
        if (!done) return false;
        return answer.length == 0 || (answer.length >= 32 && abi.decode(answer, (uint256)) == 1);
    }
}
