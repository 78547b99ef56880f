// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acknowledge, BankPaid, Pay} from "../../../contracts/acts/Money.sol";
import {Quote, Transfer} from "../../../contracts/acts/Moves.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {Confirm} from "../../../contracts/acts/Terms.sol";
import {ILedger} from "../../../contracts/interfaces/ILedger.sol";
import {IParties} from "../../../contracts/interfaces/IParties.sol";
import {ReceivableId, TradeId} from "../../../contracts/types/Ids.sol";
import {Power} from "../../../contracts/types/Power.sol";
import {Acting} from "../support/Acting.sol";
import {vm} from "../support/Vm.sol";

/// @dev Attempts to bind a party by what its persons did not sign, or signed for something else.
contract SignatureAttacksTest is Acting {
    uint256 private constant _ORDER_OF_CURVE = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    TradeId private constant _UNMATCHED = TradeId.wrap(0);

    function test_AnyoneConfirmsInTheDebtorsPlace() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        Signature[] memory strangers = _by(otherKey, soleKey, digests.digest(act));
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(otherKey), OTHER, BUYER));
        ledger.confirm(act, strangers, creditor);
    }

    function test_TheSupplierConfirmsWhatItIsOwed() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        Signature[] memory own = _by(sellerKey, digests.digest(act));
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(sellerKey), SELLER, BUYER));
        ledger.confirm(act, own, creditor);
    }

    /// @dev The debtor's two persons sign in the creditor's place too.
    function test_TheDebtorForcesADebtOnItsSupplier() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act));
        Signature[] memory forced = _by(makerKey, checkerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(makerKey), BUYER, SELLER));
        ledger.confirm(act, debtor, forced);
    }

    /// @dev Both signatures are the checker's: the second in the other form that the curve allows.
    function test_OneSignatureInTwoForms() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        bytes32 digest = digests.digest(act);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(checkerKey, digest);
        Signature[] memory debtor = _by(checkerKey, makerKey, digest);
        debtor[0].proof = abi.encodePacked(r, bytes32(_ORDER_OF_CURVE - uint256(s)), v == 27 ? 28 : 27);
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(checkerKey)));
        ledger.confirm(act, debtor, creditor);
    }

    function test_OnePersonInBothRoles() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        _refuse(abi.encodeWithSelector(IParties.SamePerson.selector, BUYER, 6));
        _send(act, allRoundKey, allRoundKey);
    }

    function test_AnAdministratorConfirms() external {
        _refuse(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(adminKey), Power.Confirm));
        _send(_confirm(_UNMATCHED, FACE), adminKey, checkerKey);
    }

    /// @dev The maker's word alone, offered where the creditor's acceptance belongs, is an act of another kind.
    function test_ASignatureOverTermsAsOverConfirm() external {
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act.terms));
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(makerKey)));
        ledger.confirm(act, debtor, creditor);
    }

    function test_ASignatureOverAQuoteAsOverATransfer() external {
        ReceivableId id = _confirmed();
        Quote memory quote = _quote(id, SELLER, FACE);
        Transfer memory act = _transfer(id, SELLER, BANK, FACE);
        act.price = 1;
        Signature[] memory signatures = _by(sellerKey, bankKey, digests.digest(act));
        signatures[1] = _signature(bankKey, digests.digest(quote));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(bankKey)));
        ledger.transfer(act, signatures);
    }

    function test_ABankPaymentsSignaturesAsThoseOfItsAcknowledgement() external {
        ReceivableId id = _confirmed();
        vm.warp(BEGIN + 88 days);
        BankPaid memory paid = _bankPaid(id, 0, 1, FACE);
        _send(paid);
        Acknowledge memory act = _acknowledge(paid, SELLER);
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(makerKey), BUYER, SELLER));
        ledger.acknowledge(act, debtor);
    }

    function test_AnotherLedgersSignatures() external {
        ILedger successor = ILedger(vm.deployCode("Ledger.sol:Ledger", abi.encode(parties, rules)));
        Confirm memory act = _confirm(_UNMATCHED, FACE);
        Signature[] memory debtor = _by(makerKey, checkerKey, digests.digest(act));
        Signature[] memory creditor = _by(sellerKey, digests.digest(act.terms));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(makerKey)));
        successor.confirm(act, debtor, creditor);
    }

    function test_SignaturesForAChainThatSplitOff() external {
        ReceivableId id = _confirmed();
        Pay memory act = _pay(id, 1);
        Signature[] memory signatures = _by(checkerKey, digests.digest(act));
        vm.chainId(block.chainid + 1);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(checkerKey)));
        ledger.pay(act, signatures);
    }

    /// @dev Who holds nothing signs along, so that the act looks like his.
    function test_AStrangersSignatureAlongside() external {
        ReceivableId id = _confirmed();
        Transfer memory act = _transfer(id, SELLER, OTHER, FACE);
        uint256[] memory keys = new uint256[](3);
        (keys[0], keys[1], keys[2]) = (sellerKey, otherKey, sisterKey);
        Signature[] memory signatures = _by(keys, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.UnusedSignature.selector, vm.addr(sisterKey)));
        ledger.transfer(act, signatures);
    }
}
