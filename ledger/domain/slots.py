"""States of one storage slot. Events tell them as the slot's word; layouts: contracts/types/Piece.sol and Standing.sol."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Self

from .ids import ChainTime, PartyId
from .units import Amount


class PieceFlag(IntFlag):
    """What is so of a piece. LAST_LEVEL: brought to the last level after settlement; WAITING: for Acknowledge."""

    ENDED = 1
    WAITING = 2
    LOCKED = 4
    FROZEN = 8
    LAST_LEVEL = 16
    DRAWS_CAPACITY = 32
    WRITTEN_OFF = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A holder's interval. paid: what it has had of C; version: raised by moves and cuts; until: when waiting or lock lapses."""

    holder: PartyId
    length: Amount
    paid: Amount
    version: int
    flags: PieceFlag
    until: ChainTime

    @classmethod
    def from_word(cls, word: int) -> Self:
        """Reads the slot's word."""
        return cls(
            PartyId(_bits(word, 0, 32)),
            Amount(_bits(word, 32, 64)),
            Amount(_bits(word, 96, 64)),
            _bits(word, 160, 32),
            PieceFlag(_bits(word, 192, 16)),
            ChainTime(_bits(word, 208, 48)),
        )

    @property
    def word(self) -> int:
        """The slot's word."""
        return (
            self.holder
            | self.length << 32
            | self.paid << 96
            | self.version << 160
            | self.flags << 192
            | self.until << 208
        )

    @property
    def ended(self) -> bool:
        """Paid to the last level, or back with the debtor."""
        return PieceFlag.ENDED in self.flags

    def held_at(self, time: ChainTime) -> bool:
        """Waiting, locked or frozen at `time`: neither moved nor cut, and nothing is paid out of it."""
        binds_for_a_while = bool(self.flags & (PieceFlag.WAITING | PieceFlag.LOCKED))
        return PieceFlag.FROZEN in self.flags or (binds_for_a_while and time < self.until)


@dataclass(frozen=True, slots=True)
class Level:
    """What has been paid on a receivable's whole line: C (netting included), P, interest accrued and unpaid, up to accrued_at."""

    paid_in: Amount
    principal: Amount
    interest: Amount
    accrued_at: ChainTime

    @classmethod
    def from_word(cls, word: int) -> Self:
        """Reads the slot's word."""
        return cls(
            Amount(_bits(word, 0, 64)),
            Amount(_bits(word, 64, 64)),
            Amount(_bits(word, 128, 64)),
            ChainTime(_bits(word, 192, 48)),
        )

    @property
    def word(self) -> int:
        """The slot's word."""
        return self.paid_in | self.principal << 64 | self.interest << 128 | self.accrued_at << 192


@dataclass(frozen=True, slots=True)
class Returns:
    """What came back to the debtor: nominal E, count K, netted N."""

    nominal: Amount
    count: int
    netted: Amount

    @classmethod
    def from_word(cls, word: int) -> Self:
        """Reads the slot's word."""
        return cls(Amount(_bits(word, 0, 64)), _bits(word, 64, 32), Amount(_bits(word, 96, 64)))

    @property
    def word(self) -> int:
        """The slot's word."""
        return self.nominal | self.count << 64 | self.netted << 96


@dataclass(frozen=True, slots=True)
class Last:
    """Pieces brought to the last level after settlement: nominal, money, and what the piece at the line's end got beside."""

    nominal: Amount
    money: Amount
    remainder: Amount

    @classmethod
    def from_word(cls, word: int) -> Self:
        """Reads the slot's word."""
        return cls(Amount(_bits(word, 0, 64)), Amount(_bits(word, 64, 64)), Amount(_bits(word, 128, 64)))

    @property
    def word(self) -> int:
        """The slot's word."""
        return self.nominal | self.money << 64 | self.remainder << 128


def _bits(word: int, low: int, width: int) -> int:
    return word >> low & ((1 << width) - 1)
