// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BurningWallet, OwnedWallet} from "./PartiesWallets.sol";
import {Admission, Limit} from "../../contracts/acts/Admission.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {Bound, Demand, IParties} from "../../contracts/interfaces/IParties.sol";
import {Currency, PartyId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Register} from "./support/Register.sol";
import {vm} from "./support/Vm.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @dev Who may bind a party: refusals first. Party 3 has a maker, a checker, a second checker with two keys, and an administrator; party 4
///      has one person.
contract PartiesAuthoriseTest is Register {
    bytes32 private constant DIGEST = keccak256("an act");
    PartyId private constant BUYER = PartyId.wrap(3);
    PartyId private constant SELLER = PartyId.wrap(4);
    uint64 private constant CHECKER_LIMIT = 1000;
    uint64 private constant SECOND_LIMIT = 300;
    uint256 private _maker = _key("maker");
    uint256 private _checker = _key("checker");
    uint256 private _second = _key("second checker");
    uint256 private _secondsOther = _key("second checker, other key");
    uint256 private _administrator = _key("administrator");
    uint256 private _seller = _key("seller");
    uint256 private _stranger = _key("stranger");

    function setUp() public {
        vm.warp(1_772_438_400);
        _found();
        uint256[] memory keys = new uint256[](5);
        (keys[0], keys[1], keys[2], keys[3], keys[4]) = (_maker, _checker, _second, _administrator, _secondsOther);
        uint16[] memory powers = new uint16[](5);
        (powers[0], powers[3]) = (_mask(Power.Propose), _mask(Power.Administer));
        powers[1] = powers[2] = powers[4] = _mask(Power.Confirm);
        Admission memory a = _admission("buyer", CORE, keys, powers);
        a.signers[4].person = 3;
        a.limits = new Limit[](3);
        a.limits[0] = Limit(vm.addr(_checker), EUR, uint8(Power.Confirm), CHECKER_LIMIT, 5000);
        a.limits[1] = Limit(vm.addr(_second), EUR, uint8(Power.Confirm), SECOND_LIMIT, NO_CAP);
        a.limits[2] = Limit(vm.addr(_maker), EUR, uint8(Power.Propose), 7, 77);
        _admit(a, keys);
        _admitOne("seller", SUPPLIER, _seller, _mask(Power.Propose) | _mask(Power.Receive));
    }

    // --- refusals

    function testTwoKeysOfOnePersonAreOnePerson() public {
        Signature[] memory s = _by(_second, _secondsOther, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.SamePerson.selector, BUYER, 3));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testOnePersonTwiceIsOnePerson() public {
        Signature[] memory s = _by(_checker, _checker, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.SamePerson.selector, BUYER, 2));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testOneOfTwoPersons() public {
        Signature[] memory s = _by(_checker, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 1, 2));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testNobodyAtAll() public {
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 0, 2));
        parties.authorise(DIGEST, _one(_confirm(100)), new Signature[](0));
    }

    /// @dev A demand for no person still is one for a person.
    function testADemandForNobodyAsksForOne() public {
        vm.expectRevert(abi.encodeWithSelector(IParties.TooFewPersons.selector, BUYER, 0, 1));
        parties.authorise(DIGEST, _one(Demand(BUYER, Power.Confirm, 0, Currency.wrap(EUR), 0)), new Signature[](0));
    }

    function testNobodyIsNoParty() public {
        Signature[] memory s = _by(_stranger, DIGEST);
        Demand memory demand = Demand(PartyId.wrap(0), Power.Propose, 1, Currency.wrap(EUR), 0);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, 0));
        parties.authorise(DIGEST, _one(demand), s);
        demand.party = PartyId.wrap(5);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownParty.selector, 5));
        parties.authorise(DIGEST, _one(demand), s);
    }

    function testAStranger() public {
        Signature[] memory s = _by(_stranger, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnknownSigner.selector, vm.addr(_stranger)));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testASignerOfAnotherParty() public {
        Signature[] memory s = _by(_seller, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(_seller), SELLER, BUYER));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testSignaturesInAnotherOrderThanDemands() public {
        Signature[] memory s = _by(_seller, _maker, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.SignerOfOther.selector, vm.addr(_seller), SELLER, BUYER));
        parties.authorise(DIGEST, _two(), s);
    }

    function testASignatureThatNothingAsksFor() public {
        Signature[] memory s = new Signature[](3);
        s[0] = _signature(_maker, DIGEST);
        s[1] = _signature(_checker, DIGEST);
        s[2] = _signature(_seller, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnusedSignature.selector, vm.addr(_seller)));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
        vm.expectRevert(abi.encodeWithSelector(IParties.UnusedSignature.selector, vm.addr(_maker)));
        parties.authorise(DIGEST, new Demand[](0), s);
    }

    function testNeitherThePowerNorPropose() public {
        Signature[] memory s = _by(_administrator, _checker, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(_administrator), Power.Confirm));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testProposersAloneDoNotConfirm() public {
        Signature[] memory s = _by(_maker, DIGEST);
        Demand memory demand = _confirm(100);
        demand.persons = 1;
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(_maker), Power.Confirm));
        parties.authorise(DIGEST, _one(demand), s);
    }

    function testASignatureOverAnotherDigest(bytes32 other) public {
        vm.assume(other != DIGEST);
        Signature[] memory s = _by(_maker, _checker, DIGEST);
        s[1] = _signature(_checker, other);
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(_checker)));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testAnotherKeyInTheCheckersName() public {
        Signature[] memory s = _by(_maker, _checker, DIGEST);
        s[1].proof = _signature(_second, DIGEST).proof;
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(_checker)));
        parties.authorise(DIGEST, _one(_confirm(100)), s);
    }

    function testOtherFormsOfTheSameSignature() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_seller, DIGEST);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes32 upper = bytes32(order - uint256(s));
        _refuseProof(abi.encodePacked(r, upper, v == 27 ? uint8(28) : uint8(27)));
        _refuseProof(abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))));
        _refuseProof(abi.encodePacked(r, s, uint8(v - 27)));
        _refuseProof(abi.encodePacked(r, s, v, uint8(0)));
        _refuseProof("");
        _refuseProof(new bytes(65));
    }

    function testABoundedNumberOfSignatures() public {
        vm.expectRevert(abi.encodeWithSelector(IParties.NotAdmissible.selector, 25, 24));
        parties.authorise(DIGEST, _two(), new Signature[](25));
    }

    // --- limits

    function testTheCheckersLimitHolds(uint64 amount) public {
        Signature[] memory s = _by(_maker, _checker, DIGEST);
        if (amount > CHECKER_LIMIT) _expectAbove(amount, CHECKER_LIMIT);
        parties.authorise(DIGEST, _one(_confirm(amount)), s);
    }

    function testLimitsOfTwoPersonsAddUp(uint64 amount) public {
        amount = amount % (2 * (CHECKER_LIMIT + SECOND_LIMIT));
        Signature[] memory s = _by(_second, _checker, DIGEST);
        bool above = amount > CHECKER_LIMIT + SECOND_LIMIT;
        if (above) _expectAbove(amount, CHECKER_LIMIT + SECOND_LIMIT);
        Bound[] memory bound = parties.authorise(DIGEST, _one(_confirm(amount)), s);
        if (!above) vm.assertEq(uint256(bound[1].perDay), amount == 0 ? NO_CAP : 5000);
    }

    function testALimitInOneCurrencyIsNoneInAnother(uint64 amount) public {
        Demand memory demand = _confirm(amount);
        demand.currency = Currency.wrap("USD");
        Signature[] memory s = _by(_maker, _checker, DIGEST);
        if (amount > 0) _expectAbove(amount, 0);
        parties.authorise(DIGEST, _one(demand), s);
    }

    /// @dev What a signer may propose says nothing of what he may confirm.
    function testALimitOfOnePowerIsNoneOfAnother(uint64 amount) public {
        Signature[] memory s = _by(_maker, _secondsOther, DIGEST);
        if (amount > 0) _expectAbove(amount, 0);
        parties.authorise(DIGEST, _one(_confirm(amount)), s);
    }

    // --- who is bound

    function testMakerAndCheckerBindTheBuyer() public view {
        Bound[] memory bound = parties.authorise(DIGEST, _one(_confirm(1000)), _by(_maker, _checker, DIGEST));
        vm.assertEq(bound.length, 2);
        _holdsBound(bound[0], BUYER, _maker, 1, NO_CAP);
        _holdsBound(bound[1], BUYER, _checker, 2, 5000);
    }

    function testTwoPartiesAreBoundInTheOrderOfDemands() public view {
        Bound[] memory bound = parties.authorise(DIGEST, _two(), _by(_maker, _seller, DIGEST));
        _holdsBound(bound[0], BUYER, _maker, 1, 77);
        _holdsBound(bound[1], SELLER, _seller, 1, NO_CAP);
    }

    function testThreePersonsWhereTwoAreAsked() public view {
        uint256[] memory keys = new uint256[](3);
        (keys[0], keys[1], keys[2]) = (_maker, _checker, _second);
        Bound[] memory bound = parties.authorise(DIGEST, _one(_confirm(1300)), _by(keys, DIGEST));
        vm.assertEq(bound.length, 3);
    }

    // --- kinds of signers

    function testCodeAtAKeysAddressChangesNothing() public {
        vm.etch(vm.addr(_checker), address(new BurningWallet()).code);
        parties.authorise(DIGEST, _one(_confirm(1000)), _by(_maker, _checker, DIGEST));
        vm.etch(vm.addr(_checker), _answering(abi.encode(IERC1271.isValidSignature.selector)));
        Signature[] memory s = _by(_maker, _checker, DIGEST);
        s[1].proof = "";
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(_checker)));
        parties.authorise(DIGEST, _one(_confirm(1000)), s);
    }

    function testAContractSignsByItsOwnRule() public {
        address wallet = address(new OwnedWallet(vm.addr(_stranger)));
        _admitWallet(wallet);
        Signature memory s = _signature(_stranger, DIGEST);
        s.signer = wallet;
        vm.assertTrue(parties.signed(PartyId.wrap(5), DIGEST, s));
        vm.assertFalse(parties.signed(PartyId.wrap(5), keccak256("another"), s));
        vm.assertFalse(parties.signed(PartyId.wrap(4), DIGEST, s));
    }

    function testAContractThatMisbehavesHasNotSigned() public {
        address wallet = address(new OwnedWallet(vm.addr(_stranger)));
        _admitWallet(wallet);
        vm.etch(wallet, _answering(abi.encode(IERC1271.isValidSignature.selector)));
        vm.assertTrue(parties.signed(PartyId.wrap(5), DIGEST, Signature(wallet, "")));
        _refuseCode(wallet, "");
        _refuseCode(wallet, address(new BurningWallet()).code);
        _refuseCode(wallet, _answering(""));
        _refuseCode(wallet, _answering(abi.encode(bytes4(0))));
        _refuseCode(wallet, _answering(abi.encodePacked(IERC1271.isValidSignature.selector)));
        _refuseCode(wallet, _answering(abi.encode(IERC1271.isValidSignature.selector, 0)));
        _refuseCode(wallet, _answering(abi.encodePacked(IERC1271.isValidSignature.selector, bytes28(uint224(1)))));
        _refuseCode(wallet, _answering(new bytes(100_000)));
    }

    function testWhoSigned(bytes32 digest) public view {
        Signature memory s = _signature(_maker, digest);
        vm.assertTrue(parties.signed(BUYER, digest, s));
        vm.assertFalse(parties.signed(SELLER, digest, s));
        vm.assertFalse(parties.signed(PartyId.wrap(0), digest, _signature(_stranger, digest)));
        vm.assertFalse(parties.signed(BUYER, keccak256(abi.encode(digest)), s));
    }

    // --- what the tests stand on

    function _confirm(uint64 amount) private pure returns (Demand memory) {
        return Demand(BUYER, Power.Confirm, 2, Currency.wrap(EUR), amount);
    }

    function _one(Demand memory demand) private pure returns (Demand[] memory demands) {
        demands = new Demand[](1);
        demands[0] = demand;
    }

    function _two() private pure returns (Demand[] memory demands) {
        demands = new Demand[](2);
        demands[0] = Demand(BUYER, Power.Propose, 1, Currency.wrap(EUR), 7);
        demands[1] = Demand(SELLER, Power.Propose, 1, Currency.wrap(EUR), 0);
    }

    function _expectAbove(uint64 amount, uint256 limit) private {
        vm.expectRevert(abi.encodeWithSelector(IParties.AboveLimit.selector, BUYER, Power.Confirm, amount, limit));
    }

    function _holdsBound(Bound memory bound, PartyId party, uint256 key, uint16 person, uint64 perDay) private pure {
        vm.assertEq(uint256(PartyId.unwrap(bound.party)), PartyId.unwrap(party));
        vm.assertEq(bound.signer, vm.addr(key));
        vm.assertEq(uint256(bound.person), person);
        vm.assertEq(uint256(bound.perDay), perDay);
    }

    function _refuseProof(bytes memory proof) private {
        Signature[] memory s = _by(_seller, DIGEST);
        s[0].proof = proof;
        vm.assertFalse(parties.signed(SELLER, DIGEST, s[0]));
        vm.expectRevert(abi.encodeWithSelector(IParties.BadSignature.selector, vm.addr(_seller)));
        parties.authorise(DIGEST, _one(Demand(SELLER, Power.Receive, 1, Currency.wrap(EUR), 0)), s);
    }

    function _refuseCode(address wallet, bytes memory code) private {
        vm.etch(wallet, code);
        Signature memory s = _signature(_stranger, DIGEST);
        s.signer = wallet;
        vm.assertFalse(parties.signed(PartyId.wrap(5), DIGEST, s));
    }

    /// @dev Code that answers every call with `answer`: copies what follows its first 12 bytes to memory and returns it.
    function _answering(bytes memory answer) private pure returns (bytes memory) {
        bytes3 size = bytes3(uint24(answer.length));
        return abi.encodePacked(hex"62", size, hex"80600d5f395ff3", hex"fefe", answer);
    }

    function _admitOne(string memory name, uint16 roles, uint256 key, uint16 mask) private {
        uint256[] memory keys = new uint256[](1);
        uint16[] memory powers = new uint16[](1);
        (keys[0], powers[0]) = (key, mask);
        _admit(_admission(name, roles, keys, powers), keys);
    }

    function _admitWallet(address wallet) private {
        uint256[] memory keys = new uint256[](1);
        uint16[] memory powers = new uint16[](1);
        (keys[0], powers[0]) = (_stranger, _mask(Power.Receive));
        Admission memory a = _admission("wallet", SUPPLIER, keys, powers);
        (a.signers[0].signer, a.signers[0].kind) = (wallet, 2);
        a.limits = new Limit[](0);
        bytes32 digest = _admissionDigest(address(parties), a);
        Signature[] memory signatures = new Signature[](3);
        signatures[0] = _signature(operatorKey, digest);
        signatures[1] = _signature(attestorKey, digest);
        signatures[2] = Signature(wallet, _signature(_stranger, digest).proof);
        parties.admit(a, signatures);
    }
}
