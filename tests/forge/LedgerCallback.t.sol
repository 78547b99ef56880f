// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementToken} from "../../contracts/SettlementToken.sol";
import {Transfer} from "../../contracts/acts/Moves.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {ReceivableId} from "../../contracts/types/Ids.sol";
import {Acting} from "./support/Acting.sol";
import {CallingToken} from "./support/CallingToken.sol";
import {vm} from "./support/Vm.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev A token that calls back while money moves finds every door to pieces and money closed.
contract LedgerCallbackTest is Acting {
    ReceivableId private _id;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    function _token() internal override returns (SettlementToken) {
        return new CallingToken(address(this));
    }

    function test_a_split_finds_the_door_closed() external {
        bytes32 digest = digests.digest(_split(_id, 1000, FACE - 1000));
        Signature[] memory signatures = _by(sellerKey, digest);
        _requireClosed(abi.encodeCall(ILedger.split, (_split(_id, 1000, FACE - 1000), signatures)));
    }

    function test_a_transfer_finds_the_door_closed() external {
        Transfer memory act = _transfer(_id, SELLER, SOLE, FACE);
        Signature[] memory signatures = _by(sellerKey, soleKey, digests.digest(act));
        _requireClosed(abi.encodeCall(ILedger.transfer, (act, signatures)));
    }

    function test_a_distribution_finds_the_door_closed() external {
        _requireClosed(abi.encodeCall(ILedger.distribute, (_id, new uint64[](1))));
    }

    function test_a_payout_finds_the_door_closed() external {
        _requireClosed(abi.encodeCall(ILedger.payOut, (_party(SELLER), address(token))));
    }

    /// @dev While OTHER pays SELLER for the piece, and while the debtor pays.
    function _requireClosed(bytes memory call_) private {
        CallingToken calling = CallingToken(address(token));
        calling.knock(address(ledger), call_);
        _send(_pay(_id, 1000));
        _requireRefused(calling);
        Transfer memory act = _transfer(_id, SELLER, OTHER, FACE);
        (act.price, act.maxLevel) = (5, 1000);
        _send(act);
        _requireRefused(calling);
    }

    function _requireRefused(CallingToken calling) private view {
        bytes memory refused = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.assertEq(keccak256(calling.answer()), keccak256(refused));
    }
}
