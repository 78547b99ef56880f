// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Heads, Journal} from "../../contracts/Journal.sol";
import {Confirmed} from "../../contracts/interfaces/ILedgerEvents.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Last, Level, Returns} from "../../contracts/types/Standing.sol";

/// @dev Tells every journalled event there is, with values derived from `seed`, so that a test can fold them from the raw logs.
contract JournalSpeaker {
    using Journal for Heads;

    Heads private _heads;

    function journal(uint8 kind, uint256 id) external view returns (bytes32) {
        return _heads.read(kind, id);
    }

    function stored(uint8 kind, uint256 id) external view returns (bytes32 head, bytes32 subject) {
        return (_heads.head, _heads.journals[kind][id]);
    }

    function trade(uint256 seed) external {
        TradeId id = TradeId.wrap(bytes32(_draw(seed, 0)));
        bytes32 act = _hash(seed, 1);
        _heads.tradeOrdered(
            id, act, Journal.Ordered(_party(seed, 2), _party(seed, 3), _currency(seed), _money(seed, 5), _hash(seed, 6))
        );
        _heads.tradeReceived(
            id,
            act,
            Journal.Received(_hash(seed, 7), _money(seed, 8), _hash(seed, 9), uint16(_draw(seed, 10)), _money(seed, 11))
        );
        _heads.tradeInvoiced(id, act, _money(seed, 12), _hash(seed, 13));
        _heads.tradeDrawn(id, act, ReceivableId.wrap(uint192(_draw(seed, 14))), _money(seed, 15));
    }

    function confirmed(uint256 seed) external {
        ReceivableId id = _receivable(seed);
        bytes32 act = _hash(seed, 1);
        Confirmed memory terms;
        terms.debtor = _party(seed, 2);
        terms.creditor = _party(seed, 3);
        terms.face = _money(seed, 4);
        terms.currency = _currency(seed);
        terms.dueAt = uint48(_draw(seed, 6));
        terms.place = bytes2(_hash(seed, 7));
        terms.undertaking = uint8(_draw(seed, 8));
        terms.text = _hash(seed, 9);
        terms.trade = TradeId.wrap(_hash(seed, 10));
        terms.agent = _party(seed, 11);
        terms.guarantor = _party(seed, 12);
        terms.invoices = _hash(seed, 13);
        terms.rules = uint32(_draw(seed, 14));
        terms.issue = _hash(seed, 15);
        terms.related = _draw(seed, 16) % 2 == 0;
        _heads.receivableConfirmed(id, act, terms);
        _heads.invoiceUsed(
            id,
            act,
            Journal.Used(_party(seed, 17), _hash(seed, 18), _money(seed, 19), _money(seed, 20), _money(seed, 21))
        );
    }

    function pieces(uint256 seed) external {
        ReceivableId id = _receivable(seed);
        bytes32 act = _hash(seed, 1);
        Piece piece = Piece.wrap(_draw(seed, 2));
        _heads.pieceCut(id, act, Journal.Cut(_money(seed, 3), piece, _money(seed, 4), Piece.wrap(_draw(seed, 5))));
        _heads.pieceTransferred(
            id,
            act,
            Journal.Transferred(
                _money(seed, 6),
                piece,
                _party(seed, 7),
                _money(seed, 8),
                _draw(seed, 9) % 2 == 0,
                _hash(seed, 10),
                _hash(seed, 11)
            )
        );
        _heads.piecePaid(
            id,
            act,
            Journal.Paid(
                _money(seed, 12), piece, _money(seed, 13), _draw(seed, 14) % 2 == 0, Last.wrap(_draw(seed, 15))
            )
        );
        _heads.pieceBankPaid(id, act, _money(seed, 16), piece, _money(seed, 17), _hash(seed, 18));
        _heads.pieceAcknowledged(id, act, _money(seed, 19), piece, _party(seed, 20), _hash(seed, 21));
    }

    function settlement(uint256 seed) external {
        ReceivableId id = _receivable(seed);
        bytes32 act = _hash(seed, 1);
        Returns back = Returns.wrap(_draw(seed, 2));
        _heads.receivablePaid(id, act, _money(seed, 3), _money(seed, 4), Level.wrap(_draw(seed, 5)), back);
        _heads.receivableReturned(id, act, _money(seed, 6), back);
    }

    function party(uint256 seed) external {
        PartyId id = _party(seed, 0);
        bytes32 act = _hash(seed, 1);
        Journal.Issued memory issue;
        issue.root = _hash(seed, 2);
        issue.currency = _currency(seed);
        issue.count = uint32(_draw(seed, 4));
        issue.total = _money(seed, 5);
        issue.lastDueAt = uint48(_draw(seed, 6));
        issue.rules = uint32(_draw(seed, 7));
        issue.deadline = uint48(_draw(seed, 8));
        _heads.payablesIssued(id, act, issue);
        _heads.payablesTaken(id, act, _hash(seed, 9), uint32(_draw(seed, 10)), _money(seed, 11));
        _heads.quoteFilled(id, act, _hash(seed, 12), _money(seed, 13));
        Journal.Cap memory cap;
        cap.signer = address(uint160(_draw(seed, 14)));
        cap.currency = _currency(seed);
        cap.power = uint8(_draw(seed, 16));
        cap.day = uint32(_draw(seed, 17));
        cap.amount = _money(seed, 18);
        _heads.capUsed(id, act, cap);
        _heads.partyCredited(id, act, address(uint160(_draw(seed, 19))), _money(seed, 20));
        _heads.actRevoked(id, act, _hash(seed, 21), _hash(seed, 22));
    }

    function _draw(uint256 seed, uint256 position) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, position)));
    }

    function _hash(uint256 seed, uint256 position) private pure returns (bytes32) {
        return bytes32(_draw(seed, position));
    }

    function _money(uint256 seed, uint256 position) private pure returns (uint64) {
        return uint64(_draw(seed, position));
    }

    function _party(uint256 seed, uint256 position) private pure returns (PartyId) {
        return PartyId.wrap(uint32(_draw(seed, position)));
    }

    function _receivable(uint256 seed) private pure returns (ReceivableId) {
        return ReceivableId.wrap(uint192(_draw(seed, 0)));
    }

    function _currency(uint256 seed) private pure returns (Currency) {
        return Currency.wrap(bytes3(_hash(seed, 99)));
    }
}
