// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Admission} from "../../contracts/acts/Admission.sol";
import {Acknowledge, BankPaid, Pay, Revoke} from "../../contracts/acts/Money.sol";
import {Quote, Split, Transfer} from "../../contracts/acts/Moves.sol";
import {Signature} from "../../contracts/acts/Signature.sol";
import {Accept, Confirm, Issue, Terms} from "../../contracts/acts/Terms.sol";
import {Invoice, Order, Receipt} from "../../contracts/acts/Trade.sol";
import {ILedgerErrors} from "../../contracts/interfaces/ILedgerErrors.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Currency, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Acting} from "./support/Acting.sol";
import {vm} from "./support/Vm.sol";

/// @dev That what a wallet shows and signs is what the ledger hashes: forge's own EIP-712 is the other side.
contract LedgerHashesTest is Acting {
    string private constant _TERMS =
        "Terms(uint32 debtor,uint32 creditor,uint64 face,bytes3 currency,uint48 dueAt,bytes2 place,uint8 undertaking,bytes32 text,bytes32 trade,uint32 agent,uint32 guarantor,bytes32 invoices,uint32 rules,uint48 deadline)";
    string private constant _USE = "Use(bytes32 tag,uint64 amount,uint64 total)";

    function _same(bytes32 digest, string memory definition, bytes memory encoded) private view {
        bytes32 wanted = vm.eip712HashStruct(definition, encoded);
        vm.assertEq(digest, keccak256(abi.encodePacked(hex"1901", ledger.domainSeparator(), wanted)));
    }

    function test_trade_acts() external view {
        Order memory order = _order();
        _same(
            digests.digest(order),
            "Order(uint32 buyer,uint32 seller,bytes3 currency,uint64 amount,bytes32 document,uint48 deadline)",
            abi.encode(order)
        );
        Receipt memory receipt = _receipt(TradeId.wrap("t"));
        _same(
            digests.digest(receipt),
            "Receipt(bytes32 trade,bytes32 tag,uint64 amount,bytes32 document,uint48 deadline)",
            abi.encode(receipt)
        );
        Invoice memory invoice = _invoice(TradeId.wrap("t"));
        _same(
            digests.digest(invoice),
            "Invoice(bytes32 trade,uint64 amount,bytes32 document,uint48 deadline)",
            abi.encode(invoice)
        );
    }

    function test_confirmation_acts() external view {
        Confirm memory act = _confirm(TradeId.wrap("t"), FACE);
        _same(digests.digest(act.terms), _TERMS, abi.encode(act.terms));
        _same(digests.digest(act), string.concat("Confirm(Terms terms,Use[] uses)", _TERMS, _USE), abi.encode(act));
        Accept memory accept = Accept("issue", new Terms[](2));
        accept.payables[1] = act.terms;
        _same(
            digests.digest(accept), string.concat("Accept(bytes32 issue,Terms[] payables)", _TERMS), abi.encode(accept)
        );
        Issue memory issue = Issue(BUYER, EUR, "root", 5, FACE, 7, 1, _soon());
        _same(
            digests.digest(issue),
            "Issue(uint32 debtor,bytes3 currency,bytes32 root,uint32 count,uint64 total,uint48 lastDueAt,uint32 rules,uint48 deadline)",
            abi.encode(issue)
        );
    }

    function test_moves() external view {
        ReceivableId id = ReceivableId.wrap(9);
        Split memory split = _split(id, 1, 2);
        _same(
            digests.digest(split),
            "Split(uint192 receivable,uint64 start,uint32 version,uint64[] parts,uint48 deadline)",
            abi.encode(split)
        );
        Transfer memory transfer = _transfer(id, SELLER, OTHER, 5);
        _same(
            digests.digest(transfer),
            "Transfer(uint192 receivable,uint64 start,uint32 version,uint64 amount,uint32 from,uint32 to,uint64 price,uint64 maxLevel,bool recourse,bytes32 undoes,bytes32 quote,uint48 deadline)",
            abi.encode(transfer)
        );
        Quote memory quote = _quote(id, SELLER, 5);
        _same(
            digests.digest(quote),
            "Quote(uint32 financier,uint32 seller,bytes32 sellers,uint192 receivable,uint64 start,uint32 version,uint64 maxNominal,uint64 price,uint32 rateBps,uint64 maxLevel,bool recourse,uint64 capacity,bool perGroup,uint32 series,uint48 deadline)",
            abi.encode(quote)
        );
    }

    function test_money_acts() external {
        Pay memory pay = _pay(ReceivableId.wrap(9), 5);
        _same(
            digests.digest(pay),
            "Pay(uint192 receivable,uint64 amount,uint64 maxPull,uint256 nonce,uint48 deadline)",
            abi.encode(pay)
        );
        BankPaid memory paid = _bankPaid(ReceivableId.wrap(9), 1, 2, 3);
        _same(
            digests.digest(paid),
            "BankPaid(uint192 receivable,uint64 start,uint32 version,uint64 amount,bytes32 evidence,uint48 deadline)",
            abi.encode(paid)
        );
        Acknowledge memory acknowledge = _acknowledge(paid, OTHER);
        _same(
            digests.digest(acknowledge),
            "Acknowledge(uint192 receivable,uint64 start,uint32 version,uint32 by,bytes32 bankPaid,uint48 deadline)",
            abi.encode(acknowledge)
        );
        Revoke memory revoke = Revoke(BUYER, "d", "l", _soon());
        _same(
            digests.digest(revoke),
            "Revoke(uint32 party,bytes32 digest,bytes32 leaf,uint48 deadline)",
            abi.encode(revoke)
        );
    }
}

