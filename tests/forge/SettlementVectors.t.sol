// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Line} from "../../contracts/libraries/Due.sol";
import {PartyId} from "../../contracts/types/Ids.sol";
import {SettlementBook, SettlementRegisters} from "./SettlementBook.sol";
import {RefusingToken} from "./SettlementTokens.sol";
import {vm} from "./support/Vm.sol";

interface Files {
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonUintArray(string calldata json, string calldata key) external pure returns (uint256[] memory);
    function parseJsonBytes32Array(string calldata json, string calldata key) external pure returns (bytes32[] memory);
    function toString(uint256 value) external pure returns (string memory);
}

/// @dev The library and ledger/domain/settlement.py make the same words of the same lives (tests/domain/test_settlement_vectors.py).
contract SettlementVectorsTest {
    uint48 private constant DUE_AT = 1_800_000_000;
    Files private constant _FILES = Files(address(vm));

    SettlementBook private _book;

    function test_TheSameWordsAsInPython() public {
        string memory json = _FILES.readFile("tests/vectors/settlement.json");
        bytes32[] memory hashes = _FILES.parseJsonBytes32Array(json, ".hashes");
        vm.assertGt(hashes.length, 20);
        for (uint256 i = 0; i < hashes.length; ++i) {
            string memory key = string.concat(".lives[", _FILES.toString(i), "]");
            vm.assertEq(_play(_FILES.parseJsonUintArray(json, key)), hashes[i]);
        }
    }

    function _play(uint256[] memory life) private returns (bytes32 hash) {
        RefusingToken token = new RefusingToken();
        SettlementRegisters registers = new SettlementRegisters(address(token), 1, uint32(life[1]));
        vm.warp(DUE_AT - 3 days);
        _book = new SettlementBook(registers, uint64(life[0]), DUE_AT);
        address debtor = registers.account(PartyId.wrap(1));
        token.mint(debtor, uint256(type(uint128).max));
        vm.prank(debtor);
        token.approve(address(_book), type(uint256).max);
        for (uint256 i = 2; i < life.length; i += 3) {
            uint64 start = _step(life[i], uint64(life[i + 1]), uint64(life[i + 2]));
            Line memory line = _book.line();
            hash = keccak256(abi.encode(hash, line.level, line.returns_, line.last, _book.piece(start)));
        }
    }

    /// @dev Kinds as in the Python test; the start of the piece whose word goes into the hash.
    function _step(uint256 kind, uint64 first, uint64 second) private returns (uint64 start) {
        start = first;
        if (kind == 0) {
            _book.pay(first, type(uint64).max);
            start = 0;
        } else if (kind == 1) {
            _book.cut(first, second);
            start = first + second;
        } else if (kind == 2) {
            _book.move(first, PartyId.wrap(uint32(second)));
        } else if (kind == 3) {
            _book.wait(first, uint48(second));
        } else if (kind == 4) {
            _book.giveBack(first);
        } else if (kind == 5) {
            uint64[] memory starts = new uint64[](1);
            starts[0] = first;
            _book.distribute(starts);
        } else {
            vm.warp(first);
            start = 0;
        }
    }
}
