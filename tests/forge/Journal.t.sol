// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {JournalSpeaker} from "./JournalSpeaker.sol";
import {Log, vm} from "./support/Vm.sol";

/// @dev Every journalled event, told with random values; the journals are recomputed from nothing but the raw logs, by the rule as it is
///      written in contracts/README.md, and must equal storage.
contract JournalTest {
    JournalSpeaker private _speaker = new JournalSpeaker();
    mapping(uint8 kind => mapping(uint256 id => bytes32)) private _expected;

    function testBeforeAnyEventAJournalIsItsSeed(uint8 kind, uint256 id) public view {
        vm.assertEq(_speaker.journal(kind, id), _seed(kind, id));
        vm.assertEq(_speaker.journal(0, 0), _seed(0, 0));
    }

    function testSeedsDifferByChainAndEmitter() public {
        bytes32 here = _speaker.journal(0, 0);
        vm.assertNotEq(new JournalSpeaker().journal(0, 0), here);
        vm.chainId(block.chainid + 1);
        vm.assertNotEq(_speaker.journal(0, 0), here);
    }

    function testTradeEvents(uint256 seed) public {
        vm.recordLogs();
        _speaker.trade(seed);
        _holdToLogs(2, 4);
    }

    function testConfirmationEvents(uint256 seed) public {
        vm.recordLogs();
        _speaker.confirmed(seed);
        _holdToLogs(1, 2);
    }

    function testPieceEvents(uint256 seed) public {
        vm.recordLogs();
        _speaker.pieces(seed);
        _holdToLogs(1, 5);
    }

    function testSettlementEvents(uint256 seed) public {
        vm.recordLogs();
        _speaker.settlement(seed);
        _holdToLogs(1, 2);
    }

    function testPartyEvents(uint256 seed) public {
        vm.recordLogs();
        _speaker.party(seed);
        _holdToLogs(3, 6);
    }

    /// @dev Journals of different subjects stand apart, the head holds all; later blocks fold with their own place.
    function testSubjectsInOrderOverBlocks(uint256 first, uint256 second, uint32 later) public {
        vm.recordLogs();
        _speaker.trade(first);
        _holdToLogs(2, 4);
        vm.warp(block.timestamp + later);
        vm.roll(block.number + 1 + later % 1000);
        _speaker.pieces(second);
        _holdToLogs(1, 5);
        _speaker.trade(first);
        _holdToLogs(2, 4);
    }

    function testTheHeadsLieInSlotsZeroAndOne(uint256 seed) public {
        _speaker.party(seed);
        uint256 id = uint256(uint32(uint256(keccak256(abi.encode(seed, uint256(0))))));
        bytes32 byKind = keccak256(abi.encode(uint256(3), uint256(1)));
        vm.assertEq(vm.load(address(_speaker), 0), _speaker.journal(0, 0));
        vm.assertEq(vm.load(address(_speaker), keccak256(abi.encode(id, byKind))), _speaker.journal(3, id));
    }

    function _holdToLogs(uint8 kind, uint256 count) private {
        Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, count);
        for (uint256 i; i < logs.length; ++i) {
            bytes memory raw = abi.encodePacked(logs[i].topics, logs[i].data);
            _fold(kind, uint256(logs[i].topics[1]), keccak256(raw));
            _fold(0, 0, keccak256(raw));
        }
        uint256 subject = uint256(logs[0].topics[1]);
        vm.assertEq(_speaker.journal(kind, subject), _expected[kind][subject]);
        vm.assertEq(_speaker.journal(0, 0), _expected[0][0]);
    }

    function _fold(uint8 kind, uint256 id, bytes32 entry) private {
        bytes32 before = _expected[kind][id];
        if (before == 0) before = _seed(kind, id);
        bytes memory place = abi.encodePacked(uint48(block.timestamp), uint48(block.number), address(_speaker));
        _expected[kind][id] = keccak256(abi.encodePacked(before, place, entry));
    }

    function _seed(uint8 kind, uint256 id) private view returns (bytes32) {
        return keccak256(abi.encode("duebill.journal.v1", block.chainid, address(_speaker), kind, id));
    }
}
