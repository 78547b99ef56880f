// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementToken} from "../../../contracts/SettlementToken.sol";
import {Admission, Limit} from "../../../contracts/acts/Admission.sol";
import {Signature} from "../../../contracts/acts/Signature.sol";
import {ILedger} from "../../../contracts/interfaces/ILedger.sol";
import {CurrencyRule, IRules, RuleSet} from "../../../contracts/interfaces/IRules.sol";
import {Currency, PartyId} from "../../../contracts/types/Ids.sol";
import {Power} from "../../../contracts/types/Power.sol";
import {Digests} from "./Digests.sol";
import {Register} from "./Register.sol";
import {vm} from "./Vm.sol";

/// @dev All contracts, deployed, and the parties of the story, admitted: 3 buyer and debtor, 4 and 5 suppliers (5 is sole), 6 supplier,
///      7 financier, 8 sister of the buyer (same group). Everybody has cash and has let the ledger pull it.
abstract contract Scene is Register {
    uint48 internal constant BEGIN = 1_772_438_400; // 2026-03-02 08:00 UTC
    uint48 internal constant CLEARING = 2 days;
    uint64 internal constant SMALLEST = 100;
    uint64 internal constant LARGEST = 50_000_000;
    uint256 internal constant CASH = 1_000_000_000;

    uint32 internal constant BUYER = 3;
    uint32 internal constant SELLER = 4;
    uint32 internal constant SOLE = 5;
    uint32 internal constant OTHER = 6;
    uint32 internal constant BANK = 7;
    uint32 internal constant SISTER = 8;
    uint32 internal constant GROUP = 77;

    uint256 internal adminKey = _key("buyer admin");
    uint256 internal makerKey = _key("buyer maker");
    uint256 internal checkerKey = _key("buyer checker");
    uint256 internal secondCheckerKey = _key("buyer second checker");
    uint256 internal warehouseKey = _key("buyer warehouse");
    uint256 internal allRoundKey = _key("buyer all-round");
    uint256 internal sellerKey = _key("seller");
    uint256 internal soleKey = _key("sole");
    uint256 internal otherKey = _key("other");
    uint256 internal bankKey = _key("bank");
    uint256 internal sisterKey = _key("sister");

    IRules internal rules;
    SettlementToken internal token;
    ILedger internal ledger;
    Digests internal digests;
    bytes private _refusal;
    bytes4 private _refusalSelector;

    function setUp() public virtual {
        vm.warp(BEGIN);
        _found();
        token = _token();
        rules = _rules();
        ledger = ILedger(vm.deployCode("Ledger.sol:Ledger", abi.encode(parties, rules)));
        digests = new Digests(ledger);
        _admitBuyer();
        _admitTrader("seller", SUPPLIER, sellerKey, false, 0);
        _admitTrader("sole", SUPPLIER, soleKey, true, 0);
        _admitTrader("other", SUPPLIER, otherKey, false, 0);
        _admitTrader("bank", FINANCIER, bankKey, false, 0);
        _admitTrader("sister", SUPPLIER, sisterKey, false, GROUP);
    }

    // --- what a test expects of the next door

    /// @dev The next act that goes to a door must be refused with exactly this error.
    function _refuse(bytes memory refusal) internal {
        _refusal = refusal;
    }

    /// @dev The same where only the name of the error matters.
    function _refuseAs(bytes4 selector) internal {
        _refusalSelector = selector;
    }

    /// @dev Called by the doors of the scene after everything is signed.
    function _atTheDoor() internal {
        if (_refusal.length > 0) vm.expectRevert(_refusal);
        if (_refusalSelector != 0) vm.expectPartialRevert(_refusalSelector);
        delete _refusal;
        delete _refusalSelector;
    }

    // --- parties

    function _admitBuyer() private {
        uint256[] memory keys = new uint256[](6);
        uint16[] memory powers = new uint16[](6);
        (keys[0], powers[0]) = (adminKey, _mask(Power.Administer));
        (keys[1], powers[1]) = (makerKey, _mask(Power.Propose) | _mask(Power.Pay));
        (keys[2], powers[2]) = (checkerKey, _mask(Power.Confirm) | _mask(Power.Pay));
        (keys[3], powers[3]) = (secondCheckerKey, _mask(Power.Confirm) | _mask(Power.Pay));
        (keys[4], powers[4]) = (warehouseKey, _mask(Power.Receive));
        (keys[5], powers[5]) = (allRoundKey, 0x7f ^ _mask(Power.Attest)); // all but attest and administer
        Admission memory a = _admission("buyer", CORE, keys, powers);
        a.group = GROUP;
        _change(a);
        _admit(a, keys);
        _fund("buyer");
    }

    /// @dev One person with every power that a supplier or financier needs.
    function _admitTrader(string memory name, uint16 roles, uint256 key, bool sole, uint32 group) private {
        uint256[] memory keys = new uint256[](1);
        uint16[] memory powers = new uint16[](1);
        powers[0] = _mask(Power.Propose) | _mask(Power.Receive) | _mask(Power.Transfer) | _mask(Power.Pay);
        powers[0] |= _mask(Power.Finance);
        keys[0] = key;
        Admission memory a = _admission(name, roles, keys, powers);
        (a.sole, a.group) = (sole, group);
        _change(a);
        _admit(a, keys);
        _fund(name);
    }

    /// @dev Where a test changes what a party is admitted with, its limits for example.
    function _change(Admission memory) internal virtual {}

    function _fund(string memory name) private {
        token.mint(_account(name), CASH);
        vm.prank(_account(name));
        token.approve(address(ledger), type(uint256).max);
    }

    function _token() internal virtual returns (SettlementToken) {
        return new SettlementToken("Test Euro", "TEUR", address(this));
    }

    // --- rules

    function _ruleSet() internal view virtual returns (RuleSet memory set) {
        set.source = keccak256("rules");
        set.tenorMonths = 6;
        set.tenorDays = 184;
        set.graceDays = 30;
        set.clearingSeconds = uint32(CLEARING);
        set.lateRateBps = 500;
        set.dayCount = 360;
    }

    function _rules() private returns (IRules) {
        Currency[] memory currencies = new Currency[](1);
        CurrencyRule[] memory currencyRules = new CurrencyRule[](1);
        (currencies[0], currencyRules[0]) = (Currency.wrap(EUR), CurrencyRule(address(token), 0, SMALLEST, LARGEST));
        bytes memory arguments = abi.encode(address(this), _ruleSet(), currencies, currencyRules);
        return IRules(vm.deployCode("Rules.sol:Rules", arguments));
    }

    function _party(uint32 party) internal pure returns (PartyId) {
        return PartyId.wrap(party);
    }
}
