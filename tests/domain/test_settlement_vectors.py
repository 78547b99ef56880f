"""tests/vectors/settlement.json: random lives of receivables, with a running hash of every word that settlement.py makes of them.

tests/forge/SettlementVectors.t.sol plays the same lives on the real library and has to come to the same hashes.
"""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from ledger.domain import settlement
from ledger.domain.hashing import keccak
from ledger.domain.ids import ChainTime, PartyId
from ledger.domain.settlement import DAY, Line
from ledger.domain.slots import Piece, PieceFlag
from ledger.domain.units import ALL_OWED, Amount, Bps

DUE_AT = 1_800_000_000
DEBTOR, CREDITOR = PartyId(1), PartyId(2)
PAY, CUT, MOVE, WAIT, GIVE_BACK, DISTRIBUTE, WARP = range(7)
LIVES = 48
STEPS = 40


class Life:
    """One receivable as settlement.py reckons it, and what was done to it."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.face = self.draw.choice([1, 2, 3, 9, 24, 1000, 12_000_000, 2**63, 2**64 - 1])
        self.rate = self.draw.choice([0, 800, 100_000])
        self.now = DUE_AT - 3 * DAY
        self.line = Line(Amount(self.face), ChainTime(DUE_AT))
        self.pieces = {0: Piece(CREDITOR, Amount(self.face), Amount(0), 1, PieceFlag(0), ChainTime(0))}
        self.steps: list[int] = []
        self.hash = bytes(32)

    def run(self) -> dict[str, Any]:
        """All steps, and the hash at the end."""
        for _ in range(STEPS):
            step = self.draw.choice(
                [
                    self.pay,
                    self.cut,
                    self.cut,
                    self.move,
                    self.wait,
                    self.give_back,
                    self.distribute,
                    self.warp,
                ]
            )
            step()
        return {"life": [self.face, self.rate, *self.steps], "hash": "0x" + self.hash.hex()}

    def _done(self, kind: int, first: int, second: int, start: int) -> None:
        self.steps += [kind, first, second]
        words = (self.line.level, self.line.returns, self.line.last, self.pieces[start])
        self.hash = keccak(self.hash + b"".join(each.word.to_bytes(32) for each in words))

    def _free(self) -> int | None:
        free = [
            s for s, p in sorted(self.pieces.items()) if not p.ended and not p.held_at(ChainTime(self.now))
        ]
        return self.draw.choice(free) if free else None

    def _credit(self, start: int) -> Piece:
        piece = self.pieces[start]
        self.pieces[start] = replace(piece, paid=settlement.total(self.line, piece))
        return self.pieces[start]

    def pay(self) -> None:
        accrued = settlement.accrue(self.line, ChainTime(self.now), Bps(self.rate), 360)
        owed = sum(accrued.owed)
        if owed:
            amount = self.draw.choice([1, 1 + self.draw.randrange(owed), 1 + self.draw.randrange(owed)])
            amount = ALL_OWED if self.draw.random() < 0.08 else Amount(amount)
            self.line = settlement.pay(accrued, amount).line
            self._done(PAY, amount, 0, 0)

    def cut(self) -> None:
        start = self._free()
        if start is not None and self.pieces[start].length > 1:
            left = Amount(1 + self.draw.randrange(self.pieces[start].length - 1))
            parts = settlement.cut(self._credit(start), left)
            self.pieces[start], self.pieces[start + left] = parts
            self._done(CUT, start, left, start + left)

    def move(self) -> None:
        start = self._free()
        if start is not None:
            piece = self._credit(start)
            to, flags = PartyId(self.draw.randrange(2, 6)), piece.flags & PieceFlag.FROZEN
            self.pieces[start] = Piece(to, piece.length, piece.paid, piece.version + 1, flags, ChainTime(0))
            self._done(MOVE, start, to, start)

    def wait(self) -> None:
        start = self._free()
        if start is not None:
            piece = self._credit(start)
            until = ChainTime(self.now + self.draw.randrange(1, 10 * DAY))
            self.pieces[start] = replace(piece, flags=piece.flags | PieceFlag.WAITING, until=until)
            self._done(WAIT, start, until, start)

    def give_back(self) -> None:
        live = [s for s, p in sorted(self.pieces.items()) if not p.ended]
        if live:
            start = self.draw.choice(live)
            piece = self.pieces[start]
            if not piece.held_at(ChainTime(self.now)):
                piece = self._credit(start)
            self.line, self.pieces[start], _ = settlement.come_back(self.line, start, piece, DEBTOR)
            self._done(GIVE_BACK, start, 0, start)

    def distribute(self) -> None:
        start = self.draw.choice(sorted(self.pieces))
        before = self.pieces[start]
        if not before.held_at(ChainTime(self.now)):
            self.line, self.pieces[start], _ = settlement.payout(self.line, start, before)
            if self.pieces[start] != before:
                self._done(DISTRIBUTE, start, 0, start)

    def warp(self) -> None:
        self.now += self.draw.randrange(1, 20 * DAY)
        self._done(WARP, self.now, 0, 0)


def test_the_vectors_are_what_the_rule_comes_to(checkout: Path) -> None:
    lives = [Life(seed).run() for seed in range(LIVES)]
    written = json.loads((checkout / "tests/vectors/settlement.json").read_text())
    assert written == {
        "lives": [[str(n) for n in each["life"]] for each in lives],
        "hashes": [each["hash"] for each in lives],
    }
