// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acts, Registers} from "./Acts.sol";
import {Journal} from "./Journal.sol";
import {State, TradeSlot} from "./State.sol";
import {Signature} from "./acts/Signature.sol";
import {Invoice, Order, Receipt} from "./acts/Trade.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {Bound, Demand} from "./interfaces/IParties.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {Power} from "./types/Power.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title What buyer and seller record of a trade, and how far it may be drawn.
library Trades {
    function order(
        State storage state,
        Registers calldata registers,
        Order calldata act,
        Signature[] calldata signatures
    ) external returns (TradeId id) {
        bytes32 digest = Acts.digest(act.hashOrder());
        _authoriseOrder(state, registers, digest, act, signatures);
        id = TradeId.wrap(digest);
        TradeSlot storage slot = state.trades[id];
        require(slot.buyer == PartyId.wrap(0), ILedgerErrors.TradeExists(id));
        (slot.buyer, slot.seller) = (PartyId.wrap(act.buyer), PartyId.wrap(act.seller));
        slot.currency = Currency.wrap(act.currency);
        Journal.tradeOrdered(
            state.heads, id, digest, Journal.Ordered(slot.buyer, slot.seller, slot.currency, act.amount, act.document)
        );
    }

    /// @dev One person signs a receipt, and is kept: nobody confirms a debt for goods that he received himself.
    function recordReceipt(
        State storage state,
        Registers calldata registers,
        Receipt calldata act,
        Signature[] calldata signatures
    ) external {
        (TradeId id, bytes32 digest) = (TradeId.wrap(act.trade), Acts.digest(act.hashReceipt()));
        TradeSlot memory slot = _known(state, id);
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, slot.buyer);
        Demand memory demand = Demand(slot.buyer, Power.Receive, 1, slot.currency, act.amount);
        Bound[] memory bound = Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
        require(bound.length == 1, ILedgerErrors.TooMany(bound.length, 1));
        require(act.amount > 0, ILedgerErrors.ZeroAmount());
        require(!state.receipts[slot.buyer][act.tag], ILedgerErrors.ReceiptCounted(slot.buyer, act.tag));
        state.receipts[slot.buyer][act.tag] = true;
        uint16 person = bound[0].person;
        state.receiptSigners[id][person >> 8] |= 1 << (person & 0xff);
        uint64 received = SafeCast.toUint64(uint256(slot.received) + act.amount);
        state.trades[id].received = received;
        Journal.tradeReceived(
            state.heads, id, digest, Journal.Received(act.tag, act.amount, act.document, person, received)
        );
    }

    function recordInvoice(
        State storage state,
        Registers calldata registers,
        Invoice calldata act,
        Signature[] calldata signatures
    ) external {
        (TradeId id, bytes32 digest) = (TradeId.wrap(act.trade), Acts.digest(act.hashInvoice()));
        TradeSlot memory slot = _known(state, id);
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, slot.seller);
        Demand memory demand = Demand(slot.seller, Power.Propose, 1, slot.currency, act.amount);
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
        require(act.amount > 0, ILedgerErrors.ZeroAmount());
        Acts.spend(state, digest);
        Journal.tradeInvoiced(state.heads, id, digest, act.amount, act.document);
    }

    /// @dev Draws a receivable's face on its trade: never more than was received, never by a person who signed a receipt of it.
    function draw(State storage state, TradeId id, bytes32 act, ReceivableId receivable, Drawing memory drawing)
        internal
    {
        TradeSlot memory slot = _known(state, id);
        require(
            slot.buyer == drawing.buyer && slot.seller == drawing.seller && slot.currency == drawing.currency,
            ILedgerErrors.TradeDiffers(id, slot.buyer, slot.seller, slot.currency)
        );
        for (uint256 i = 0; i < drawing.persons.length; ++i) {
            uint16 person = drawing.persons[i];
            require(!signedReceipt(state, id, person), ILedgerErrors.SignedReceipt(id, person));
        }
        uint256 drawn = uint256(slot.drawn) + drawing.amount;
        require(drawn <= slot.received, ILedgerErrors.AboveReceived(id, drawn, slot.received));
        state.trades[id].drawn = uint64(drawn); // at most received, which is a uint64
        Journal.tradeDrawn(state.heads, id, act, receivable, uint64(drawn));
    }

    /// @dev What a receivable draws on a trade, and the debtor's persons who confirm it.
    struct Drawing {
        PartyId buyer;
        PartyId seller;
        Currency currency;
        uint64 amount;
        uint16[] persons;
    }

    function signedReceipt(State storage state, TradeId id, uint16 person) internal view returns (bool) {
        return state.receiptSigners[id][person >> 8] >> (person & 0xff) & 1 == 1;
    }

    function _authoriseOrder(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Order calldata act,
        Signature[] calldata signatures
    ) private {
        (PartyId buyer, PartyId seller) = (PartyId.wrap(act.buyer), PartyId.wrap(act.seller));
        require(buyer != seller, ILedgerErrors.SameParty(buyer));
        require(act.amount > 0, ILedgerErrors.ZeroAmount());
        Acts.requireTimely(act.deadline);
        Acts.requireLive(state, digest, buyer);
        Acts.requireLive(state, digest, seller);
        Currency currency = Currency.wrap(act.currency);
        Demand[] memory demands = Acts.both(
            Demand(buyer, Power.Propose, 1, currency, act.amount),
            Demand(seller, Power.Propose, 1, currency, act.amount)
        );
        Acts.authorise(state, registers, digest, demands, signatures);
    }

    function _known(State storage state, TradeId id) private view returns (TradeSlot memory slot) {
        slot = state.trades[id];
        require(slot.buyer != PartyId.wrap(0), ILedgerErrors.UnknownTrade(id));
    }
}
