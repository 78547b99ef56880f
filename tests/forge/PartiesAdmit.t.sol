// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Admission, Enrolment, Limit, hashAdmission} from "../../contracts/acts/Admission.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {IParties, PartyRecord} from "../../contracts/interfaces/IParties.sol";
import {Currency, PartyId} from "../../contracts/types/Ids.sol";
import {Power, SignerKind} from "../../contracts/types/Power.sol";
import {Register} from "./support/Register.sol";
import {Log, vm} from "./support/Vm.sol";

/// @dev How parties come into the register: refusals first.
contract PartiesAdmitTest is Register {
    PartyId private constant NEW = PartyId.wrap(3);
    uint256[] private _keys;

    function setUp() public {
        vm.warp(1_772_438_400);
        _found();
        _keys.push(_key("first"));
        _keys.push(_key("second"));
    }

    // --- refusals: who signs

    function testWithoutTheOperator() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        s[0] = s[1];
        vm.expectRevert(
            abi.encodeWithSelector(
                IParties.SignerOfOther.selector, vm.addr(attestorKey), PartyId.wrap(2), PartyId.wrap(1)
            )
        );
        parties.admit(a, s);
    }

    function testWithoutTheAttestor() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        s[1] = s[2];
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownSigner.selector, s[2].signer));
        parties.admit(a, s);
    }

    function testAnAttestorThatIsNone() public {
        Admission memory a = _usual();
        a.attestor = 9;
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, 9));
        this.admit(a);
        a.attestor = 0;
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, 0));
        this.admit(a);
    }

    function testAnAttestorWithoutThePower() public {
        this.admit(_usual());
        Admission memory a = _named("other", _key("third"), _key("fourth"));
        a.attestor = 3;
        bytes32 digest = _admissionDigest(address(parties), a);
        Signature[] memory s = _by(operatorKey, _keys[0], digest);
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(_keys[0]), Power.Attest));
        parties.admit(a, s);
    }

    function testWithoutOneOfItsSigners() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        Signature[] memory fewer = new Signature[](3);
        (fewer[0], fewer[1], fewer[2]) = (s[0], s[1], s[2]);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, s[3].signer));
        parties.admit(a, fewer);
        (s[2], s[3]) = (s[3], s[2]);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, s[3].signer));
        parties.admit(a, s);
    }

    function testASignatureTooMany() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        Signature[] memory more = new Signature[](5);
        for (uint256 i; i < 4; ++i) {
            more[i] = s[i];
        }
        more[4] = s[3];
        vm.expectRevert(abi.encodeWithSelector(IParties.UnusedSignature.selector, s[3].signer));
        parties.admit(a, more);
    }

    function testForAnotherRegisterOrChain() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        vm.chainId(block.chainid + 1);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, s[0].signer));
        parties.admit(a, s);
        vm.chainId(block.chainid - 1);
        bytes32 elsewhere = _admissionDigest(address(this), a);
        s[0] = _signature(operatorKey, elsewhere);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, s[0].signer));
        parties.admit(a, s);
    }

    /// @dev Each field is covered by what was signed.
    function testAChangedFieldVoidsTheSignatures(uint256 pick) public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        _change(a, pick % 16);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, s[0].signer));
        parties.admit(a, s);
    }

    function testTwice() public {
        (Admission memory a, Signature[] memory s) = _signedByAll();
        parties.admit(a, s);
        vm.expectRevert(abi.encodeWithSelector(IParties.AccountTaken.selector, a.account, NEW));
        parties.admit(a, s);
    }

    function testOutsideItsTime() public {
        Admission memory a = _usual();
        a.deadline = uint48(block.timestamp - 1);
        vm.expectRevert(abi.encodeWithSelector(IParties.DeadlinePassed.selector, a.deadline, block.timestamp));
        this.admit(a);
        a.deadline = uint48(block.timestamp + 30 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IParties.DeadlineTooFar.selector, a.deadline, a.deadline - 1));
        this.admit(a);
        a.deadline -= 1;
        this.admit(a);
    }

    // --- refusals: what is admitted

    function testAKeyThatIsEnrolledAlready() public {
        this.admit(_usual());
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerTaken.selector, vm.addr(_keys[1]), NEW));
        Admission memory a = _named("other", _key("third"), _keys[1]);
        _keys[0] = _key("third");
        this.admit(a);
    }

    function testOneKeyForTwoPersons() public {
        Admission memory a = _usual();
        (_keys[1], a.signers[1].signer) = (_keys[0], a.signers[0].signer);
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerTaken.selector, a.signers[0].signer, NEW));
        this.admit(a);
    }

    function testThePaymentAccountOfAnother() public {
        this.admit(_usual());
        Admission memory a = _named("other", _key("third"), _key("fourth"));
        (_keys[0], _keys[1]) = (_key("third"), _key("fourth"));
        a.account = _account("usual");
        vm.expectRevert(abi.encodeWithSelector(IParties.AccountTaken.selector, a.account, NEW));
        this.admit(a);
        a.account = address(0);
        _refuse(a, 0, 1);
    }

    function testOnePersonWhoAdministersAndConfirms() public {
        Admission memory a = _usual();
        a.signers[1].powers = _mask(Power.Confirm) | _mask(Power.Administer);
        vm.expectRevert(abi.encodeWithSelector(IParties.AdministersAndConfirms.selector, 2));
        this.admit(a);
        // With two keys of one person it is the same.
        a = _usual();
        (a.signers[0].person, a.signers[0].powers) = (2, _mask(Power.Administer));
        a.signers[1].powers = _mask(Power.Confirm);
        vm.expectRevert(abi.encodeWithSelector(IParties.AdministersAndConfirms.selector, 2));
        this.admit(a);
    }

    function testASolePartyConfirmsNeverAndHasOnePerson() public {
        Admission memory a = _usual();
        a.sole = true;
        _refuse(a, 2, 1);
        bytes32[] memory persons = new bytes32[](1);
        persons[0] = a.persons[0];
        a.persons = persons;
        a.signers[1].person = 1;
        a.signers[1].powers = _mask(Power.Confirm);
        vm.expectRevert(abi.encodeWithSelector(IParties.SoleNeverConfirms.selector, NEW));
        this.admit(a);
    }

    function testTheSamePersonTwice() public {
        Admission memory a = _usual();
        a.persons[1] = a.persons[0];
        vm.expectRevert(abi.encodeWithSelector(IParties.SamePerson.selector, NEW, 2));
        this.admit(a);
    }

    function testRolesKindsPersonsPowersOutsideTheirBounds() public {
        Admission memory a = _usual();
        a.roles = 0;
        _refuse(a, 0, 1);
        a.roles = 64;
        _refuse(a, 64, 63);
        a.roles = CORE | OPERATOR;
        _refuse(a, CORE | OPERATOR, 31);
        a = _usual();
        a.record = 0;
        _refuse(a, 0, 1);
        a = _usual();
        a.persons[1] = 0;
        _refuse(a, 0, 1);
        a = _usual();
        a.signers[0].kind = 0;
        _refuse(a, 0, 1);
        a.signers[0].kind = 3;
        _refuse(a, 3, 2);
        a = _usual();
        a.signers[0].person = 0;
        _refuse(a, 0, 1);
        a.signers[0].person = 3;
        _refuse(a, 3, 2);
        a = _usual();
        a.signers[0].powers = 0;
        _refuse(a, 0, 1);
        a.signers[0].powers = 256;
        _refuse(a, 256, 255);
    }

    function testListsBeyondTheirBounds() public {
        Admission memory a = _usual();
        a.persons = new bytes32[](0);
        _refuse(a, 0, 1);
        a.persons = new bytes32[](33);
        _refuse(a, 33, 32);
        a = _usual();
        a.signers = new Enrolment[](0);
        _refuse(a, 0, 1);
        a.signers = new Enrolment[](33);
        _refuse(a, 33, 32);
        a = _usual();
        a.limits = new Limit[](129);
        _refuse(a, 129, 128);
        a = _usual();
        a.guardians = new address[](9);
        _refuse(a, 9, 8);
        a.guardians = new address[](1);
        _refuse(a, 0, 1);
    }

    function testALimitForAnother() public {
        Admission memory a = _usual();
        a.limits[0].signer = vm.addr(operatorKey);
        vm.expectRevert(
            abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(operatorKey), PartyId.wrap(1), NEW)
        );
        this.admit(a);
        a = _usual();
        a.limits[0].power = 8;
        _refuse(a, 8, 7);
        a = _usual();
        a.limits[0].currency = 0;
        _refuse(a, 0, 1);
    }

    // --- what is admitted

    function testTheRecordIsWhatWasSigned() public {
        Admission memory a = _usual();
        (a.group, a.tagKey, a.evidence) = (7, keccak256("tag key"), keccak256("evidence"));
        a.guardians = new address[](1);
        a.guardians[0] = address(0xBEE);
        vm.assertEq(uint256(PartyId.unwrap(this.admit(a))), 3);
        PartyRecord memory found = parties.record(NEW);
        PartyRecord memory wanted = PartyRecord(
            a.record, a.roles, a.sole, a.account, a.sealingKey, a.tagKey, a.group, PartyId.wrap(2), a.evidence
        );
        vm.assertEq(keccak256(abi.encode(found)), keccak256(abi.encode(wanted)));
        vm.assertEq(parties.account(NEW), a.account);
        vm.assertEq(uint256(parties.groupOf(NEW)), 7);
        vm.assertEq(uint256(parties.persons(NEW)), 2);
        vm.assertEq(parties.person(NEW, 2), a.persons[1]);
        vm.assertEq(parties.person(NEW, 0), 0);
        vm.assertEq(parties.person(NEW, 3), 0);
        vm.assertTrue(parties.guardian(NEW, address(0xBEE)));
        vm.assertFalse(parties.guardian(PartyId.wrap(2), address(0xBEE)));
        _holdsSigner(a.signers[1]);
    }

    /// @dev Every event of an admission, in order, folds into the journal of the party and the head.
    function testAnAdmissionIsJournalled() public {
        Admission memory a = _usual();
        a.guardians = new address[](1);
        a.guardians[0] = address(0xBEE);
        bytes32 head = parties.journal(0, 0);
        bytes32 subject =
            keccak256(abi.encode("duebill.journal.v1", block.chainid, address(parties), uint8(3), uint256(3)));
        vm.assertEq(parties.journal(3, 3), subject);
        vm.recordLogs();
        this.admit(a);
        Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1 + 2 + 2 + a.limits.length + 1);
        for (uint256 i; i < logs.length; ++i) {
            vm.assertEq(uint256(logs[i].topics[1]), 3);
            vm.assertEq(logs[i].topics[2], _admissionDigest(address(parties), a));
            bytes32 entry = keccak256(abi.encodePacked(logs[i].topics, logs[i].data));
            bytes memory place = abi.encodePacked(uint48(block.timestamp), uint48(block.number), address(parties));
            subject = keccak256(abi.encodePacked(subject, place, entry));
            head = keccak256(abi.encodePacked(head, place, entry));
        }
        vm.assertEq(logs[0].topics[0], IParties.PartyAdmitted.selector);
        vm.assertEq(logs[logs.length - 1].topics[0], IParties.GuardianNamed.selector);
        vm.assertEq(parties.journal(3, 3), subject);
        vm.assertEq(vm.load(address(parties), 0), head);
    }

    /// @dev The hash is that of EIP-712 as an independent encoder makes it.
    function testTheHashIsThatOfEip712(uint256 pick) public view {
        Admission memory a = _usual();
        _change(a, pick % 16);
        bytes32 wanted = vm.eip712HashStruct(
            "Admission(bytes32 record,uint16 roles,bool sole,address account,bytes32 sealingKey,bytes32 tagKey,uint32 group,"
            "uint32 attestor,bytes32 evidence,bytes32[] persons,Enrolment[] signers,Limit[] limits,address[] guardians,"
            "uint48 deadline)Enrolment(address signer,uint8 kind,uint16 person,uint16 powers)"
            "Limit(address signer,bytes3 currency,uint8 power,uint64 perAct,uint64 perDay)",
            abi.encode(a)
        );
        vm.assertEq(hashAdmission(a), wanted);
    }

    function testAnUnknownPartyHasNoRecord(uint32 number) public {
        vm.assume(number == 0 || number > 2);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, number));
        parties.record(PartyId.wrap(number));
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, number));
        parties.account(PartyId.wrap(number));
    }

    // --- what the tests stand on

    /// @dev Admits what it is given, signed by all whom it names; external, so that a refusal can be expected.
    function admit(Admission calldata a) external returns (PartyId) {
        return _admit(a, _keys);
    }

    function _usual() private view returns (Admission memory) {
        return _named("usual", _keys[0], _keys[1]);
    }

    function _named(string memory name, uint256 first, uint256 second) private view returns (Admission memory) {
        uint256[] memory keys = new uint256[](2);
        uint16[] memory powers = new uint16[](2);
        (keys[0], keys[1]) = (first, second);
        (powers[0], powers[1]) = (_mask(Power.Propose), _mask(Power.Confirm));
        return _admission(name, CORE, keys, powers);
    }

    function _signedByAll() private view returns (Admission memory a, Signature[] memory s) {
        a = _usual();
        bytes32 digest = _admissionDigest(address(parties), a);
        s = new Signature[](4);
        (s[0], s[1]) = (_signature(operatorKey, digest), _signature(attestorKey, digest));
        (s[2], s[3]) = (_signature(_keys[0], digest), _signature(_keys[1], digest));
    }

    function _refuse(Admission memory a, uint256 found_, uint256 limit) private {
        vm.expectRevert(abi.encodeWithSelector(IParties.NotAdmissible.selector, found_, limit));
        this.admit(a);
    }

    function _holdsSigner(Enrolment memory wanted) private view {
        (PartyId party, SignerKind kind, uint16 person, uint16 powers, uint48 activeFrom) =
            parties.signer(wanted.signer);
        vm.assertEq(uint256(PartyId.unwrap(party)), 3);
        vm.assertEq(uint256(kind), wanted.kind);
        vm.assertEq(uint256(person), wanted.person);
        vm.assertEq(uint256(powers), wanted.powers);
        vm.assertEq(uint256(activeFrom), block.timestamp);
        (uint64 perAct, uint64 perDay) = parties.limit(wanted.signer, Currency.wrap(EUR), Power.Confirm);
        vm.assertEq(uint256(perAct), PER_ACT);
        vm.assertEq(uint256(perDay), NO_CAP);
    }

    function _change(Admission memory a, uint256 pick) private pure {
        if (pick == 0) a.record = ~a.record;
        if (pick == 1) a.roles = FINANCIER;
        if (pick == 2) a.sole = !a.sole;
        if (pick == 3) a.account = address(0xACC);
        if (pick == 4) a.sealingKey = ~a.sealingKey;
        if (pick == 5) a.tagKey = ~a.tagKey;
        if (pick == 6) a.group = 1;
        if (pick == 7) a.evidence = ~a.evidence;
        if (pick == 8) a.persons[1] = ~a.persons[1];
        if (pick == 9) a.signers[1].powers = 1;
        if (pick == 10) a.signers[1].person = 1;
        if (pick == 11) a.limits[3].perAct = 1;
        if (pick == 12) a.limits[3].perDay = 1;
        if (pick == 13) a.guardians = new address[](1);
        if (pick == 14) a.deadline += 1;
        if (pick == 15) a.limits[3].currency = "GBP";
    }
}
