// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev One log as forge recorded it.
struct Log {
    bytes32[] topics;
    bytes data;
    address emitter;
}

/// @dev What these tests use of forge's cheat codes.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function deployCode(string calldata what, bytes calldata arguments) external returns (address);
    function etch(address target, bytes calldata code) external;
    function warp(uint256 time) external;
    function roll(uint256 block_) external;
    function cool(address target) external;
    function chainId(uint256 id) external;
    function prank(address sender) external;
    function getNonce(address account) external view returns (uint64);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function load(address target, bytes32 slot) external view returns (bytes32);
    function expectRevert(bytes calldata refusal) external;
    function expectPartialRevert(bytes4 selector) external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function eip712HashStruct(string calldata typeName, bytes calldata encoded) external pure returns (bytes32);
    function assume(bool condition) external pure;
    function assertTrue(bool found) external pure;
    function assertFalse(bool found) external pure;
    function assertEq(bool found, bool wanted) external pure;
    function assertEq(uint256 found, uint256 wanted) external pure;
    function assertEq(bytes32 found, bytes32 wanted) external pure;
    function assertEq(address found, address wanted) external pure;
    function assertLe(uint256 found, uint256 limit) external pure;
    function assertGt(uint256 found, uint256 limit) external pure;
    function assertNotEq(bytes32 found, bytes32 other) external pure;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
