// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Admission} from "../acts/Admission.sol";
import {Signature} from "../acts/Signature.sol";
import {Currency, PartyId} from "../types/Ids.sol";
import {Power, SignerKind} from "../types/Power.sol";

/// @dev What one party must have signed. persons: how many different persons at least; amount: held to the limits in `currency`
///      (0 amount: no limit is asked).
struct Demand {
    PartyId party;
    Power power;
    uint8 persons;
    Currency currency;
    uint64 amount;
}

/// @dev Who bound a party. perDay: the signer's day cap for the demand's power and currency, type(uint64).max for none.
struct Bound {
    PartyId party;
    address signer;
    uint16 person;
    uint64 perDay;
}

/// @dev A party's public record.
struct PartyRecord {
    bytes32 record;
    uint16 roles;
    bool sole;
    address account;
    bytes32 sealingKey;
    bytes32 tagKey;
    uint32 group;
    PartyId attestor;
    bytes32 evidence;
}

/// @title The register of parties, their persons, signers, powers, limits and accounts.
interface IParties {
    event PartyAdmitted(PartyId indexed party, bytes32 indexed act, PartyRecord record);
    event PersonEnrolled(PartyId indexed party, bytes32 indexed act, uint16 person, bytes32 commitment);
    event SignerEnrolled(
        PartyId indexed party,
        bytes32 indexed act,
        address signer,
        SignerKind kind,
        uint16 person,
        uint16 powers,
        uint48 activeFrom
    );
    event LimitSet(
        PartyId indexed party,
        bytes32 indexed act,
        address signer,
        Currency currency,
        Power power,
        uint64 perAct,
        uint64 perDay
    );
    event GuardianNamed(PartyId indexed party, bytes32 indexed act, address guardian);

    error DeadlinePassed(uint48 deadline, uint256 time);
    error DeadlineTooFar(uint48 deadline, uint256 latest);
    error UnknownParty(PartyId party);
    error UnknownSigner(address signer);
    error SignerTaken(address signer, PartyId party);
    error AccountTaken(address account, PartyId party);
    error SignerOfOther(address signer, PartyId party, PartyId wanted);
    error BadSignature(address signer);
    error SamePerson(PartyId party, uint16 person);
    error LacksPower(address signer, Power power);
    error TooFewPersons(PartyId party, uint256 found, uint256 wanted);
    error AboveLimit(PartyId party, Power power, uint64 amount, uint256 limit);
    error UnusedSignature(address signer);
    error SoleNeverConfirms(PartyId party);
    error AdministersAndConfirms(uint16 person);
    error NotAdmissible(uint256 found, uint256 limit);

    /// @notice Admits a party. Emits PartyAdmitted, then PersonEnrolled, SignerEnrolled, LimitSet, GuardianNamed.
    /// @param signatures the operator's, then the attestor's, then one of each signer in the order of `admission.signers`
    function admit(Admission calldata admission, Signature[] calldata signatures) external returns (PartyId party);

    /// @notice Holds signatures over `digest` to what each party must have signed. The limits of a party's different persons add up; of
    ///         two or more persons, at least one has the demand's power, the others that or `Propose`.
    function authorise(bytes32 digest, Demand[] calldata demands, Signature[] calldata signatures)
        external
        view
        returns (Bound[] memory bound);

    /// @notice True when `signature` over `digest` is by an active signer of `party`.
    function signed(PartyId party, bytes32 digest, Signature calldata signature) external view returns (bool);

    function operator() external view returns (PartyId);
    function count() external view returns (uint32);
    function record(PartyId party) external view returns (PartyRecord memory);
    function account(PartyId party) external view returns (address);
    function groupOf(PartyId party) external view returns (uint32);
    function person(PartyId party, uint16 number) external view returns (bytes32 commitment);
    function persons(PartyId party) external view returns (uint16);
    function signer(address key)
        external
        view
        returns (PartyId party, SignerKind kind, uint16 person_, uint16 powers, uint48 activeFrom);
    function limit(address key, Currency currency, Power power) external view returns (uint64 perAct, uint64 perDay);
    function guardian(PartyId party, address key) external view returns (bool);

    /// @notice Running hash of one subject (kind 3, id of the party) and of all events of this contract (kind 0, id 0).
    function journal(uint8 kind, uint256 id) external view returns (bytes32);
    function domainSeparator() external view returns (bytes32);
}
