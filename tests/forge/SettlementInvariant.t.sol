// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementRegisters} from "./SettlementBook.sol";
import {RefusingToken} from "./SettlementTokens.sol";
import {SettlementWalk} from "./SettlementWalk.sol";
import {vm} from "./support/Vm.sol";

/// @dev Invariant 2 of the design over random lives of short and long receivables, with interest and without, tokens and all.
contract SettlementInvariantTest {
    uint48 private constant DUE_AT = 1_800_000_000;

    SettlementWalk[] private _walks;

    struct Selectors {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        vm.warp(DUE_AT - 40 days);
        _begin(9, 0);
        _begin(60, 100_000);
        _begin(1000, 800);
        _begin(type(uint64).max / 2, 2400);
    }

    function targetSelectors() external view returns (Selectors[] memory all) {
        all = new Selectors[](_walks.length);
        for (uint256 i = 0; i < _walks.length; ++i) {
            all[i] = Selectors(address(_walks[i]), _steps());
        }
    }

    function targetContracts() external view returns (address[] memory all) {
        all = new address[](_walks.length);
        for (uint256 i = 0; i < _walks.length; ++i) {
            all[i] = address(_walks[i]);
        }
    }

    /// @dev Whole lives of short lines, where every border of rounding is near.
    function testFuzz_AnyLifeOfAShortLine(uint256 seed) external {
        RefusingToken token = new RefusingToken();
        SettlementRegisters registers = new SettlementRegisters(address(token), 1, uint32(seed % 3) * 50_000);
        SettlementWalk walk = new SettlementWalk(token, registers, uint64(2 + (seed >> 8) % 23), DUE_AT);
        for (uint256 i = 0; i < 48; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _step(walk, seed % 16, seed >> 128, uint64(seed >> 64));
            walk.check();
        }
        walk.finish();
    }

    /// forge-config: default.invariant.depth = 160
    /// @dev The ledger's money is what is held and what is credited; it covers all dues, by less than a unit a piece.
    function invariant_MoneyCoversDuesByLessThanAUnitAPiece() external view {
        for (uint256 i = 0; i < _walks.length; ++i) {
            _walks[i].check();
        }
    }

    /// @dev At the end nothing is held; without interest every piece had exactly its amount.
    function afterInvariant() external {
        for (uint256 i = 0; i < _walks.length; ++i) {
            _walks[i].finish();
        }
    }

    function _step(SettlementWalk walk, uint256 kind, uint256 which, uint64 amount) private {
        if (kind < 4) walk.cut(which, amount);
        else if (kind < 6) walk.pay(amount % 8);
        else if (kind < 8) walk.payAUnit();
        else if (kind < 10) walk.distribute(which);
        else if (kind == 10) walk.move(which, uint32(amount));
        else if (kind == 11) walk.giveBack(which);
        else if (kind == 12) walk.bankPaid(which);
        else if (kind == 13) walk.passTime(uint32(amount));
        else if (kind == 14) walk.refuse(uint32(which), uint8(amount));
        else walk.payOut(uint32(which));
    }

    function _begin(uint64 face, uint32 lateRateBps) private {
        RefusingToken token = new RefusingToken();
        SettlementRegisters registers = new SettlementRegisters(address(token), 1, lateRateBps);
        _walks.push(new SettlementWalk(token, registers, face, DUE_AT));
    }

    function _steps() private pure returns (bytes4[] memory steps) {
        steps = new bytes4[](11);
        steps[0] = SettlementWalk.pay.selector;
        steps[1] = SettlementWalk.payAUnit.selector;
        steps[2] = SettlementWalk.passTime.selector;
        steps[3] = SettlementWalk.cut.selector;
        steps[4] = SettlementWalk.cutNear.selector;
        steps[5] = SettlementWalk.move.selector;
        steps[6] = SettlementWalk.bankPaid.selector;
        steps[7] = SettlementWalk.giveBack.selector;
        steps[8] = SettlementWalk.distribute.selector;
        steps[9] = SettlementWalk.refuse.selector;
        steps[10] = SettlementWalk.payOut.selector;
    }
}
