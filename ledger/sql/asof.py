"""As of which block: versioned rows hold in [from_block, to_block)."""

from sqlalchemy import ColumnElement, Table, and_, or_


def still_open(table: Table) -> ColumnElement[bool]:
    """The condition for the rows that hold now, at the stored head."""
    return table.c.to_block.is_(None)


def as_of(table: Table, block: int) -> ColumnElement[bool]:
    """The condition for what held after block `block`: versioned rows by their range, appended rows by their block."""
    if "from_block" not in table.c:
        return table.c.block <= block
    return and_(
        table.c.from_block <= block,
        or_(table.c.to_block.is_(None), table.c.to_block > block),
    )
