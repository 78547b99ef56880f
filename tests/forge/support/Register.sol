// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Admission, Enrolment, Limit, hashAdmission} from "../../../contracts/acts/Admission.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {IParties} from "../../../contracts/interfaces/IParties.sol";
import {PartyId} from "../../../contracts/types/Ids.sol";
import {Power} from "../../../contracts/types/Power.sol";
import {vm} from "./Vm.sol";

/// @dev A register of parties whose persons really sign. A person is known by the key that he signs with.
abstract contract Register {
    uint16 internal constant CORE = 1;
    uint16 internal constant SUPPLIER = 2;
    uint16 internal constant FINANCIER = 4;
    uint16 internal constant AUDITOR = 16;
    uint16 internal constant OPERATOR = 32;
    bytes3 internal constant EUR = "EUR";
    bytes3 internal constant USD = "USD";
    uint64 internal constant NO_CAP = type(uint64).max;
    /// @dev What every signer may do alone with every power of his, unless a test says otherwise.
    uint64 internal constant PER_ACT = 100_000_000;
    uint256 internal constant POWERS = 8;

    IParties internal parties;
    uint256 internal operatorKey = _key("operator");
    uint256 internal attestorKey = _key("attestor");

    function _key(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name))) >> 1; // below the order of the curve
    }

    function _mask(Power a) internal pure returns (uint16) {
        return uint16(1 << uint8(a));
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (Signature memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return Signature(vm.addr(key), abi.encodePacked(r, s, v));
    }

    function _by(uint256 key, bytes32 digest) internal pure returns (Signature[] memory signatures) {
        signatures = new Signature[](1);
        signatures[0] = _signature(key, digest);
    }

    function _by(uint256 first, uint256 second, bytes32 digest) internal pure returns (Signature[] memory signatures) {
        signatures = new Signature[](2);
        signatures[0] = _signature(first, digest);
        signatures[1] = _signature(second, digest);
    }

    function _by(uint256[] memory keys, bytes32 digest) internal pure returns (Signature[] memory signatures) {
        signatures = new Signature[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            signatures[i] = _signature(keys[i], digest);
        }
    }

    /// @dev A party whose n-th key is its n-th person with the n-th powers. Its cash account is the key "account <name>".
    function _admission(string memory name, uint16 roles, uint256[] memory keys, uint16[] memory powers)
        internal
        view
        returns (Admission memory a)
    {
        a.record = keccak256(bytes(name));
        a.roles = roles;
        a.account = _account(name);
        a.sealingKey = keccak256(abi.encode("sealing", name));
        a.attestor = 2;
        a.deadline = uint48(block.timestamp + 1 days);
        a.persons = new bytes32[](keys.length);
        a.signers = new Enrolment[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            a.persons[i] = keccak256(abi.encode(name, i));
            a.signers[i] = Enrolment(vm.addr(keys[i]), 1, uint16(i + 1), powers[i]);
        }
        a.limits = _limits(a.signers);
    }

    function _limits(Enrolment[] memory signers) internal pure returns (Limit[] memory limits) {
        limits = new Limit[](2 * signers.length * POWERS);
        for (uint256 i = 0; i < limits.length; i += 2) {
            (address signer, uint8 power) = (signers[i / (2 * POWERS)].signer, uint8((i / 2) % POWERS));
            limits[i] = Limit(signer, EUR, power, PER_ACT, NO_CAP);
            limits[i + 1] = Limit(signer, USD, power, PER_ACT, NO_CAP);
        }
    }

    function _account(string memory name) internal pure returns (address) {
        return vm.addr(_key(string.concat("account ", name)));
    }

    /// @dev Founds the register: party 1 operates, party 2 attests.
    function _found() internal {
        address place = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        Admission memory operator_ = _single("operator", OPERATOR, operatorKey, Power.Administer);
        Admission memory attestor = _single("attestor", AUDITOR, attestorKey, Power.Attest);
        (operator_.attestor, attestor.attestor) = (0, 0);
        bytes memory arguments = abi.encode(
            operator_,
            _by(operatorKey, _admissionDigest(place, operator_)),
            attestor,
            _by(attestorKey, _admissionDigest(place, attestor))
        );
        // Named and not imported, so that a change of the contract compiles no test again.
        parties = IParties(vm.deployCode("Parties.sol:Parties", arguments));
    }

    function _single(string memory name, uint16 roles, uint256 key, Power power)
        internal
        view
        returns (Admission memory)
    {
        uint256[] memory keys = new uint256[](1);
        uint16[] memory powers = new uint16[](1);
        (keys[0], powers[0]) = (key, _mask(power));
        return _admission(name, roles, keys, powers);
    }

    function _admit(Admission memory a, uint256[] memory keys) internal returns (PartyId) {
        bytes32 digest = _admissionDigest(address(parties), a);
        Signature[] memory signatures = new Signature[](keys.length + 2);
        signatures[0] = _signature(operatorKey, digest);
        signatures[1] = _signature(attestorKey, digest);
        for (uint256 i = 0; i < keys.length; ++i) {
            signatures[i + 2] = _signature(keys[i], digest);
        }
        return parties.admit(a, signatures);
    }

    function _admissionDigest(address place, Admission memory a) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Duebill"),
                keccak256("1"),
                block.chainid,
                place
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hashAdmission(a)));
    }
}
