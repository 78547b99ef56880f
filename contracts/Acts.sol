// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Journal} from "./Journal.sol";
import {DaySpent, State} from "./State.sol";
import {Revoke} from "./acts/Money.sol";
import {Signature} from "./acts/Signature.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {Bound, Demand, IParties} from "./interfaces/IParties.sol";
import {IRules} from "./interfaces/IRules.sol";
import {PartyId} from "./types/Ids.sol";

/// @dev The two registers that the ledger asks; fixed when it is deployed.
struct Registers {
    IParties parties;
    IRules rules;
}

/// @title What holds for every act: its digest, its time, whether its signatures still stand, who is bound and how much of a day's cap.
/// @dev Runs inside the ledger or a library linked to it, so `address(this)` is the ledger.
library Acts {
    uint256 internal constant LONGEST = 30 days;
    uint8 internal constant SPENT = 1;
    uint8 internal constant REVOKED = 2;
    uint64 internal constant NO_CAP = type(uint64).max;

    bytes32 private constant _DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    // --- digest

    /// @dev Computed anew each time, so a chain that splits never shares a signature with the other half.
    function domainSeparator() internal view returns (bytes32) {
        return
            keccak256(abi.encode(_DOMAIN_TYPEHASH, keccak256("Duebill"), keccak256("1"), block.chainid, address(this)));
    }

    function digest(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(), structHash));
    }

    // --- time

    function requireTimely(uint48 deadline) internal view {
        require(block.timestamp <= deadline, ILedgerErrors.DeadlinePassed(deadline, block.timestamp));
        uint256 latest = block.timestamp + LONGEST;
        require(deadline <= latest, ILedgerErrors.DeadlineTooFar(deadline, latest));
    }

    // --- spent and revoked

    /// @dev The mark under which anybody's revocation of a digest, or of one leaf below it, shows.
    function markOf(bytes32 digest_, bytes32 leaf) internal pure returns (bytes32) {
        return leaf == 0 ? digest_ : keccak256(abi.encode(digest_, leaf));
    }

    function requireLive(State storage state, bytes32 digest_, PartyId party) internal view {
        requireLive(state, digest_, 0, party);
    }

    /// @dev Refuses an act that took effect, and one whose signature `party`, which it binds, took back. Anyone can sign any word as a
    ///      digest, so the mark alone counts for nobody; whose it is stands in a mapping of its own, which no digest reaches.
    function requireLive(State storage state, bytes32 digest_, bytes32 leaf, PartyId party) internal view {
        bytes32 mark = markOf(digest_, leaf);
        uint8 found = state.status[mark];
        if (found == 0) return;
        require(found != SPENT, ILedgerErrors.ActSpent(mark));
        require(!state.revoked[mark][party], ILedgerErrors.ActRevokedBefore(mark));
    }

    /// @dev For acts that nothing else anchors.
    function spend(State storage state, bytes32 digest_) internal {
        state.status[digest_] = SPENT;
    }

    /// @dev Any one person of the party takes back what one of its signers signed.
    function revoke(
        State storage state,
        Registers memory registers,
        Revoke calldata act,
        Signature calldata proofOfSigning,
        Signature[] calldata signatures
    ) internal {
        bytes32 digest_ = digest(act.hashRevoke());
        PartyId party = PartyId.wrap(act.party);
        requireTimely(act.deadline);
        requireLive(state, digest_, party);
        require(signatures.length == 1, ILedgerErrors.LengthsDiffer(signatures.length, 1));
        _requireSigned(registers, party, digest_, signatures[0]);
        _requireSigned(registers, party, act.digest, proofOfSigning);
        requireLive(state, act.digest, act.leaf, party);
        bytes32 mark = markOf(act.digest, act.leaf);
        state.status[mark] = REVOKED;
        state.revoked[mark][party] = true;
        spend(state, digest_);
        Journal.actRevoked(state.heads, party, digest_, act.digest, act.leaf);
    }

    function _requireSigned(Registers memory registers, PartyId party, bytes32 digest_, Signature calldata signature)
        private
        view
    {
        require(registers.parties.signed(party, digest_, signature), ILedgerErrors.NotSignedBy(party, digest_));
    }

    // --- who

    function only(Demand memory demand) internal pure returns (Demand[] memory demands) {
        demands = new Demand[](1);
        demands[0] = demand;
    }

    function both(Demand memory first, Demand memory second) internal pure returns (Demand[] memory demands) {
        demands = new Demand[](2);
        demands[0] = first;
        demands[1] = second;
    }

    /// @dev Holds the signatures to what each party must have signed, and counts what every signer binds on this day.
    function authorise(
        State storage state,
        Registers calldata registers,
        bytes32 digest_,
        Demand[] memory demands,
        Signature[] calldata signatures
    ) internal returns (Bound[] memory bound) {
        bound = registers.parties.authorise(digest_, demands, signatures);
        countCaps(state, digest_, demands, bound);
    }

    /// @dev The whole amount counts against the cap of each signer that has one. `bound` comes in the order of the demands.
    function countCaps(State storage state, bytes32 digest_, Demand[] memory demands, Bound[] memory bound) internal {
        uint256 d = 0;
        for (uint256 i = 0; i < bound.length; ++i) {
            while (demands[d].party != bound[i].party) ++d;
            if (demands[d].amount == 0 || bound[i].perDay == NO_CAP) continue;
            _countCap(state, digest_, demands[d], bound[i]);
        }
    }

    function _countCap(State storage state, bytes32 digest_, Demand memory demand, Bound memory bound) private {
        uint8 power = uint8(demand.power);
        DaySpent storage spent = state.spent[bound.signer][demand.currency][power];
        uint32 today = uint32(block.timestamp / 1 days); // days stay below 2^32 for eleven million years
        uint256 wanted = uint256(demand.amount) + (spent.day == today ? spent.amount : 0);
        require(wanted <= bound.perDay, ILedgerErrors.AboveDayCap(bound.signer, demand.amount, wanted, bound.perDay));
        uint64 amount = uint64(wanted); // at most perDay, which is a uint64
        (spent.day, spent.amount) = (today, amount);
        Journal.capUsed(
            state.heads, bound.party, digest_, Journal.Cap(bound.signer, demand.currency, power, today, amount)
        );
    }
}
