"""As of which block an answer is given: a number and a hash, so that a reorganisation is noticed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ledger.queries.refusals import AsOfGone, AsOfUnknown, NothingMirrored
from ledger.queries.written import Answer, hex_text, moment
from ledger.sql.sessions import Read
from ledger.sql.tables import book, raw


@dataclass(frozen=True)
class Head:
    """The stored head. final: the last block at the network's finality that was also checked against the
    contracts' heads."""

    number: int
    hash: bytes
    time: int
    first: int
    final: int


@dataclass(frozen=True)
class Pin:
    """The block that an answer stands at; final: number of the last final block when the pin was made."""

    number: int
    hash: bytes
    time: int
    final: int

    @property
    def answer(self) -> Answer:
        """As api/schemas/fields.At."""
        return {
            "number": self.number,
            "hash": hex_text(self.hash),
            "time": self.moment,
            "final": self.is_final(self.number),
        }

    @property
    def moment(self) -> datetime:
        """The block's time."""
        return moment(self.time)

    def is_final(self, block: int) -> bool:
        """Whether a row that began at `block` is final."""
        return block <= self.final


def head(read: Read) -> Head:
    """The stored head. Raises NothingMirrored before the first batch."""
    table = book.checkpoint.c
    row = read.first(
        select(
            table.number, table.hash, table.time, table.first_number, table.final_number, table.checked_number
        )
    )
    if row is None:
        raise NothingMirrored(what="the mirror has not stored a block yet")
    return Head(
        row.number,
        row.hash,
        row.time,
        row.first_number,
        min(row.final_number, row.checked_number, row.number),
    )


def pin(read: Read, asked: str | None, default: str) -> Pin:
    """The block that `asked` names: a number, a hash, `head` or `final`; absent: `default`.

    Raises AsOfUnknown for a block beyond the head or before the first, AsOfGone for a hash that the chain
    no longer has."""
    now = head(read)
    text = asked or default
    if text == "head":
        return Pin(now.number, now.hash, now.time, now.final)
    if text.startswith("0x"):
        return _of_hash(read, bytes.fromhex(text[2:]), now)
    number = now.final if text == "final" else int(text)
    if number > now.number or (number < now.first and text != "final"):
        raise AsOfUnknown(asked=text, head=now.number)
    return _of_number(read, number, now)


def still(read: Read, number: int, hash_: bytes) -> Pin:
    """The pin of a cursor. Raises AsOfGone where the chain has another block there now."""
    now = head(read)
    found = read.scalar(select(raw.blocks.c.hash).where(raw.blocks.c.number == number))
    if found is None and number < now.first:
        return Pin(number, hash_, 0, now.final)
    if found != hash_:
        raise _gone(read, now, number, hash_)
    return _of_number(read, number, now)


def _of_number(read: Read, number: int, now: Head) -> Pin:
    blocks = raw.blocks.c
    row = read.first(select(blocks.hash, blocks.time).where(blocks.number == number))
    if row is None:  # nothing is final yet: the answer is what held before the first block
        return Pin(number, bytes(32), 0, now.final)
    return Pin(number, row.hash, row.time, now.final)


def _of_hash(read: Read, hash_: bytes, now: Head) -> Pin:
    blocks = raw.blocks.c
    row = read.first(select(blocks.number, blocks.time).where(blocks.hash == hash_))
    if row is None:
        raise _gone(read, now, now.number, hash_)
    return Pin(row.number, hash_, row.time, now.final)


def _gone(read: Read, now: Head, number: int, hash_: bytes) -> AsOfGone:
    # Below the last final block nothing can have been replaced; above it nobody remembers where the old branch left.
    surely = read.scalar(select(func.least(now.final, number - 1)))
    return AsOfGone(block=number, hash=hex_text(hash_), fork_block=max(surely, 0))
