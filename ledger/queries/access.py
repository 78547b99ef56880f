"""Who sees what: the one place. Every other query asks here and adds the condition that it gets.

A party sees a receivable where it is debtor, creditor, agent or guarantor, holds or held a piece, was asked
to quote, or where a draft that binds it was put up by somebody who sees it; an auditor sees all that the
mirror has of the chain, but no draft, packet or operation of others. The register of parties and the rules
are open to everybody who is signed in."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select, true

from ledger.domain.errors import NotAllowed
from ledger.sql.asof import still_open
from ledger.sql.sessions import Read
from ledger.sql.tables import book, offchain, outbox

AUDITOR = 16


@dataclass(frozen=True)
class Viewer:
    """Who is asking. party, person: None until the signer is enrolled and active; roles, powers: masks,
    0 then."""

    signer: bytes
    party: int | None
    person: int | None
    powers: int
    roles: int

    @property
    def audits(self) -> bool:
        """Whether the viewer's party is an auditor."""
        return bool(self.roles & AUDITOR)


def viewer_of(read: Read, signer: bytes, chain_time: int) -> Viewer:
    """What the register says of a signer now."""
    table, party = book.signer.c, book.party.c
    row = read.first(
        select(table.party, table.person, table.powers, table.active_from, party.roles)
        .join(book.party, and_(party.party == table.party, still_open(book.party)))
        .where(table.signer == signer, still_open(book.signer))
    )
    if row is None or row.active_from > chain_time:
        return Viewer(signer, None, None, 0, 0)
    return Viewer(signer, row.party, row.person, row.powers, row.roles)


def party_of(viewer: Viewer, what: str) -> int:
    """The viewer's party. Raises NotAllowed where it has none yet."""
    if viewer.party is None:
        raise NotAllowed(what=what, reason="this signer is not enrolled with a party yet")
    return viewer.party


def own_or_audited(viewer: Viewer, party: int, what: str) -> None:
    """Lets the party itself and auditors pass. Raises NotAllowed."""
    if not viewer.audits and viewer.party != party:
        raise NotAllowed(what=what, reason=f"only party {party} and auditors see it")


def sees_receivables(viewer: Viewer, receivable: ColumnElement[bytes] | None = None) -> ColumnElement[bool]:
    """The condition on book.receivable, or on another column that holds a receivable's id."""
    if viewer.audits:
        return true()
    if viewer.party is None:
        return false()
    table = book.receivable.c
    if receivable is None:
        named = or_(
            *(each == viewer.party for each in (table.debtor, table.creditor, table.agent, table.guarantor))
        )
        return or_(named, table.receivable.in_(_held_or_shown(viewer.party)))
    return receivable.in_(select(table.receivable).where(sees_receivables(viewer)))


def _held_or_shown(party: int) -> Select[tuple[bytes]]:
    piece, moved, draft = book.piece.c, book.assignment.c, offchain.draft.c
    held = select(piece.receivable).where(piece.holder == party)
    passed = select(moved.receivable).where(or_(moved.from_party == party, moved.to_party == party))
    asked = select(offchain.quote_request.c.receivable).where(offchain.quote_request.c.financier == party)
    shown = select(draft.receivable).where(draft.receivable.is_not(None), draft.parties.contains([party]))
    return select(held.union(passed, asked, shown).subquery().c[0])


def sees_trades(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on book.trade: its buyer, its seller, auditors."""
    if viewer.audits:
        return true()
    if viewer.party is None:
        return false()
    return or_(book.trade.c.buyer == viewer.party, book.trade.c.seller == viewer.party)


def sees_own(viewer: Viewer, party: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition on a column that names the one party concerned."""
    if viewer.audits:
        return true()
    return false() if viewer.party is None else party == viewer.party


def sees_papers(viewer: Viewer, table: Table) -> ColumnElement[bool]:
    """The condition on app.draft and outbox.operation: whom they bind or name; auditors get nothing extra."""
    named = table.c.signers.contains([viewer.signer])
    if viewer.party is None:
        return named
    return or_(named, table.c.parties.contains([viewer.party]))


def sees_drafts(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on app.draft."""
    return sees_papers(viewer, offchain.draft)


def sees_operations(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on outbox.operation."""
    return sees_papers(viewer, outbox.operation)


def sees_packets(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on app.sealed: sender and receiver."""
    if viewer.party is None:
        return false()
    return or_(offchain.sealed.c.sender == viewer.party, offchain.sealed.c.to_party == viewer.party)


def sees_requests(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on app.quote_request: the holder that asks, the financier that is asked."""
    if viewer.party is None:
        return false()
    return or_(
        offchain.quote_request.c.holder == viewer.party, offchain.quote_request.c.financier == viewer.party
    )


def sees_issues(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on app.issue_document: the debtor, and once it is complete the suppliers addressed."""
    if viewer.party is None:
        return false()
    table = offchain.issue_document.c
    addressed = and_(table.complete, table.suppliers.contains([viewer.party]))
    return or_(table.debtor == viewer.party, addressed)
