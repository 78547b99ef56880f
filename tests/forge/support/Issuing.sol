// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signature} from "../../../contracts/acts/Signature.sol";
import {Accept, Issue, Terms, Use} from "../../../contracts/acts/Terms.sol";
import {LeafProof} from "../../../contracts/interfaces/ILedger.sol";
import {TradeId} from "../../../contracts/types/Ids.sol";
import {Acting} from "./Acting.sol";

/// @dev An issue of five payables under one root: three to SELLER (over a trade), two to OTHER (without one). Payable n of a supplier is
///      worth 1000·(n + 1) and uses an invoice of its own whole.
abstract contract Issuing is Acting {
    uint32 internal constant COUNT = 5;
    uint64 internal constant TOTAL = 1000 + 2000 + 3000 + 1000 + 2000;

    TradeId internal trade;

    function setUp() public virtual override {
        super.setUp();
        trade = _traded();
    }

    function _issue() internal view returns (Issue memory act) {
        (act.debtor, act.currency, act.root, act.count, act.total) = (BUYER, EUR, _root(), COUNT, TOTAL);
        (act.lastDueAt, act.rules, act.deadline) = (BEGIN + 90 days, 1, BEGIN + 10 days);
    }

    function _payable(uint32 supplier, uint256 n) internal view returns (Terms memory t) {
        t = _terms(supplier == SELLER ? trade : TradeId.wrap(0), uint64(1000 * (n + 1)));
        (t.creditor, t.deadline) = (supplier, BEGIN + 10 days);
        t.invoices = keccak256(abi.encode(supplier, n));
    }

    function _usesOf(uint32 supplier, uint256 n) internal pure returns (Use[] memory) {
        return _uses(keccak256(abi.encode("bulk", supplier, n)), uint64(1000 * (n + 1)));
    }

    function _hashes(uint32 supplier) internal view returns (bytes32[] memory hashes) {
        hashes = new bytes32[](supplier == SELLER ? 3 : 2);
        for (uint256 n = 0; n < hashes.length; ++n) {
            hashes[n] = digests.payable_(_payable(supplier, n), _usesOf(supplier, n));
        }
    }

    function _leafOf(uint32 supplier) internal view returns (bytes32) {
        return digests.leaf(supplier, _hashes(supplier));
    }

    function _root() internal view returns (bytes32) {
        (bytes32 a, bytes32 b) = (_leafOf(SELLER), _leafOf(OTHER));
        return a < b ? keccak256(abi.encodePacked(a, b)) : keccak256(abi.encodePacked(b, a));
    }

    function _accept(Issue memory issue, uint32 supplier, uint256[] memory positions)
        internal
        view
        returns (Accept memory act, LeafProof memory leaf)
    {
        act.issue = digests.digest(issue);
        act.payables = new Terms[](positions.length);
        leaf.uses = new Use[][](positions.length);
        for (uint256 i = 0; i < positions.length; ++i) {
            act.payables[i] = _payable(supplier, positions[i]);
            leaf.uses[i] = _usesOf(supplier, positions[i]);
        }
        (leaf.hashes, leaf.positions) = (_hashes(supplier), positions);
        leaf.proof = new bytes32[](1);
        leaf.proof[0] = _leafOf(supplier == SELLER ? OTHER : SELLER);
    }

    function _positions(uint256 a) internal pure returns (uint256[] memory positions) {
        positions = new uint256[](1);
        positions[0] = a;
    }

    function _positions(uint256 a, uint256 b) internal pure returns (uint256[] memory positions) {
        positions = new uint256[](2);
        (positions[0], positions[1]) = (a, b);
    }

    /// @dev The first acceptance: with the debtor's signatures.
    function _sendFirst(Issue memory issue, Accept memory act, LeafProof memory leaf) internal {
        _send(issue, _by(makerKey, checkerKey, digests.digest(issue)), act, leaf);
    }

    function _sendLater(Issue memory issue, Accept memory act, LeafProof memory leaf) internal {
        _send(issue, new Signature[](0), act, leaf);
    }

    function _send(Issue memory issue, Signature[] memory debtor, Accept memory act, LeafProof memory leaf) internal {
        uint32 supplier = act.payables.length == 0 ? SELLER : act.payables[0].creditor;
        Signature[] memory signatures = _by(_keyOf(supplier), digests.digest(act));
        _atTheDoor();
        ledger.accept(issue, debtor, act, leaf, signatures);
    }
}
