// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementToken} from "../../../contracts/SettlementToken.sol";
import {Admission} from "../../../contracts/acts/Admission.sol";
import {Transfer} from "../../../contracts/acts/Moves.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {ILedgerErrors} from "../../../contracts/interfaces/ILedgerErrors.sol";
import {PartyId, ReceivableId} from "../../../contracts/types/Ids.sol";
import {Power} from "../../../contracts/types/Power.sol";
import {Acting} from "../support/Acting.sol";
import {vm} from "../support/Vm.sol";

/// @dev Asks no allowance of who spends what is his, as some well-known tokens do; and refuses when it gets little gas.
contract UnusualToken is SettlementToken {
    uint256 public hunger;

    error Starved(uint256 gas);

    constructor(address minter_) SettlementToken("Unusual Euro", "UEUR", minter_) {}

    function starve(uint256 gas_) external {
        hunger = gas_;
    }

    function _spendAllowance(address owner, address spender, uint256 value) internal override {
        if (owner != spender) super._spendAllowance(owner, spender, value);
    }

    function _update(address from, address to, uint256 value) internal override {
        require(gasleft() >= hunger, Starved(gasleft()));
        super._update(from, to, value);
    }
}

/// @dev Attempts by way of what a token does.
contract TokenAttacksTest is Acting {
    uint256 private constant _THIEF = uint256(keccak256("thief")) >> 1;
    ReceivableId private _id;

    function _token() internal override returns (SettlementToken) {
        return new UnusualToken(address(this));
    }

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    /// @dev A party whose account is the ledger buys a piece, and the ledger pays with what it holds for others.
    function test_TheLedgersOwnMoneyAsAPrice() external {
        uint32 thief = _admitWithAccount(address(ledger));
        _send(_pay(_id, FACE / 2));
        Transfer memory act = _transfer(_id, SELLER, thief, FACE);
        (act.price, act.maxLevel) = (FACE / 2, FACE);
        Signature[] memory signatures = _by(sellerKey, _THIEF, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(ILedgerErrors.TokenRefused.selector, address(token)));
        ledger.transfer(act, signatures);
        vm.assertEq(token.balanceOf(address(ledger)), FACE / 2);
    }

    /// @dev Whoever submits gives so little gas that a push fails and becomes a credit: every amount of gas pays or reverts.
    function test_LittleGasTurnsAPayoutIntoACredit() external {
        UnusualToken(address(token)).starve(190_000);
        uint64[] memory starts = new uint64[](1);
        _send(_pay(_id, FACE));
        for (uint256 gas_ = 200_000; gas_ < 600_000; gas_ += 1500) {
            vm.cool(address(ledger));
            try ledger.distribute{gas: gas_}(_id, starts) {
                break;
            } catch {}
        }
        vm.assertEq(ledger.credit(_party(SELLER), address(token)), 0);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE);
    }

    function _admitWithAccount(address account) private returns (uint32) {
        Admission memory a = _single("thief", SUPPLIER, _THIEF, Power.Finance);
        a.account = account;
        uint256[] memory keys = new uint256[](1);
        keys[0] = _THIEF;
        return PartyId.unwrap(_admit(a, keys));
    }
}
