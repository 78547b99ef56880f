// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementToken} from "../../../contracts/SettlementToken.sol";

/// @dev Money that, once told to, knocks at a door of the ledger whenever it moves, and keeps what it was answered.
contract CallingToken is SettlementToken {
    address private _door;
    bytes private _call;
    bytes public answer;

    constructor(address minter_) SettlementToken("Calling Euro", "CEUR", minter_) {}

    function knock(address door, bytes calldata call_) external {
        (_door, _call) = (door, call_);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_door == address(0)) return;
        // solhint-disable-next-line avoid-low-level-calls
        (, answer) = _door.call(_call);
    }
}
