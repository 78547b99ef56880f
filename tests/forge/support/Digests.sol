// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acknowledge, BankPaid, Pay, Revoke} from "../../../contracts/acts/Money.sol";
import {Quote, Split, Transfer} from "../../../contracts/acts/Moves.sol";
import {Accept, Confirm, Issue, Terms, Use, hashPayable, payablesLeaf} from "../../../contracts/acts/Terms.sol";
import {Invoice, Order, Receipt} from "../../../contracts/acts/Trade.sol";
import {ILedger} from "../../../contracts/interfaces/ILedger.sol";

/// @dev Says what a wallet would show for signing. Acts are hashed from calldata, so a test asks through here.
contract Digests {
    ILedger private immutable _LEDGER;

    constructor(ILedger ledger) {
        _LEDGER = ledger;
    }

    function digest(Order calldata act) external view returns (bytes32) {
        return _digest(act.hashOrder());
    }

    function digest(Receipt calldata act) external view returns (bytes32) {
        return _digest(act.hashReceipt());
    }

    function digest(Invoice calldata act) external view returns (bytes32) {
        return _digest(act.hashInvoice());
    }

    function digest(Terms calldata act) external view returns (bytes32) {
        return _digest(act.hashTerms());
    }

    function digest(Confirm calldata act) external view returns (bytes32) {
        return _digest(act.hashConfirm());
    }

    function digest(Issue calldata act) external view returns (bytes32) {
        return _digest(act.hashIssue());
    }

    function digest(Accept calldata act) external view returns (bytes32) {
        return _digest(act.hashAccept());
    }

    function digest(Split calldata act) external view returns (bytes32) {
        return _digest(act.hashSplit());
    }

    function digest(Transfer calldata act) external view returns (bytes32) {
        return _digest(act.hashTransfer());
    }

    function digest(Quote calldata act) external view returns (bytes32) {
        return _digest(act.hashQuote());
    }

    function digest(Pay calldata act) external view returns (bytes32) {
        return _digest(act.hashPay());
    }

    function digest(BankPaid calldata act) external view returns (bytes32) {
        return _digest(act.hashBankPaid());
    }

    function digest(Acknowledge calldata act) external view returns (bytes32) {
        return _digest(act.hashAcknowledge());
    }

    function digest(Revoke calldata act) external view returns (bytes32) {
        return _digest(act.hashRevoke());
    }

    function payable_(Terms calldata terms, Use[] calldata uses) external pure returns (bytes32) {
        return hashPayable(terms.hashTerms(), uses);
    }

    function leaf(uint32 supplier, bytes32[] calldata payables) external pure returns (bytes32) {
        return payablesLeaf(supplier, payables);
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _LEDGER.domainSeparator(), structHash));
    }
}
