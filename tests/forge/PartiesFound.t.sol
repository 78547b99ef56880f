// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parties} from "../../contracts/Parties.sol";
import {Admission} from "../../contracts/acts/Admission.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {PartyId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Register} from "./support/Register.sol";
import {vm} from "./support/Vm.sol";

/// @dev How the register is founded: by an operator and a first attestor, whom nobody can have attested.
contract PartiesFoundTest is Register {
    function setUp() public {
        vm.warp(1_772_438_400);
        _found();
    }

    function testFoundersHaveNoAttestorAndTheirOffices() public {
        Admission memory o = _founder("operator", OPERATOR, operatorKey, Power.Administer);
        Admission memory t = _founder("attestor", AUDITOR, attestorKey, Power.Attest);
        this.found(o, t);
        o.attestor = 2;
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, 2));
        this.found(o, t);
        (o.attestor, o.roles) = (0, CORE);
        vm.expectRevert(abi.encodeWithSelector(IParties.NotAdmissible.selector, CORE, OPERATOR));
        this.found(o, t);
        (o.roles, t.roles) = (OPERATOR, OPERATOR);
        vm.expectRevert(abi.encodeWithSelector(IParties.NotAdmissible.selector, OPERATOR, 31));
        this.found(o, t);
        (t.roles, t.signers[0].powers) = (AUDITOR, _mask(Power.Propose));
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, address(0), Power.Attest));
        this.found(o, t);
    }

    function testFoundersSignForTheRegisterAsItWillLie() public {
        Admission memory o = _founder("operator", OPERATOR, operatorKey, Power.Administer);
        Admission memory t = _founder("attestor", AUDITOR, attestorKey, Power.Attest);
        bytes32 elsewhere = _admissionDigest(address(parties), o);
        Signature[] memory s = _by(operatorKey, elsewhere);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(operatorKey)));
        new Parties(o, s, t, s);
    }

    function testTheFoundersAreOneAndTwo() public view {
        vm.assertEq(uint256(parties.count()), 2);
        vm.assertEq(uint256(PartyId.unwrap(parties.operator())), 1);
        vm.assertEq(uint256(parties.record(PartyId.wrap(1)).roles), OPERATOR);
        vm.assertEq(uint256(parties.record(PartyId.wrap(2)).roles), AUDITOR);
        vm.assertEq(uint256(PartyId.unwrap(parties.record(PartyId.wrap(2)).attestor)), 0);
    }

    // --- what the tests stand on

    function found(Admission calldata o, Admission calldata t) external {
        address place = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        new Parties(o, _by(operatorKey, _admissionDigest(place, o)), t, _by(attestorKey, _admissionDigest(place, t)));
    }

    function _founder(string memory name, uint16 roles, uint256 key, Power power)
        private
        view
        returns (Admission memory a)
    {
        a = _single(name, roles, key, power);
        a.attestor = 0;
    }
}