/// @dev Where a prover from outside looks.
contract LedgerLayoutTest is Acting {
    function test_the_head_is_slot_zero_and_the_journals_slot_one() external {
        TradeId trade = _traded();
        vm.assertEq(vm.load(address(ledger), 0), ledger.journal(0, 0));
        uint256 id = uint256(TradeId.unwrap(trade));
        bytes32 kind = keccak256(abi.encode(uint8(2), uint256(1)));
        vm.assertEq(vm.load(address(ledger), keccak256(abi.encode(id, kind))), ledger.journal(2, id));
    }

    function test_a_piece_is_one_slot_of_the_sixth_mapping() external {
        ReceivableId id = _confirmed();
        uint256 pieceId = uint256(ReceivableId.unwrap(id)) << 64;
        bytes32 slot = keccak256(abi.encode(pieceId, uint256(5)));
        vm.assertEq(vm.load(address(ledger), slot), bytes32(_word(id)));
    }

    function _word(ReceivableId id) private view returns (uint256) {
        (bool done, bytes memory answer) =
            address(ledger).staticcall(abi.encodeWithSignature("piece(uint192,uint64)", id, uint64(0)));
        vm.assertTrue(done);
        return abi.decode(answer, (uint256));
    }

    function test_the_domain_follows_the_chain() external {
        bytes32 here = ledger.domainSeparator();
        vm.chainId(5);
        vm.assertNotEq(here, ledger.domainSeparator());
    }

    function test_the_registers_are_those_of_its_making() external view {
        vm.assertEq(ledger.parties(), address(parties));
        vm.assertEq(ledger.rules(), address(rules));
    }
}

/// @dev What a signer binds on one day.
contract LedgerCapsTest is Acting {
    uint64 private constant _CAP = 50_000_000;

    function _change(Admission memory a) internal pure override {
        for (uint256 i = 0; i < a.limits.length; ++i) {
            a.limits[i].perDay = _CAP;
        }
    }

    function _orderOf(uint64 amount) private view returns (Order memory act) {
        act = _order();
        act.amount = amount;
    }

    function test_refuses_above_the_day_s_cap() external {
        _send(_orderOf(30_000_000));
        _refuse(
            abi.encodeWithSelector(ILedgerErrors.AboveDayCap.selector, vm.addr(makerKey), 20_000_001, 50_000_001, _CAP)
        );
        _send(_orderOf(20_000_001));
        _send(_orderOf(20_000_000));
    }

    function test_counts_every_signer_and_begins_anew_each_day() external {
        _send(_orderOf(_CAP));
        _requireSpent(makerKey, Power.Propose, _CAP);
        _requireSpent(sellerKey, Power.Propose, _CAP);
        vm.warp(BEGIN + 1 days);
        _send(_orderOf(7));
        _requireSpent(makerKey, Power.Propose, 7);
    }

    function test_counts_whoever_confirms_and_not_whoever_prepares() external {
        _send(_confirm(TradeId.wrap(0), 5000));
        _requireSpent(checkerKey, Power.Confirm, 5000);
        _requireSpent(makerKey, Power.Confirm, 0);
        _requireSpent(sellerKey, Power.Receive, 5000);
    }

    function test_counts_a_quote_once() external {
        ReceivableId id = _confirmed();
        Quote memory quote = _quote(id, SELLER, 20_000);
        quote.version = 0;
        Transfer memory act = _filling(quote, SELLER, 5000);
        _send(quote, act);
        act.version = 2;
        _send(quote, act);
        _requireSpent(bankKey, Power.Finance, 20_000);
        _requireSpent(sellerKey, Power.Transfer, 10_000);
    }

    function test_counts_nothing_for_a_split() external {
        ReceivableId id = _confirmed();
        _send(_split(id, 1000, FACE - 1000), sellerKey);
        _requireSpent(sellerKey, Power.Transfer, 0);
    }

    function _requireSpent(uint256 key, Power power, uint64 wanted) private view {
        (, uint64 amount) = ledger.spentOn(vm.addr(key), Currency.wrap(EUR), uint8(power));
        vm.assertEq(amount, wanted);
    }
}

/// @dev The door of `pay`; what it does to the line is proved with the settlement.
contract LedgerPayTest is Acting {
    ReceivableId private _id;

    function setUp() public override {
        super.setUp();
        _id = _confirmed();
    }

    function test_refuses_an_unknown_receivable() external {
        _refuse(abi.encodeWithSelector(ILedgerErrors.UnknownReceivable.selector, 3));
        _send(_pay(ReceivableId.wrap(3), 1));
    }

    function test_refuses_who_may_not_pay() external {
        Pay memory act = _pay(_id, 1);
        Signature[] memory signatures = _by(warehouseKey, digests.digest(act));
        vm.expectRevert(abi.encodeWithSelector(IParties.LacksPower.selector, vm.addr(warehouseKey), Power.Pay));
        ledger.pay(act, signatures);
    }

    function test_refuses_a_replay() external {
        Pay memory act = _pay(_id, 1);
        _send(act);
        _refuse(abi.encodeWithSelector(ILedgerErrors.ActSpent.selector, digests.digest(act)));
        _send(act);
    }

    function test_refuses_to_pull_more_than_was_said() external {
        Pay memory act = _pay(_id, 10);
        act.maxPull = 9;
        _refuse(abi.encodeWithSelector(ILedgerErrors.AbovePull.selector, 10, 9));
        _send(act);
    }

    function test_pays_to_the_last_unit() external {
        _send(_pay(_id, 10_000_001));
        _send(_pay(_id, type(uint64).max));
        _distribute(_id, 0);
        vm.assertEq(token.balanceOf(_account("seller")), CASH + FACE);
        vm.assertEq(token.balanceOf(address(ledger)), 0);
        _refuse(abi.encodeWithSelector(ILedgerErrors.NothingOwed.selector, _id));
        _send(_pay(_id, 1));
    }
}
