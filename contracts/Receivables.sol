// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Acts, Registers} from "./Acts.sol";
import {Journal} from "./Journal.sol";
import {ReceivableSlots, State, Usage} from "./State.sol";
import {Trades} from "./Trades.sol";
import {Signature} from "./acts/Signature.sol";
import {Accept, Confirm, Issue, Terms, Use, hashPayable, payablesLeaf} from "./acts/Terms.sol";
import {IssueRecord, LeafProof} from "./interfaces/ILedger.sol";
import {ILedgerErrors} from "./interfaces/ILedgerErrors.sol";
import {Confirmed} from "./interfaces/ILedgerEvents.sol";
import {Bound, Demand} from "./interfaces/IParties.sol";
import {CurrencyRule} from "./interfaces/IRules.sol";
import {Currency, PartyId, ReceivableId, TradeId} from "./types/Ids.sol";
import {newPiece, pieceId} from "./types/Piece.sol";
import {Power, Undertaking} from "./types/Power.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title How a debt comes into being: confirmed by the debtor, one or many at a time, and taken by the creditor.
library Receivables {
    uint256 internal constant MOST_USES = 64;
    uint256 internal constant MOST_PAYABLES = 64;

    /// @dev What all receivables that one act opens share; looked up once. persons: of the debtor, who confirmed.
    struct Opening {
        bytes32 act;
        bytes32 issue;
        uint16[] persons;
        PartyId debtor;
        PartyId creditor;
        Currency currency;
        uint32 rules;
        uint64 largestFace;
        uint48 latestDue;
        bool related;
    }

    // --- doors

    function confirm(
        State storage state,
        Registers calldata registers,
        Confirm calldata act,
        Signature[] calldata debtorSignatures,
        Signature[] calldata creditorSignatures
    ) external returns (ReceivableId id) {
        bytes32 terms = act.terms.hashTerms();
        bytes32 digest = Acts.digest(hashPayable(terms, act.uses));
        terms = Acts.digest(terms);
        uint16[] memory persons = _authoriseDebtor(state, registers, digest, act.terms, debtorSignatures);
        _authoriseCreditor(state, registers, terms, act.terms, creditorSignatures);
        Opening memory opening = _opening(registers, act.terms);
        (opening.act, opening.persons) = (digest, persons);
        id = _open(state, registers, opening, terms, act.terms, act.uses);
    }

    function accept(
        State storage state,
        Registers calldata registers,
        Issue calldata issue,
        Signature[] calldata issueSignatures,
        Accept calldata act,
        LeafProof calldata leaf,
        Signature[] calldata supplierSignatures
    ) external {
        bytes32 digest = Acts.digest(issue.hashIssue());
        _requireTakeable(state, digest, issue, act, leaf);
        _authoriseIssue(state, registers, digest, issue, issueSignatures);
        bytes32 accepted = Acts.digest(act.hashAccept());
        uint256 taken = _authoriseSupplier(state, registers, accepted, act, supplierSignatures);
        _countTaken(state, digest, accepted, uint32(act.payables.length), taken); // at most MOST_PAYABLES
        _openAll(state, registers, digest, accepted, issue, act, leaf);
    }

    // --- who

    function _authoriseDebtor(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Terms calldata terms,
        Signature[] calldata signatures
    ) private returns (uint16[] memory) {
        PartyId debtor = PartyId.wrap(terms.debtor);
        Acts.requireTimely(terms.deadline);
        Acts.requireLive(state, digest, debtor);
        Demand memory demand = Demand(debtor, Power.Confirm, 2, Currency.wrap(terms.currency), terms.face);
        return _personsOf(Acts.authorise(state, registers, digest, Acts.only(demand), signatures));
    }

    function _authoriseCreditor(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Terms calldata terms,
        Signature[] calldata signatures
    ) private {
        PartyId creditor = PartyId.wrap(terms.creditor);
        Acts.requireLive(state, digest, creditor);
        Demand memory demand = Demand(creditor, Power.Receive, 1, Currency.wrap(terms.currency), terms.face);
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
    }

    /// @dev The first acceptance under a root brings the debtor's signatures; signers, limits and day caps are held to the total, once.
    ///      Exactly two persons sign, so that both can be kept for later acceptances.
    function _authoriseIssue(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Issue calldata issue,
        Signature[] calldata signatures
    ) private {
        IssueRecord storage record = state.issues[digest];
        PartyId debtor = PartyId.wrap(issue.debtor);
        if (record.debtor != PartyId.wrap(0)) return;
        require(signatures.length > 0, ILedgerErrors.UnknownIssue(digest));
        require(signatures.length < 3, ILedgerErrors.TooMany(signatures.length, 2));
        require(issue.total > 0, ILedgerErrors.ZeroAmount());
        Acts.requireTimely(issue.deadline);
        Demand memory demand = Demand(debtor, Power.Confirm, 2, Currency.wrap(issue.currency), issue.total);
        Bound[] memory bound = Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
        (record.debtor, record.count, record.total) = (debtor, issue.count, issue.total);
        (record.firstPerson, record.secondPerson) = (bound[0].person, bound[1].person);
        _tellIssued(state, debtor, digest, issue);
    }

    function _authoriseSupplier(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        Accept calldata act,
        Signature[] calldata signatures
    ) private returns (uint256 taken) {
        Terms calldata first = act.payables[0];
        PartyId supplier = PartyId.wrap(first.creditor);
        Acts.requireLive(state, digest, supplier);
        for (uint256 i = 0; i < act.payables.length; ++i) {
            taken += act.payables[i].face;
        }
        uint64 total = state.issues[act.issue].total;
        require(taken <= total, ILedgerErrors.IssueExceeded(act.issue, taken, total));
        Demand memory demand = Demand(supplier, Power.Receive, 1, Currency.wrap(first.currency), uint64(taken));
        Acts.authorise(state, registers, digest, Acts.only(demand), signatures);
    }

    function _personsOf(Bound[] memory bound) private pure returns (uint16[] memory persons) {
        persons = new uint16[](bound.length);
        for (uint256 i = 0; i < bound.length; ++i) {
            persons[i] = bound[i].person;
        }
    }

    // --- what may be taken of an issue

    /// @dev Time, shape and revocations of issue and leaf; and that the leaf stands under the root.
    function _requireTakeable(
        State storage state,
        bytes32 digest,
        Issue calldata issue,
        Accept calldata act,
        LeafProof calldata leaf
    ) private view {
        require(act.issue == digest, ILedgerErrors.IssueDiffers(digest));
        require(block.timestamp <= issue.deadline, ILedgerErrors.DeadlinePassed(issue.deadline, block.timestamp));
        uint256 count = act.payables.length;
        require(count > 0, ILedgerErrors.ZeroAmount());
        require(count <= MOST_PAYABLES, ILedgerErrors.TooMany(count, MOST_PAYABLES));
        require(leaf.positions.length == count, ILedgerErrors.LengthsDiffer(leaf.positions.length, count));
        require(leaf.uses.length == count, ILedgerErrors.LengthsDiffer(leaf.uses.length, count));
        bytes32 node = payablesLeaf(act.payables[0].creditor, leaf.hashes);
        require(MerkleProof.verifyCalldata(leaf.proof, issue.root, node), ILedgerErrors.NotUnderRoot(node, issue.root));
        Acts.requireLive(state, digest, PartyId.wrap(issue.debtor));
        Acts.requireLive(state, digest, node, PartyId.wrap(issue.debtor));
    }

    function _countTaken(State storage state, bytes32 digest, bytes32 accepted, uint32 count, uint256 amount) private {
        IssueRecord storage record = state.issues[digest];
        uint256 taken = uint256(record.taken) + count;
        require(taken <= record.count, ILedgerErrors.IssueExceeded(digest, taken, record.count));
        uint256 total = uint256(record.takenTotal) + amount;
        require(total <= record.total, ILedgerErrors.IssueExceeded(digest, total, record.total));
        (record.taken, record.takenTotal) = (uint32(taken), uint64(total)); // at most count and total of the record
        Journal.payablesTaken(state.heads, record.debtor, accepted, digest, uint32(taken), uint64(total));
    }

    function _openAll(
        State storage state,
        Registers calldata registers,
        bytes32 digest,
        bytes32 accepted,
        Issue calldata issue,
        Accept calldata act,
        LeafProof calldata leaf
    ) private {
        Opening memory opening = _opening(registers, act.payables[0]);
        (opening.act, opening.issue, opening.persons) = (accepted, digest, _personsOf(state.issues[digest]));
        for (uint256 i = 0; i < act.payables.length; ++i) {
            Terms calldata terms = act.payables[i];
            _requireOfIssue(digest, issue, act.payables[0].creditor, terms);
            bytes32 hash = terms.hashTerms();
            _requireListed(leaf, i, hash);
            _open(state, registers, opening, Acts.digest(hash), terms, leaf.uses[i]);
        }
    }

    function _requireOfIssue(bytes32 digest, Issue calldata issue, uint32 supplier, Terms calldata terms) private view {
        bool same = terms.debtor == issue.debtor && terms.creditor == supplier && terms.currency == issue.currency;
        bool within = terms.rules == issue.rules && terms.dueAt <= issue.lastDueAt && terms.deadline <= issue.deadline;
        require(same && within, ILedgerErrors.IssueDiffers(digest));
        Acts.requireTimely(terms.deadline);
    }

    /// @dev The payable stands in the leaf where the supplier says; positions ascend, so none is taken twice in an act.
    function _requireListed(LeafProof calldata leaf, uint256 i, bytes32 terms) private pure {
        uint256 position = leaf.positions[i];
        bytes32 found = hashPayable(terms, leaf.uses[i]);
        bytes32 wanted = position < leaf.hashes.length ? leaf.hashes[position] : bytes32(0);
        bool ascends = i == 0 || leaf.positions[i - 1] < position;
        require(ascends && found == wanted, ILedgerErrors.PayableDiffers(position, found, wanted));
    }

    function _personsOf(IssueRecord storage record) private view returns (uint16[] memory persons) {
        persons = new uint16[](2);
        (persons[0], persons[1]) = (record.firstPerson, record.secondPerson);
    }

    function _tellIssued(State storage state, PartyId debtor, bytes32 digest, Issue calldata issue) private {
        Journal.payablesIssued(
            state.heads,
            debtor,
            digest,
            Journal.Issued(
                issue.root,
                Currency.wrap(issue.currency),
                issue.count,
                issue.total,
                issue.lastDueAt,
                issue.rules,
                issue.deadline
            )
        );
    }

    // --- the debt

    /// @dev What the rules in force say of a debt in this currency between these two parties, confirmed now.
    function _opening(Registers calldata registers, Terms calldata terms)
        private
        view
        returns (Opening memory opening)
    {
        opening.debtor = PartyId.wrap(terms.debtor);
        opening.creditor = PartyId.wrap(terms.creditor);
        opening.currency = Currency.wrap(terms.currency);
        opening.rules = registers.rules.current();
        require(terms.rules == opening.rules, ILedgerErrors.RulesNotInForce(terms.rules, opening.rules));
        CurrencyRule memory rule = registers.rules.currencyRule(opening.rules, opening.currency);
        require(rule.token != address(0), ILedgerErrors.CurrencyNotAllowed(opening.currency));
        opening.largestFace = rule.largestFace;
        // Seconds stay below 2^48 for nine million years.
        opening.latestDue = registers.rules.latestDue(opening.rules, uint48(block.timestamp));
        uint32 group = registers.parties.groupOf(opening.debtor);
        opening.related = group != 0 && group == registers.parties.groupOf(opening.creditor);
    }

    function _open(
        State storage state,
        Registers calldata registers,
        Opening memory opening,
        bytes32 termsDigest,
        Terms calldata terms,
        Use[] calldata uses
    ) private returns (ReceivableId id) {
        id = ReceivableId.wrap(uint192(bytes24(termsDigest)));
        require(state.receivables[id].debtor == PartyId.wrap(0), ILedgerErrors.ReceivableExists(id));
        _requireOpenable(registers, opening, terms);
        _store(state, opening, id, terms);
        _use(state, opening, id, terms.face, uses);
        if (terms.trade == 0) return id;
        Trades.Drawing memory drawing =
            Trades.Drawing(opening.debtor, opening.creditor, opening.currency, terms.face, opening.persons);
        Trades.draw(state, TradeId.wrap(terms.trade), opening.act, id, drawing);
    }

    function _requireOpenable(Registers calldata registers, Opening memory opening, Terms calldata terms) private view {
        require(opening.debtor != opening.creditor, ILedgerErrors.SameParty(opening.debtor));
        require(terms.face > 0, ILedgerErrors.ZeroAmount());
        require(terms.face <= opening.largestFace, ILedgerErrors.AboveFace(terms.face, opening.largestFace));
        require(terms.dueAt > block.timestamp, ILedgerErrors.DueTooEarly(terms.dueAt, block.timestamp));
        require(terms.dueAt <= opening.latestDue, ILedgerErrors.DueTooLate(terms.dueAt, opening.latestDue));
        require(
            terms.undertaking == uint8(Undertaking.Unconditional) || terms.undertaking == uint8(Undertaking.Reserved),
            ILedgerErrors.BadUndertaking(terms.undertaking)
        );
        _requireThird(registers, opening.debtor, terms.agent);
        _requireThird(registers, opening.debtor, terms.guarantor);
    }

    /// @dev A debtor that is its own agent would acknowledge its own bank payments, and end pieces that it never paid.
    function _requireThird(Registers calldata registers, PartyId debtor, uint32 party) private view {
        if (party == 0) return;
        require(debtor != PartyId.wrap(party), ILedgerErrors.SameParty(debtor));
        require(party <= registers.parties.count(), ILedgerErrors.UnknownParty(PartyId.wrap(party)));
    }

    function _store(State storage state, Opening memory opening, ReceivableId id, Terms calldata terms) private {
        state.receivables[id] = ReceivableSlots({
            debtor: opening.debtor,
            creditor: opening.creditor,
            face: terms.face,
            dueAt: terms.dueAt,
            undertaking: terms.undertaking,
            rules: opening.rules,
            related: opening.related,
            agent: PartyId.wrap(terms.agent),
            guarantor: PartyId.wrap(terms.guarantor),
            currency: opening.currency,
            confirmedAt: uint48(block.timestamp), // below 2^48 for nine million years
            trade: TradeId.wrap(terms.trade)
        });
        state.pieces[pieceId(id, 0)] = newPiece(opening.creditor, terms.face);
        Journal.receivableConfirmed(state.heads, id, opening.act, _confirmed(opening, terms));
    }

    function _confirmed(Opening memory opening, Terms calldata terms) private pure returns (Confirmed memory) {
        return Confirmed({
            debtor: opening.debtor,
            creditor: opening.creditor,
            face: terms.face,
            currency: opening.currency,
            dueAt: terms.dueAt,
            place: terms.place,
            undertaking: terms.undertaking,
            text: terms.text,
            trade: TradeId.wrap(terms.trade),
            agent: PartyId.wrap(terms.agent),
            guarantor: PartyId.wrap(terms.guarantor),
            invoices: terms.invoices,
            rules: opening.rules,
            issue: opening.issue,
            related: opening.related
        });
    }

    // --- what the debt uses of invoices

    function _use(State storage state, Opening memory opening, ReceivableId id, uint64 face, Use[] calldata uses)
        private
    {
        require(uses.length <= MOST_USES, ILedgerErrors.TooMany(uses.length, MOST_USES));
        uint256 sum = 0;
        for (uint256 i = 0; i < uses.length; ++i) {
            sum += uses[i].amount;
            _useOne(state, opening, id, uses[i]);
        }
        require(sum == face, ILedgerErrors.UsesDiffer(sum, face));
    }

    /// @dev The first use of an invoice fixes what it leaves payable; all later ones count against that.
    function _useOne(State storage state, Opening memory opening, ReceivableId id, Use calldata use) private {
        PartyId debtor = opening.debtor;
        Usage storage usage = state.usages[debtor][use.tag];
        (uint64 used, uint64 total) = (usage.used, usage.total);
        require(use.amount > 0, ILedgerErrors.ZeroAmount());
        require(total == 0 || total == use.total, ILedgerErrors.InvoiceTotalDiffers(debtor, use.tag, use.total, total));
        uint64 remaining = use.total - used; // used never exceeds the total, 0 before the first use
        require(use.amount <= remaining, ILedgerErrors.InvoiceExhausted(debtor, use.tag, use.amount, remaining));
        used += use.amount;
        (usage.used, usage.total) = (used, use.total);
        Journal.invoiceUsed(state.heads, id, opening.act, Journal.Used(debtor, use.tag, use.amount, use.total, used));
    }
}
