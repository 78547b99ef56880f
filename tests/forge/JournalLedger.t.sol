// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BankPaid} from "../../contracts/acts/Money.sol";
import {Quote, Transfer} from "../../contracts/acts/Moves.sol";
import {Order} from "../../contracts/acts/Trade.sol";
import {ReceivableRecord} from "../../contracts/interfaces/ILedger.sol";
import {Slots} from "../../contracts/libraries/Slots.sol";
import {Currency, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Piece} from "../../contracts/types/Piece.sol";
import {Power} from "../../contracts/types/Power.sol";
import {Last, Level, Returns} from "../../contracts/types/Standing.sol";
import {Acting} from "./support/Acting.sol";
import {Log, vm} from "./support/Vm.sol";
import {Admission} from "../../contracts/acts/Admission.sol";

/// @dev A whole story at the real ledger, whose libraries speak in its name: every journal and the head recomputed from the raw logs alone
///      equal storage; and everything lies where Slots says.
contract JournalLedgerTest is Acting {
    mapping(uint8 kind => mapping(uint256 id => bytes32)) private _expected;
    mapping(bytes32 topic => uint8) private _kinds;
    uint8[] private _touchedKinds;
    uint256[] private _touchedIds;
    ReceivableId private _id;
    TradeId private _trade;
    Quote private _offer;

    function setUp() public override {
        super.setUp();
        string[4] memory ofTrade = [
            "TradeOrdered(bytes32,bytes32,uint32,uint32,bytes3,uint64,bytes32)",
            "TradeReceived(bytes32,bytes32,bytes32,uint64,bytes32,uint16,uint64)",
            "TradeInvoiced(bytes32,bytes32,uint64,bytes32)",
            "TradeDrawn(bytes32,bytes32,uint192,uint64)"
        ];
        string[5] memory ofParty = [
            "PayablesIssued(uint32,bytes32,bytes32,bytes3,uint32,uint64,uint48,uint32,uint48)",
            "QuoteFilled(uint32,bytes32,bytes32,uint64)",
            "CapUsed(uint32,bytes32,address,bytes3,uint8,uint32,uint64)",
            "PartyCredited(uint32,bytes32,address,uint64)",
            "ActRevoked(uint32,bytes32,bytes32,bytes32)"
        ];
        for (uint256 i; i < ofTrade.length; ++i) {
            _kinds[keccak256(bytes(ofTrade[i]))] = 2;
        }
        for (uint256 i; i < ofParty.length; ++i) {
            _kinds[keccak256(bytes(ofParty[i]))] = 3;
        }
    }

    function testAWholeStoryFoldsAsItsLogsSay() public {
        _play();
        for (uint256 i; i < _touchedIds.length; ++i) {
            (uint8 kind, uint256 id) = (_touchedKinds[i], _touchedIds[i]);
            vm.assertEq(ledger.journal(kind, id), _expected[kind][id]);
            vm.assertEq(vm.load(address(ledger), Slots.journal(kind, id)), _expected[kind][id]);
        }
        vm.assertEq(ledger.journal(0, 0), _expected[0][0]);
        vm.assertEq(vm.load(address(ledger), Slots.journal(0, 0)), _expected[0][0]);
        // Three kinds of subject have spoken.
        vm.assertTrue(_expected[1][ReceivableId.unwrap(_id)] != 0);
        vm.assertTrue(_expected[2][uint256(TradeId.unwrap(_trade))] != 0);
        vm.assertTrue(_expected[3][BANK] != 0);
    }

    /// @dev A history with one log left out, changed or moved gives another hash.
    function testWhatIsLeftOutOrMovedIsFoundOut() public {
        vm.recordLogs();
        _confirmed();
        Log[] memory logs = _ofTheLedger(vm.getRecordedLogs());
        bytes32 head = ledger.journal(0, 0);
        vm.assertEq(_headOf(logs, logs.length, logs.length), head);
        for (uint256 i; i < logs.length; ++i) {
            vm.assertNotEq(_headOf(logs, i, logs.length), head);
            if (i > 0) vm.assertNotEq(_headOf(logs, logs.length, i), head);
        }
    }

    function testEverythingLiesWhereSlotsSays() public {
        _play();
        _holds(Slots.piece(_id, 0), Piece.unwrap(ledger.piece(_id, 0)));
        (Level level, Returns returns_, Last last) = ledger.standing(_id);
        _holds(Slots.level(_id), Level.unwrap(level));
        vm.assertEq(uint256(vm.load(address(ledger), Slots.returned(_id))), Returns.unwrap(returns_));
        vm.assertEq(uint256(vm.load(address(ledger), Slots.last(_id))), Last.unwrap(last));
        ReceivableRecord memory terms = ledger.receivable(_id);
        _holdsFirst(Slots.receivable(_id), uint256(BUYER) | uint256(SELLER) << 32 | uint256(terms.face) << 64, 128);
        _holdsFirst(Slots.trade(_trade), uint256(BUYER) | uint256(SELLER) << 32 | uint256(RECEIVED) << 64, 128);
        _holds(Slots.receipt(_party(BUYER), keccak256("note 1")), 1);
        _holds(Slots.receiptSigners(_trade, 5), 1 << 5);
        bytes32 tag = keccak256(abi.encode("tag", FACE));
        _holds(Slots.usage(_party(BUYER), tag), uint256(FACE) | uint256(FACE) << 64);
        _holds(Slots.fill(digests.digest(_offer)), ledger.filled(digests.digest(_offer)));
        (uint32 day, uint64 amount) = ledger.spentOn(vm.addr(bankKey), Currency.wrap(EUR), uint8(Power.Finance));
        _holds(Slots.spent(vm.addr(bankKey), Currency.wrap(EUR), uint8(Power.Finance)), day | uint256(amount) << 32);
        _holds(Slots.credit(_party(OTHER), address(token)), ledger.credit(_party(OTHER), address(token)));
    }

    function testWhatAPieceWaitsForAndWhatIsSpent() public {
        _id = _confirmed();
        vm.warp(BEGIN + 89 days);
        BankPaid memory paid = _bankPaid(_id, 0, 1, FACE);
        _send(paid);
        vm.assertEq(vm.load(address(ledger), Slots.waitingFor(_id, 0)), digests.digest(paid));
        _holds(Slots.status(digests.digest(paid)), 1);
    }

    // --- the story

    function _change(Admission memory a) internal pure override {
        // Every signer has a day cap, so that CapUsed is told.
        for (uint256 i; i < a.limits.length; ++i) {
            a.limits[i].perDay = 1_000_000_000;
        }
    }

    /// @dev Each act in a block of its own. OTHER passes its piece on after an instalment, and is credited what was due to it.
    function _play() private {
        vm.recordLogs();
        Order memory order = _order();
        _trade = _send(order);
        _next();
        _send(_receipt(_trade));
        _next();
        _send(_invoice(_trade));
        _next();
        _id = _send(_confirm(_trade, FACE));
        _next();
        Transfer memory gift = _transfer(_id, SELLER, OTHER, 10_000_000);
        _send(gift);
        _next();
        _offer = _quote(_id, SELLER, 5_000_000);
        _offer.version = 2;
        Transfer memory filling = _filling(_offer, SELLER, 5_000_000);
        filling.version = 2;
        _send(_offer, filling);
        _next();
        _takeBack(BANK, bankKey, keccak256("an act"), 0);
        _next();
        _send(_pay(_id, 20_000_001));
        _next();
        Transfer memory onwards = _transfer(_id, OTHER, SELLER, 10_000_000);
        (onwards.start, onwards.version) = (20_000_000, 2);
        _send(onwards);
        _next();
        _distribute(_id, 0);
        _next();
    }

    /// @dev Folds the logs of the block that ends, and begins another.
    function _next() private {
        Log[] memory logs = _ofTheLedger(vm.getRecordedLogs());
        vm.assertTrue(logs.length > 0);
        for (uint256 i; i < logs.length; ++i) {
            uint8 kind = _kinds[logs[i].topics[0]];
            if (kind == 0) kind = 1;
            uint256 id = uint256(logs[i].topics[1]);
            bytes32 entry = keccak256(abi.encodePacked(logs[i].topics, logs[i].data));
            _expected[kind][id] = _fold(_expected[kind][id], kind, id, entry);
            _expected[0][0] = _fold(_expected[0][0], 0, 0, entry);
            _touchedKinds.push(kind);
            _touchedIds.push(id);
        }
        vm.warp(block.timestamp + 3600);
        vm.roll(block.number + 7);
        vm.recordLogs();
    }

    function _fold(bytes32 before, uint8 kind, uint256 id, bytes32 entry) private view returns (bytes32) {
        if (before == 0) {
            before = keccak256(abi.encode("duebill.journal.v1", block.chainid, address(ledger), kind, id));
        }
        bytes memory place = abi.encodePacked(uint48(block.timestamp), uint48(block.number), address(ledger));
        return keccak256(abi.encodePacked(before, place, entry));
    }

    /// @dev The head over logs of one block, without the one at `omitted`, the one at `moved` told before its forerunner.
    function _headOf(Log[] memory logs, uint256 omitted, uint256 moved) private view returns (bytes32 head) {
        for (uint256 i; i < logs.length; ++i) {
            if (i == omitted) continue;
            bool swaps = moved < logs.length && (i == moved || i + 1 == moved);
            uint256 position = swaps ? 2 * moved - 1 - i : i;
            head = _fold(head, 0, 0, keccak256(abi.encodePacked(logs[position].topics, logs[position].data)));
        }
    }

    function _ofTheLedger(Log[] memory logs) private view returns (Log[] memory own) {
        uint256 count;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(ledger)) ++count;
        }
        own = new Log[](count);
        count = 0;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(ledger)) own[count++] = logs[i];
        }
    }

    function _holds(bytes32 slot, uint256 word) private view {
        vm.assertTrue(word != 0);
        vm.assertEq(uint256(vm.load(address(ledger), slot)), word);
    }

    function _holdsFirst(bytes32 slot, uint256 word, uint256 bits) private view {
        vm.assertEq(uint256(vm.load(address(ledger), slot)) & ((1 << bits) - 1), word);
    }
}
