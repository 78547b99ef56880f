// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Heads, Journal} from "./Journal.sol";
import {Journalled} from "./Journalled.sol";
import {Admission, Enrolment, Limit, hashAdmission} from "./acts/Admission.sol";
import {Signature} from "./acts/Signature.sol";
import {Bound, Demand, IParties, PartyRecord} from "./interfaces/IParties.sol";
import {Proof} from "./libraries/Proof.sol";
import {Currency, PartyId} from "./types/Ids.sol";
import {Power, SignerKind} from "./types/Power.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title The register of parties. It decides who may bind whom; it holds no money and no piece.
contract Parties is Journalled, EIP712, IParties {
    using Journal for Heads;

    /// @dev One slot (15 bytes).
    struct SignerSlot {
        PartyId party;
        SignerKind kind;
        uint16 person;
        uint16 powers;
        uint48 activeFrom;
    }

    /// @dev One slot (16 bytes).
    struct LimitSlot {
        uint64 perAct;
        uint64 perDay;
    }

    uint256 public constant MAX_DEADLINE = 30 days;
    uint256 public constant MAX_PERSONS = 32;
    uint256 public constant MAX_SIGNERS = 32;
    uint256 public constant MAX_LIMITS = 128;
    uint256 public constant MAX_GUARDIANS = 8;
    /// @dev Signatures in one call of `authorise`: no act binds more than three parties.
    uint256 public constant MAX_SIGNATURES = 24;
    uint16 private constant ALL_ROLES = 63;
    uint16 private constant OPERATOR_ROLE = 32;
    uint16 private constant ALL_POWERS = 255;
    PartyId private constant NOBODY = PartyId.wrap(0);
    PartyId private constant OPERATOR = PartyId.wrap(1);

    uint32 private _count;
    mapping(PartyId party => PartyRecord entry) private _records;
    mapping(PartyId party => bytes32[] commitments) private _persons;
    mapping(address key => SignerSlot slot) private _signers;
    mapping(address key => mapping(Currency currency => mapping(Power power => LimitSlot slot))) private _limits;
    mapping(PartyId party => mapping(address key => bool named)) private _guardians;
    mapping(address account => PartyId party) private _accounts;

    /// @dev Founds the register: party 1 is the operator, party 2 the first attestor. Nobody can have attested them, so each is signed by
    ///      its own signers alone, and its attestor is 0.
    constructor(
        Admission memory operator_,
        Signature[] memory operatorSignatures,
        Admission memory attestor,
        Signature[] memory attestorSignatures
    ) EIP712("Duebill", "1") {
        require(operator_.roles & OPERATOR_ROLE != 0, NotAdmissible(operator_.roles, OPERATOR_ROLE));
        require(attestor.roles & OPERATOR_ROLE == 0, NotAdmissible(attestor.roles, ALL_ROLES ^ OPERATOR_ROLE));
        _found(operator_, operatorSignatures, Power.Administer);
        _found(attestor, attestorSignatures, Power.Attest);
    }

    // --- admission

    function admit(Admission calldata admission, Signature[] calldata signatures) external returns (PartyId party) {
        bytes32 digest = _hashTypedDataV4(hashAdmission(admission));
        _requireWithin(signatures.length, 1, MAX_SIGNATURES + MAX_SIGNERS);
        Bound[] memory bound = new Bound[](signatures.length);
        Demand memory demand = Demand(OPERATOR, Power.Administer, 1, Currency.wrap(0), 0);
        uint256 next = _bind(digest, demand, signatures, 0, bound);
        demand = Demand(PartyId.wrap(admission.attestor), Power.Attest, 1, Currency.wrap(0), 0);
        next = _bind(digest, demand, signatures, next, bound);
        // There is one operator, founded with the register.
        require(admission.roles & OPERATOR_ROLE == 0, NotAdmissible(admission.roles, ALL_ROLES ^ OPERATOR_ROLE));
        return _admit(digest, admission, signatures, next);
    }

    function _found(Admission memory admission, Signature[] memory signatures, Power power) private {
        require(admission.attestor == 0, UnknownParty(PartyId.wrap(admission.attestor)));
        uint16 powers;
        for (uint256 i; i < admission.signers.length; ++i) {
            powers |= admission.signers[i].powers;
        }
        require(_has(powers, power), LacksPower(address(0), power));
        _admit(_hashTypedDataV4(hashAdmission(admission)), admission, signatures, 0);
    }

    /// @dev `signatures` from `first` on: one of each signer in the order of `admission.signers`.
    function _admit(bytes32 digest, Admission memory admission, Signature[] memory signatures, uint256 first)
        private
        returns (PartyId party)
    {
        _requireTimely(admission.deadline);
        party = PartyId.wrap(++_count);
        _recordParty(party, digest, admission);
        _enrolPersons(party, digest, admission.persons);
        _enrolSigners(party, digest, admission, signatures, first);
        _setLimits(party, digest, admission.limits);
        _nameGuardians(party, digest, admission.guardians);
    }

    function _recordParty(PartyId party, bytes32 digest, Admission memory admission) private {
        _requireWithin(admission.roles, 1, ALL_ROLES);
        require(admission.record != 0, NotAdmissible(0, 1));
        _claimAccount(party, admission.account);
        PartyRecord memory entry = PartyRecord({
            record: admission.record,
            roles: admission.roles,
            sole: admission.sole,
            account: admission.account,
            sealingKey: admission.sealingKey,
            tagKey: admission.tagKey,
            group: admission.group,
            attestor: PartyId.wrap(admission.attestor),
            evidence: admission.evidence
        });
        _records[party] = entry;
        _heads.partyAdmitted(party, digest, entry);
    }

    /// @dev One account, one party: a second party with the account of the first could pay from it.
    function _claimAccount(PartyId party, address account_) private {
        require(account_ != address(0), NotAdmissible(0, 1));
        require(_accounts[account_] == NOBODY, AccountTaken(account_, _accounts[account_]));
        _accounts[account_] = party;
    }

    function _enrolPersons(PartyId party, bytes32 digest, bytes32[] memory commitments) private {
        _requireWithin(commitments.length, 1, MAX_PERSONS);
        for (uint16 i; i < commitments.length; ++i) {
            require(commitments[i] != 0, NotAdmissible(0, 1));
            for (uint256 j; j < i; ++j) {
                require(commitments[j] != commitments[i], SamePerson(party, i + 1));
            }
            _persons[party].push(commitments[i]);
            _heads.personEnrolled(party, digest, i + 1, commitments[i]);
        }
    }

    function _enrolSigners(
        PartyId party,
        bytes32 digest,
        Admission memory admission,
        Signature[] memory signatures,
        uint256 first
    ) private {
        Enrolment[] memory signers = admission.signers;
        _requireWithin(signers.length, 1, MAX_SIGNERS);
        _requireSeparated(party, admission);
        for (uint256 i; i < signers.length; ++i) {
            require(first + i < signatures.length, BadSignature(signers[i].signer));
            _enrol(party, digest, signers[i], signatures[first + i]);
        }
        uint256 end = first + signers.length;
        if (signatures.length > end) revert UnusedSignature(signatures[end].signer);
    }

    function _enrol(PartyId party, bytes32 digest, Enrolment memory enrolment, Signature memory signature) private {
        address key = enrolment.signer;
        require(_signers[key].party == NOBODY, SignerTaken(key, _signers[key].party));
        _requireWithin(enrolment.kind, uint8(SignerKind.Key), uint8(SignerKind.Contract));
        _requireWithin(enrolment.powers, 1, ALL_POWERS);
        SignerKind kind = SignerKind(enrolment.kind);
        require(signature.signer == key && Proof.holds(kind, key, digest, signature.proof), BadSignature(key));
        uint48 now_ = uint48(block.timestamp); // below 2^48 for nine million years
        _signers[key] = SignerSlot(party, kind, enrolment.person, enrolment.powers, now_);
        _heads.signerEnrolled(party, digest, Journal.Enrolled(key, kind, enrolment.person, enrolment.powers, now_));
    }

    /// @dev No person, with all keys together, both administers and confirms; a sole party has one person, who never confirms.
    function _requireSeparated(PartyId party, Admission memory admission) private pure {
        uint16[] memory powers = new uint16[](admission.persons.length);
        for (uint256 i; i < admission.signers.length; ++i) {
            Enrolment memory enrolment = admission.signers[i];
            _requireWithin(enrolment.person, 1, powers.length);
            powers[enrolment.person - 1] |= enrolment.powers;
        }
        if (admission.sole) _requireWithin(powers.length, 0, 1);
        for (uint16 i; i < powers.length; ++i) {
            bool confirms = _has(powers[i], Power.Confirm);
            require(!(admission.sole && confirms), SoleNeverConfirms(party));
            require(!(confirms && _has(powers[i], Power.Administer)), AdministersAndConfirms(i + 1));
        }
    }

    function _setLimits(PartyId party, bytes32 digest, Limit[] memory limits) private {
        _requireWithin(limits.length, 0, MAX_LIMITS);
        for (uint256 i; i < limits.length; ++i) {
            Limit memory entry = limits[i];
            PartyId found = _signers[entry.signer].party;
            require(found == party, SignerOfOther(entry.signer, found, party));
            _requireWithin(entry.power, 0, uint8(type(Power).max));
            require(entry.currency != 0, NotAdmissible(0, 1));
            (Currency currency, Power power) = (Currency.wrap(entry.currency), Power(entry.power));
            _limits[entry.signer][currency][power] = LimitSlot(entry.perAct, entry.perDay);
            _heads.limitSet(party, digest, Journal.Limited(entry.signer, currency, power, entry.perAct, entry.perDay));
        }
    }

    function _nameGuardians(PartyId party, bytes32 digest, address[] memory guardians) private {
        _requireWithin(guardians.length, 0, MAX_GUARDIANS);
        for (uint256 i; i < guardians.length; ++i) {
            require(guardians[i] != address(0), NotAdmissible(0, 1));
            _guardians[party][guardians[i]] = true;
            _heads.guardianNamed(party, digest, guardians[i]);
        }
    }

    // --- who bound whom

    function authorise(bytes32 digest, Demand[] calldata demands, Signature[] calldata signatures)
        external
        view
        returns (Bound[] memory bound)
    {
        _requireWithin(signatures.length, 0, MAX_SIGNATURES);
        bound = new Bound[](signatures.length);
        uint256 next;
        for (uint256 i; i < demands.length; ++i) {
            next = _bind(digest, demands[i], signatures, next, bound);
        }
        if (next < signatures.length) revert UnusedSignature(signatures[next].signer);
    }

    function signed(PartyId party, bytes32 digest, Signature calldata signature) external view returns (bool) {
        SignerSlot memory slot = _signers[signature.signer];
        if (party == NOBODY || slot.party != party || slot.activeFrom > block.timestamp) return false;
        return Proof.holds(slot.kind, signature.signer, digest, signature.proof);
    }

    /// @dev Takes the signatures of one demand's party from `first` on, up to one by a signer of another party; returns where that is.
    function _bind(
        bytes32 digest,
        Demand memory demand,
        Signature[] calldata signatures,
        uint256 first,
        Bound[] memory bound
    ) private view returns (uint256 next) {
        require(demand.party != NOBODY, UnknownParty(NOBODY));
        (uint256 sum, bool empowered) = (0, false);
        for (next = first; next < signatures.length; ++next) {
            SignerSlot memory slot = _signers[signatures[next].signer];
            if (slot.party != demand.party) break;
            bound[next] = _check(digest, demand.power, slot, signatures[next]);
            _requireOtherPerson(bound, first, next);
            if (_has(slot.powers, demand.power)) {
                (sum, empowered) = (sum + _limitOf(demand, bound[next]), true);
            }
        }
        _requireEnough(demand, signatures, first, next);
        require(empowered, LacksPower(signatures[first].signer, demand.power));
        require(demand.amount <= sum, AboveLimit(demand.party, demand.power, demand.amount, sum));
    }

    /// @dev Who has neither the power nor `Propose` is no second person either.
    function _check(bytes32 digest, Power power, SignerSlot memory slot, Signature calldata signature)
        private
        view
        returns (Bound memory)
    {
        address key = signature.signer;
        require(slot.activeFrom <= block.timestamp, UnknownSigner(key));
        require(_has(slot.powers, power) || _has(slot.powers, Power.Propose), LacksPower(key, power));
        require(Proof.holds(slot.kind, key, digest, signature.proof), BadSignature(key));
        return Bound(slot.party, key, slot.person, type(uint64).max);
    }

    /// @dev What a signer with the power adds to the sum, and his day cap. Without a limit in this currency he binds nothing, and nothing
    ///      counts against his day.
    function _limitOf(Demand memory demand, Bound memory bound) private view returns (uint256) {
        if (demand.amount == 0) return 0;
        LimitSlot memory slot = _limits[bound.signer][demand.currency][demand.power];
        if (slot.perAct != 0) bound.perDay = slot.perDay;
        return slot.perAct;
    }

    function _requireOtherPerson(Bound[] memory bound, uint256 first, uint256 next) private pure {
        for (uint256 i = first; i < next; ++i) {
            require(bound[i].person != bound[next].person, SamePerson(bound[next].party, bound[next].person));
        }
    }

    /// @dev At least one person always, whatever a demand says.
    function _requireEnough(Demand memory demand, Signature[] calldata signatures, uint256 first, uint256 next)
        private
        view
    {
        uint256 found = next - first;
        uint256 wanted = demand.persons == 0 ? 1 : demand.persons;
        if (found >= wanted) return;
        _requireKnown(demand.party);
        if (next < signatures.length) {
            address key = signatures[next].signer;
            PartyId other = _signers[key].party;
            require(other != NOBODY, UnknownSigner(key));
            require(found != 0, SignerOfOther(key, other, demand.party));
        }
        revert TooFewPersons(demand.party, found, wanted);
    }

    // --- reads

    function operator() external pure returns (PartyId) {
        return OPERATOR;
    }

    function count() external view returns (uint32) {
        return _count;
    }

    function record(PartyId party) external view returns (PartyRecord memory) {
        _requireKnown(party);
        return _records[party];
    }

    function account(PartyId party) external view returns (address) {
        _requireKnown(party);
        return _records[party].account;
    }

    function groupOf(PartyId party) external view returns (uint32) {
        _requireKnown(party);
        return _records[party].group;
    }

    /// @dev 0 where the party has no such person.
    function person(PartyId party, uint16 number) external view returns (bytes32 commitment) {
        bytes32[] storage commitments = _persons[party];
        return number == 0 || number > commitments.length ? bytes32(0) : commitments[number - 1];
    }

    function persons(PartyId party) external view returns (uint16) {
        return uint16(_persons[party].length); // at most MAX_PERSONS
    }

    function signer(address key)
        external
        view
        returns (PartyId party, SignerKind kind, uint16 person_, uint16 powers, uint48 activeFrom)
    {
        SignerSlot memory slot = _signers[key];
        return (slot.party, slot.kind, slot.person, slot.powers, slot.activeFrom);
    }

    function limit(address key, Currency currency, Power power) external view returns (uint64 perAct, uint64 perDay) {
        LimitSlot memory slot = _limits[key][currency][power];
        return (slot.perAct, slot.perDay);
    }

    function guardian(PartyId party, address key) external view returns (bool) {
        return _guardians[party][key];
    }

    function journal(uint8 kind, uint256 id) external view returns (bytes32) {
        return _heads.read(kind, id);
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    // --- what is so, or is refused

    function _requireKnown(PartyId party) private view {
        require(party != NOBODY && PartyId.unwrap(party) <= _count, UnknownParty(party));
    }

    function _requireTimely(uint48 deadline) private view {
        require(block.timestamp <= deadline, DeadlinePassed(deadline, block.timestamp));
        uint256 latest = block.timestamp + MAX_DEADLINE;
        require(deadline <= latest, DeadlineTooFar(deadline, latest));
    }

    function _requireWithin(uint256 found, uint256 least, uint256 most) private pure {
        require(found >= least, NotAdmissible(found, least));
        require(found <= most, NotAdmissible(found, most));
    }

    function _has(uint16 powers, Power power) private pure returns (bool) {
        return powers & (1 << uint8(power)) != 0;
    }
}
