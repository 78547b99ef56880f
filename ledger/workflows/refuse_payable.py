"""A supplier refuses one payable of an issue; only the debtor and itself see that."""

from sqlalchemy.dialects.postgresql import insert

from ledger.domain.errors import NotAllowed
from ledger.queries.access import party_of
from ledger.queries.papers import issue as stored_issue
from ledger.queries.written import Answer, hex_text
from ledger.sql.tables import offchain
from ledger.workflows.acting import Acting


def refuse_payable(acting: Acting, digest: bytes, payable: bytes, reason: str) -> Answer:
    """The refusal as kept; the second one of the same payable changes the reason. Raises NotFound,
    NotAllowed."""
    supplier = party_of(acting.viewer, "refusal")
    row = stored_issue(acting.app, digest, acting.viewer)
    if supplier not in row.suppliers:
        raise NotAllowed(what="refusal", reason="only a supplier to whom the issue is addressed refuses")
    statement = insert(offchain.payable_refusal).values(
        issue=digest, payable=payable, supplier=supplier, reason=reason, created_at=acting.now
    )
    acting.app.run(
        statement.on_conflict_do_update(
            index_elements=["issue", "payable", "supplier"], set_={"reason": reason}
        )
    )
    return {
        "supplier": supplier,
        "payable": hex_text(payable),
        "reason": reason,
        "created_at": acting.now,
    }
