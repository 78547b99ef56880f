// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BankPaid} from "../../contracts/acts/Money.sol";
import {Quote, Split, Transfer} from "../../contracts/acts/Moves.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Returns} from "../../contracts/types/Standing.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

/// @dev Random lives of a receivable through the real doors, every act really signed. After each act the pieces partition the line and the
///      ledger's money covers what is due and credited; at the end everybody has exactly what is his, and the ledger holds nothing.
contract LedgerLifeTest is Acting {
    uint256 private constant _STEPS = 20;

    ReceivableId private _id;
    uint64[] private _starts;
    uint256 private _seed;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
        _starts.push(0);
    }

    /// forge-config: default.fuzz.runs = 48
    function testFuzz_any_life_parts_the_line_and_pays_it_exactly(uint256 seed) external {
        _seed = seed;
        for (uint256 i = 0; i < _STEPS; ++i) {
            _step(_draw(8));
            _requireWhole();
        }
        vm.warp(BEGIN + 89 days);
        for (uint256 i = 0; i < _STEPS / 2; ++i) {
            _stepAfterRecordDate(_draw(4));
            _requireWhole();
        }
        _end();
    }

    // --- steps

    function _step(uint256 kind) private {
        uint64 start = _starts[_draw(_starts.length)];
        Piece p = _piece(_id, start);
        if (kind == 0) return _payAny();
        if (kind == 1) return _tryDistribute(start);
        if (p.flags() & 1 == 1) return;
        if (kind == 2 && p.length() >= 2 * SMALLEST) return _splitAny(start, p);
        if (kind == 3) return _fillAny(start, p);
        if (kind == 4) return _moveAny(start, p, BUYER, 0);
        _moveAny(start, p, _otherThan(p), kind == 5 ? uint64(_draw(p.length())) : 0);
    }

    function _stepAfterRecordDate(uint256 kind) private {
        uint64 start = _starts[_draw(_starts.length)];
        Piece p = _piece(_id, start);
        if (kind == 0) return _payAny();
        if (kind == 1) return _tryDistribute(start);
        if (p.flags() & 3 != 0) return;
        if (kind == 2) return _moveAny(start, p, BUYER, 0);
        BankPaid memory paid = _bankPaid(_id, start, p.version(), p.length());
        _send(paid);
        if (_draw(2) == 0) _payAny();
        if (_draw(2) == 0) _send(_acknowledge(paid, uint32(_holderOf(p))));
    }

    function _payAny() private {
        (uint64 owed,) = ledger.owed(_id);
        if (owed == 0) return;
        _send(_pay(_id, uint64(1 + _draw(owed < 5000 ? owed : owed / 3))));
    }

    function _tryDistribute(uint64 start) private {
        if (ledger.due(_id, start) > 0 && !_piece(_id, start).held(block.timestamp)) _distribute(_id, start);
    }

    function _splitAny(uint64 start, Piece p) private {
        uint64 left = uint64(SMALLEST + _draw(p.length() - 2 * SMALLEST + 1));
        Split memory act = _split(_id, left, p.length() - left);
        (act.start, act.version) = (start, p.version());
        _send(act, _keyOf(uint32(_holderOf(p))));
        _starts.push(start + left);
    }

    function _moveAny(uint64 start, Piece p, uint32 to, uint64 price) private {
        Transfer memory act = _transfer(_id, uint32(_holderOf(p)), to, _partOf(p));
        (act.start, act.version, act.price, act.maxLevel) = (start, p.version(), price, type(uint64).max);
        _send(act);
        if (act.amount < p.length()) _starts.push(start + p.length() - act.amount);
    }

    function _fillAny(uint64 start, Piece p) private {
        uint32 seller = uint32(_holderOf(p));
        if (seller == BANK) return;
        Quote memory quote = _quote(_id, seller, p.length());
        (quote.start, quote.version, quote.maxLevel) = (start, p.version(), type(uint64).max);
        Transfer memory act = _filling(quote, seller, _partOf(p));
        (act.version, act.maxLevel) = (p.version(), type(uint64).max);
        _send(quote, act);
        if (act.amount < p.length()) _starts.push(start + p.length() - act.amount);
    }

    // --- what holds

    function _requireWhole() private view {
        uint256 dues = 0;
        uint256 returned = 0;
        uint256 pieces = 0;
        for (uint64 start = 0; start < FACE; ++pieces) {
            Piece p = _piece(_id, start);
            vm.assertGt(p.length(), 0);
            dues += ledger.due(_id, start);
            if (p.flags() & 1 == 1 && p.holder() == _party(BUYER)) returned += p.length();
            start += p.length();
        }
        vm.assertEq(pieces, _starts.length);
        (, Returns r,) = ledger.standing(_id);
        vm.assertEq(r.nominal(), returned);
        uint256 money = token.balanceOf(address(ledger));
        vm.assertLe(dues + _credits(), money);
        vm.assertLe(money, dues + _credits() + pieces);
    }

    /// @dev The debtor pays all; everybody is paid out; nothing stays behind.
    function _end() private {
        vm.warp(BEGIN + 89 days + 11 days);
        (uint64 principal, uint64 interest) = ledger.owed(_id);
        if (principal + interest > 0) _send(_pay(_id, type(uint64).max));
        try ledger.distribute(_id, _starts) {} catch {}
        try ledger.distribute(_id, _starts) {} catch {} // what remains of interest, once all are at the last level
        for (uint32 party = BUYER; party <= SISTER; ++party) {
            if (ledger.credit(_party(party), address(token)) > 0) ledger.payOut(_party(party), address(token));
        }
        vm.assertEq(token.balanceOf(address(ledger)), 0);
    }

    function _credits() private view returns (uint256 sum) {
        for (uint32 party = BUYER; party <= SISTER; ++party) {
            sum += ledger.credit(_party(party), address(token));
        }
    }

    // --- chance

    function _draw(uint256 limit) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return limit == 0 ? 0 : _seed % limit;
    }

    function _holderOf(Piece p) private pure returns (uint256) {
        return Piece.unwrap(p) & type(uint32).max;
    }

    function _otherThan(Piece p) private returns (uint32) {
        uint32 to = uint32(SELLER + _draw(4));
        if (to != _holderOf(p)) return to;
        return to == BANK ? SELLER : to + 1;
    }

    /// @dev The whole, or a part that leaves both sides large enough.
    function _partOf(Piece p) private returns (uint64) {
        if (_draw(2) == 0 || p.length() < 2 * SMALLEST) return p.length();
        return uint64(SMALLEST + _draw(p.length() - 2 * SMALLEST + 1));
    }
}
