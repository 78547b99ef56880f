// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acknowledge, BankPaid, Pay, Revoke} from "../../../contracts/acts/Money.sol";
import {Quote, Split, Transfer} from "../../../contracts/acts/Moves.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {Confirm, Terms, Use} from "../../../contracts/acts/Terms.sol";
import {Invoice, Order, Receipt} from "../../../contracts/acts/Trade.sol";
import {ReceivableId, TradeId} from "../../../contracts/types/Ids.sol";
import {Piece} from "../../../contracts/types/Piece.sol";
import {Scene} from "./Scene.sol";

/// @dev Acts as the parties of the scene usually make and sign them, and the doors that they go to. A test takes one, changes what it is
///      about, and sends it.
abstract contract Acting is Scene {
    uint64 internal constant FACE = 30_000_000;
    uint64 internal constant RECEIVED = 35_000_000;
    uint256 private _nonces;

    // --- trades

    function _order() internal view returns (Order memory) {
        return Order(BUYER, SELLER, EUR, 40_000_000, keccak256("order"), _soon());
    }

    function _receipt(TradeId trade) internal view returns (Receipt memory) {
        return Receipt(TradeId.unwrap(trade), keccak256("note 1"), RECEIVED, keccak256("receipt"), _soon());
    }

    function _invoice(TradeId trade) internal view returns (Invoice memory) {
        return Invoice(TradeId.unwrap(trade), 12_000_000, keccak256("invoice"), _soon());
    }

    function _send(Order memory act) internal returns (TradeId) {
        Signature[] memory signatures = _by(makerKey, sellerKey, digests.digest(act));
        _atTheDoor();
        return ledger.order(act, signatures);
    }

    function _send(Receipt memory act) internal {
        Signature[] memory signatures = _by(warehouseKey, digests.digest(act));
        _atTheDoor();
        ledger.recordReceipt(act, signatures);
    }

    function _send(Invoice memory act) internal {
        Signature[] memory signatures = _by(sellerKey, digests.digest(act));
        _atTheDoor();
        ledger.recordInvoice(act, signatures);
    }

    /// @dev A trade of which goods worth RECEIVED arrived.
    function _traded() internal returns (TradeId trade) {
        trade = _send(_order());
        _send(_receipt(trade));
    }

    // --- confirmation

    function _terms(TradeId trade, uint64 face) internal view returns (Terms memory t) {
        t.debtor = BUYER;
        t.creditor = SELLER;
        t.face = face;
        t.currency = EUR;
        t.dueAt = BEGIN + 90 days;
        t.place = "DE";
        t.undertaking = 1;
        t.text = keccak256("undertaking");
        t.trade = TradeId.unwrap(trade);
        t.invoices = keccak256("invoices");
        t.rules = 1;
        t.deadline = _soon();
    }

    function _uses(bytes32 tag, uint64 amount) internal pure returns (Use[] memory uses) {
        uses = new Use[](1);
        uses[0] = Use(tag, amount, amount);
    }

    function _confirm(TradeId trade, uint64 face) internal view returns (Confirm memory) {
        return Confirm(_terms(trade, face), _uses(keccak256(abi.encode("tag", face)), face));
    }

    function _send(Confirm memory act) internal returns (ReceivableId) {
        return _send(act, makerKey, checkerKey);
    }

    function _send(Confirm memory act, uint256 first, uint256 second) internal returns (ReceivableId) {
        Signature[] memory debtor = _by(first, second, digests.digest(act));
        Signature[] memory creditor = _by(_keyOf(act.terms.creditor), digests.digest(act.terms));
        _atTheDoor();
        return ledger.confirm(act, debtor, creditor);
    }

    /// @dev A receivable of FACE over a trade, held whole by the seller.
    function _confirmed() internal returns (ReceivableId) {
        return _send(_confirm(_traded(), FACE));
    }

    // --- moves

    function _split(ReceivableId id, uint64 first, uint64 second) internal view returns (Split memory act) {
        act = Split(ReceivableId.unwrap(id), 0, 1, new uint64[](2), _soon());
        (act.parts[0], act.parts[1]) = (first, second);
    }

    function _transfer(ReceivableId id, uint32 from, uint32 to, uint64 amount)
        internal
        view
        returns (Transfer memory act)
    {
        (act.receivable, act.version, act.amount) = (ReceivableId.unwrap(id), 1, amount);
        (act.from, act.to, act.deadline) = (from, to, _soon());
    }

    function _quote(ReceivableId id, uint32 seller, uint64 maxNominal) internal view returns (Quote memory act) {
        (act.financier, act.seller, act.receivable, act.version) = (BANK, seller, ReceivableId.unwrap(id), 1);
        (act.maxNominal, act.rateBps, act.capacity) = (maxNominal, 480, type(uint64).max);
        act.deadline = _soon();
    }

    function _filling(Quote memory quote, uint32 seller, uint64 amount) internal view returns (Transfer memory act) {
        act = _transfer(ReceivableId.wrap(quote.receivable), seller, quote.financier, amount);
        (act.start, act.recourse, act.quote) = (quote.start, quote.recourse, digests.digest(quote));
    }

    function _send(Split memory act, uint256 key) internal {
        Signature[] memory signatures = _by(key, digests.digest(act));
        _atTheDoor();
        ledger.split(act, signatures);
    }

    function _send(Transfer memory act) internal {
        Signature[] memory signatures = _by(_keyOf(act.from), _keyOf(act.to), digests.digest(act));
        _atTheDoor();
        ledger.transfer(act, signatures);
    }

    function _send(Quote memory quote, Transfer memory act) internal {
        _send(quote, act, new bytes32[](0));
    }

    function _send(Quote memory quote, Transfer memory act, bytes32[] memory proof) internal {
        Signature[] memory financier = _by(_keyOf(quote.financier), digests.digest(quote));
        Signature[] memory seller = _by(_keyOf(act.from), digests.digest(act));
        _atTheDoor();
        ledger.fill(quote, financier, act, proof, seller);
    }

    // --- money

    function _pay(ReceivableId id, uint64 amount) internal returns (Pay memory) {
        return Pay(ReceivableId.unwrap(id), amount, type(uint64).max, ++_nonces, _soon());
    }

    function _bankPaid(ReceivableId id, uint64 start, uint32 version, uint64 amount)
        internal
        view
        returns (BankPaid memory)
    {
        return BankPaid(ReceivableId.unwrap(id), start, version, amount, keccak256("evidence"), _soon());
    }

    function _acknowledge(BankPaid memory paid, uint32 by) internal view returns (Acknowledge memory) {
        return Acknowledge(paid.receivable, paid.start, paid.version, by, digests.digest(paid), _soon());
    }

    function _send(Pay memory act) internal {
        Signature[] memory signatures = _by(checkerKey, digests.digest(act));
        _atTheDoor();
        ledger.pay(act, signatures);
    }

    function _send(BankPaid memory act) internal {
        Signature[] memory signatures = _by(makerKey, checkerKey, digests.digest(act));
        _atTheDoor();
        ledger.bankPaid(act, signatures);
    }

    function _send(Acknowledge memory act) internal {
        Signature[] memory signatures = _by(_keyOf(act.by), digests.digest(act));
        _atTheDoor();
        ledger.acknowledge(act, signatures);
    }

    function _distribute(ReceivableId id, uint64 start) internal {
        uint64[] memory starts = new uint64[](1);
        starts[0] = start;
        _atTheDoor();
        ledger.distribute(id, starts);
    }

    // --- taking back

    /// @dev `key` signs the digest as its own, and takes that back.
    function _takeBack(uint32 party, uint256 key, bytes32 digest, bytes32 leaf) internal {
        Revoke memory act = Revoke(party, digest, leaf, _soon());
        Signature memory proof = _signature(key, digest);
        Signature[] memory signatures = _by(key, digests.digest(act));
        _atTheDoor();
        ledger.revoke(act, proof, signatures);
    }

    // --- what a test asks

    function _piece(ReceivableId id, uint64 start) internal view returns (Piece) {
        return ledger.piece(id, start);
    }

    function _soon() internal view returns (uint48) {
        return uint48(block.timestamp + 1 days);
    }

    /// @dev Whoever signs alone for a party.
    function _keyOf(uint32 party) internal view returns (uint256) {
        if (party == SELLER) return sellerKey;
        if (party == SOLE) return soleKey;
        if (party == OTHER) return otherKey;
        if (party == BANK) return bankKey;
        if (party == SISTER) return sisterKey;
        return allRoundKey;
    }
}
