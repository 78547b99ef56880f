// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Confirmed, ILedgerEvents} from "./interfaces/ILedgerEvents.sol";
import {IParties, PartyRecord} from "./interfaces/IParties.sol";
import {CurrencyRule, IRules, RuleSet} from "./interfaces/IRules.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {Piece} from "./types/Piece.sol";
import {Power, SignerKind} from "./types/Power.sol";
import {Last, Level, Returns} from "./types/Standing.sol";

/// @dev The running hashes of one contract: of all its events, and of each subject. Fills two slots. A slot never written counts as the
///      subject's seed.
struct Heads {
    bytes32 head;
    mapping(uint8 kind => mapping(uint256 id => bytes32 journal)) journals;
}

/// @title The only place where journalled events are emitted; each is folded as it is told.
/// @dev All fields are static, so `abi.encode` of the signature's hash, the indexed and the other fields is the raw log's topics ‖ data.
///      Functions with many fields take them as a struct in memory: its encoding is the same, and the stack stays shallow.
library Journal {
    uint8 internal constant CONTRACT = 0;
    uint8 internal constant RECEIVABLE = 1;
    uint8 internal constant TRADE = 2;
    uint8 internal constant PARTY = 3;
    uint8 internal constant RULES = 4;

    /// @dev Fields of TradeOrdered after `act`.
    struct Ordered {
        PartyId buyer;
        PartyId seller;
        Currency currency;
        uint64 amount;
        bytes32 document;
    }

    /// @dev Fields of TradeReceived after `act`.
    struct Received {
        bytes32 tag;
        uint64 amount;
        bytes32 document;
        uint16 person;
        uint64 received;
    }

    /// @dev Fields of InvoiceUsed after `act`.
    struct Used {
        PartyId debtor;
        bytes32 tag;
        uint64 amount;
        uint64 total;
        uint64 used;
    }

    /// @dev Fields of PieceCut after `act`.
    struct Cut {
        uint64 leftStart;
        Piece left;
        uint64 rightStart;
        Piece right;
    }

    /// @dev Fields of PieceTransferred after `act`.
    struct Transferred {
        uint64 start;
        Piece piece;
        PartyId from;
        uint64 price;
        bool recourse;
        bytes32 undoes;
        bytes32 quote;
    }

    /// @dev Fields of PiecePaid after `act`.
    struct Paid {
        uint64 start;
        Piece piece;
        uint64 amount;
        bool credited;
        Last last;
    }

    /// @dev Fields of PayablesIssued after `act`.
    struct Issued {
        bytes32 root;
        Currency currency;
        uint32 count;
        uint64 total;
        uint48 lastDueAt;
        uint32 rules;
        uint48 deadline;
    }

    /// @dev Fields of CapUsed after `act`.
    struct Cap {
        address signer;
        Currency currency;
        uint8 power;
        uint32 day;
        uint64 amount;
    }

    /// @dev Fields of SignerEnrolled after `act`.
    struct Enrolled {
        address signer;
        SignerKind kind;
        uint16 person;
        uint16 powers;
        uint48 activeFrom;
    }

    /// @dev Fields of LimitSet after `act`.
    struct Limited {
        address signer;
        Currency currency;
        Power power;
        uint64 perAct;
        uint64 perDay;
    }

    // --- running hashes

    /// @dev Where the journal of a subject of this contract begins.
    function seed(uint8 kind, uint256 id) internal view returns (bytes32) {
        return keccak256(abi.encode("duebill.journal.v1", block.chainid, address(this), kind, id));
    }

    /// @dev The journal as it stands, the seed where nothing was folded yet. Kind 0 and id 0: the contract's head.
    function read(Heads storage heads, uint8 kind, uint256 id) internal view returns (bytes32) {
        bytes32 stored = kind == CONTRACT && id == 0 ? heads.head : heads.journals[kind][id];
        return stored == 0 ? seed(kind, id) : stored;
    }

    /// @dev Folds one log into its subject's journal and into the contract's head.
    function _fold(Heads storage heads, uint8 kind, uint256 id, bytes32 entry) private {
        // Time and block number stay below 2^48 for nine million years.
        uint256 place = (block.timestamp << 208) | (block.number << 160) | uint256(uint160(address(this)));
        heads.journals[kind][id] = keccak256(abi.encode(read(heads, kind, id), place, entry));
        heads.head = keccak256(abi.encode(read(heads, CONTRACT, 0), place, entry));
    }

    function _foldTrade(Heads storage heads, TradeId trade, bytes memory log) private {
        _fold(heads, TRADE, uint256(TradeId.unwrap(trade)), keccak256(log));
    }

    function _foldReceivable(Heads storage heads, ReceivableId receivable, bytes memory log) private {
        _fold(heads, RECEIVABLE, ReceivableId.unwrap(receivable), keccak256(log));
    }

    function _foldParty(Heads storage heads, PartyId party, bytes memory log) private {
        _fold(heads, PARTY, PartyId.unwrap(party), keccak256(log));
    }

    function _foldRules(Heads storage heads, uint32 version, bytes memory log) private {
        _fold(heads, RULES, version, keccak256(log));
    }

    // --- ledger, subject: trade

    function tradeOrdered(Heads storage heads, TradeId trade, bytes32 act, Ordered memory f) internal {
        emit ILedgerEvents.TradeOrdered(trade, act, f.buyer, f.seller, f.currency, f.amount, f.document);
        _foldTrade(heads, trade, abi.encode(ILedgerEvents.TradeOrdered.selector, trade, act, f));
    }

    function tradeReceived(Heads storage heads, TradeId trade, bytes32 act, Received memory f) internal {
        emit ILedgerEvents.TradeReceived(trade, act, f.tag, f.amount, f.document, f.person, f.received);
        _foldTrade(heads, trade, abi.encode(ILedgerEvents.TradeReceived.selector, trade, act, f));
    }

    function tradeInvoiced(Heads storage heads, TradeId trade, bytes32 act, uint64 amount, bytes32 document) internal {
        emit ILedgerEvents.TradeInvoiced(trade, act, amount, document);
        _foldTrade(heads, trade, abi.encode(ILedgerEvents.TradeInvoiced.selector, trade, act, amount, document));
    }

    function tradeDrawn(Heads storage heads, TradeId trade, bytes32 act, ReceivableId receivable, uint64 drawn)
        internal
    {
        emit ILedgerEvents.TradeDrawn(trade, act, receivable, drawn);
        _foldTrade(heads, trade, abi.encode(ILedgerEvents.TradeDrawn.selector, trade, act, receivable, drawn));
    }

    // --- ledger, subject: receivable

    function receivableConfirmed(Heads storage heads, ReceivableId receivable, bytes32 act, Confirmed memory terms)
        internal
    {
        emit ILedgerEvents.ReceivableConfirmed(receivable, act, terms);
        _foldReceivable(
            heads, receivable, abi.encode(ILedgerEvents.ReceivableConfirmed.selector, receivable, act, terms)
        );
    }

    function invoiceUsed(Heads storage heads, ReceivableId receivable, bytes32 act, Used memory f) internal {
        emit ILedgerEvents.InvoiceUsed(receivable, act, f.debtor, f.tag, f.amount, f.total, f.used);
        _foldReceivable(heads, receivable, abi.encode(ILedgerEvents.InvoiceUsed.selector, receivable, act, f));
    }

    function pieceCut(Heads storage heads, ReceivableId receivable, bytes32 act, Cut memory f) internal {
        emit ILedgerEvents.PieceCut(receivable, act, f.leftStart, f.left, f.rightStart, f.right);
        _foldReceivable(heads, receivable, abi.encode(ILedgerEvents.PieceCut.selector, receivable, act, f));
    }

    function pieceTransferred(Heads storage heads, ReceivableId receivable, bytes32 act, Transferred memory f)
        internal
    {
        emit ILedgerEvents.PieceTransferred(
            receivable, act, f.start, f.piece, f.from, f.price, f.recourse, f.undoes, f.quote
        );
        _foldReceivable(heads, receivable, abi.encode(ILedgerEvents.PieceTransferred.selector, receivable, act, f));
    }

    function piecePaid(Heads storage heads, ReceivableId receivable, bytes32 act, Paid memory f) internal {
        emit ILedgerEvents.PiecePaid(receivable, act, f.start, f.piece, f.amount, f.credited, f.last);
        _foldReceivable(heads, receivable, abi.encode(ILedgerEvents.PiecePaid.selector, receivable, act, f));
    }

    function pieceBankPaid(
        Heads storage heads,
        ReceivableId receivable,
        bytes32 act,
        uint64 start,
        Piece piece,
        uint64 amount,
        bytes32 evidence
    ) internal {
        emit ILedgerEvents.PieceBankPaid(receivable, act, start, piece, amount, evidence);
        _foldReceivable(
            heads,
            receivable,
            abi.encode(ILedgerEvents.PieceBankPaid.selector, receivable, act, start, piece, amount, evidence)
        );
    }

    function pieceAcknowledged(
        Heads storage heads,
        ReceivableId receivable,
        bytes32 act,
        uint64 start,
        Piece piece,
        PartyId by,
        bytes32 bankPaid
    ) internal {
        emit ILedgerEvents.PieceAcknowledged(receivable, act, start, piece, by, bankPaid);
        _foldReceivable(
            heads,
            receivable,
            abi.encode(ILedgerEvents.PieceAcknowledged.selector, receivable, act, start, piece, by, bankPaid)
        );
    }

    function receivablePaid(
        Heads storage heads,
        ReceivableId receivable,
        bytes32 act,
        uint64 rise,
        uint64 pulled,
        Level level,
        Returns returns_
    ) internal {
        emit ILedgerEvents.ReceivablePaid(receivable, act, rise, pulled, level, returns_);
        _foldReceivable(
            heads,
            receivable,
            abi.encode(ILedgerEvents.ReceivablePaid.selector, receivable, act, rise, pulled, level, returns_)
        );
    }

    function receivableReturned(
        Heads storage heads,
        ReceivableId receivable,
        bytes32 act,
        uint64 start,
        Returns returns_
    ) internal {
        emit ILedgerEvents.ReceivableReturned(receivable, act, start, returns_);
        _foldReceivable(
            heads, receivable, abi.encode(ILedgerEvents.ReceivableReturned.selector, receivable, act, start, returns_)
        );
    }

    // --- ledger, subject: party

    function payablesIssued(Heads storage heads, PartyId party, bytes32 act, Issued memory f) internal {
        emit ILedgerEvents.PayablesIssued(
            party, act, f.root, f.currency, f.count, f.total, f.lastDueAt, f.rules, f.deadline
        );
        _foldParty(heads, party, abi.encode(ILedgerEvents.PayablesIssued.selector, party, act, f));
    }

    function payablesTaken(
        Heads storage heads,
        PartyId party,
        bytes32 act,
        bytes32 issue,
        uint32 taken,
        uint64 takenTotal
    ) internal {
        emit ILedgerEvents.PayablesTaken(party, act, issue, taken, takenTotal);
        _foldParty(heads, party, abi.encode(ILedgerEvents.PayablesTaken.selector, party, act, issue, taken, takenTotal));
    }

    function quoteFilled(Heads storage heads, PartyId party, bytes32 act, bytes32 quote, uint64 filled) internal {
        emit ILedgerEvents.QuoteFilled(party, act, quote, filled);
        _foldParty(heads, party, abi.encode(ILedgerEvents.QuoteFilled.selector, party, act, quote, filled));
    }

    function capUsed(Heads storage heads, PartyId party, bytes32 act, Cap memory f) internal {
        emit ILedgerEvents.CapUsed(party, act, f.signer, f.currency, f.power, f.day, f.amount);
        _foldParty(heads, party, abi.encode(ILedgerEvents.CapUsed.selector, party, act, f));
    }

    function partyCredited(Heads storage heads, PartyId party, bytes32 act, address token, uint64 credit) internal {
        emit ILedgerEvents.PartyCredited(party, act, token, credit);
        _foldParty(heads, party, abi.encode(ILedgerEvents.PartyCredited.selector, party, act, token, credit));
    }

    function actRevoked(Heads storage heads, PartyId party, bytes32 act, bytes32 digest, bytes32 leaf) internal {
        emit ILedgerEvents.ActRevoked(party, act, digest, leaf);
        _foldParty(heads, party, abi.encode(ILedgerEvents.ActRevoked.selector, party, act, digest, leaf));
    }

    // --- register of parties

    function partyAdmitted(Heads storage heads, PartyId party, bytes32 act, PartyRecord memory record) internal {
        emit IParties.PartyAdmitted(party, act, record);
        _foldParty(heads, party, abi.encode(IParties.PartyAdmitted.selector, party, act, record));
    }

    function personEnrolled(Heads storage heads, PartyId party, bytes32 act, uint16 person, bytes32 commitment)
        internal
    {
        emit IParties.PersonEnrolled(party, act, person, commitment);
        _foldParty(heads, party, abi.encode(IParties.PersonEnrolled.selector, party, act, person, commitment));
    }

    function signerEnrolled(Heads storage heads, PartyId party, bytes32 act, Enrolled memory f) internal {
        emit IParties.SignerEnrolled(party, act, f.signer, f.kind, f.person, f.powers, f.activeFrom);
        _foldParty(heads, party, abi.encode(IParties.SignerEnrolled.selector, party, act, f));
    }

    function limitSet(Heads storage heads, PartyId party, bytes32 act, Limited memory f) internal {
        emit IParties.LimitSet(party, act, f.signer, f.currency, f.power, f.perAct, f.perDay);
        _foldParty(heads, party, abi.encode(IParties.LimitSet.selector, party, act, f));
    }

    function guardianNamed(Heads storage heads, PartyId party, bytes32 act, address guardian) internal {
        emit IParties.GuardianNamed(party, act, guardian);
        _foldParty(heads, party, abi.encode(IParties.GuardianNamed.selector, party, act, guardian));
    }

    // --- rules

    function rulesPublished(Heads storage heads, uint32 version, RuleSet memory rules) internal {
        emit IRules.RulesPublished(version, rules);
        _foldRules(heads, version, abi.encode(IRules.RulesPublished.selector, version, rules));
    }

    function currencyAllowed(Heads storage heads, uint32 version, Currency currency, CurrencyRule memory rule)
        internal
    {
        emit IRules.CurrencyAllowed(version, currency, rule);
        _foldRules(heads, version, abi.encode(IRules.CurrencyAllowed.selector, version, currency, rule));
    }
}
