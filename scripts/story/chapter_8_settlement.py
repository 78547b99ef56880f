"""Maturity: an instalment in tokens, one holder paid by bank, and the rest, smaller by what was netted."""

import time
from dataclasses import dataclass
from typing import Any

from scripts.story.party import Party
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step

FIRST = "100000.01"
_WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Settled:
    """Amounts as text: what the debtor paid in tokens and by bank, and whether the receivable is settled."""

    first: str
    by_bank: str
    second: str
    status: str


def play(stage: Stage, receivable: str, pieces: dict[str, str]) -> Settled:
    """Plays from ten days before the due date until the receivable is settled."""
    chapter("8  The debtor pays: an instalment, one holder by bank after the record date, and the rest")
    core, tier1 = stage.parties["core"], stage.parties["tier1"]
    stage.local("warp", "2026-05-20T08:00:00Z")
    with step(f"20 May: {core.name} pays a first instalment of 100,000.01; it is shared among all holders"):
        core.do("pay", receivable, "--amount", FIRST, "--as", "maker", "--yes")
    _wait_until_paid(stage, receivable)
    stage.local("warp", "2026-05-30T08:00:00Z")
    owed = _piece(tier1, receivable, pieces["tier1"])
    rest = int(owed["length"]["minor"]) - int(owed["paid"]["minor"])
    by_bank = f"{rest // 100}.{rest % 100:02d}"
    with step(
        f"30 May, after the record date: {tier1.name}'s {by_bank} goes by bank, with evidence, signed by two"
    ):
        core.do(
            "bank-paid", pieces["tier1"], "--amount", by_bank, "--evidence", "Statement 2026-05-30, item 17",
            "--as", "maker", "--as", "checker", "--yes",
        )  # fmt: skip
    with step(f"{tier1.name} acknowledges: its piece ends"):
        tier1.do("acknowledge", pieces["tier1"], "--as", "sales", "--yes")
    with step(f"{core.name} pays all that is owed; the part for the piece that came back is netted"):
        core.do("pay", receivable, "--all", "--as", "maker", "--yes")
    _wait_until_paid(stage, receivable)
    return _settled(stage, receivable, by_bank)


def _settled(stage: Stage, receivable: str, by_bank: str) -> Settled:
    core = stage.parties["core"]
    found = core.do("receivable", receivable)
    must(found["status"] == "settled", "the receivable is settled")
    for each in found["pieces"]:
        if each["holder"] != core.number:
            must(each["paid"]["minor"] == each["length"]["minor"], f"{each['id']} is paid to the last unit")
    pulls = [
        each["fields"]
        for each in core.do("history", receivable)["events"]
        if each["name"] == "ReceivablePaid"
    ]
    second = int(pulls[-1]["pulled"])
    must(second < int(pulls[-1]["rise"]), "the last payment was smaller by what was netted")
    note(f"of {int(pulls[-1]['rise']) / 100:,.2f} still owed on the line, {second / 100:,.2f} had to be paid")
    return Settled(FIRST, by_bank, f"{second // 100}.{second % 100:02d}", found["status"])


def _wait_until_paid(stage: Stage, receivable: str) -> None:
    """The relay pays holders out by itself as soon as money is there."""
    with step("the relay pays it out to the holders' accounts"):
        end = time.monotonic() + _WAIT_SECONDS
        while any(
            int(each["due"]["minor"])
            for each in stage.parties["auditor"].do("receivable", receivable)["pieces"]
        ):
            must(time.monotonic() < end, "what is due is paid out within a minute")
            time.sleep(0.5)


def _piece(party: Party, receivable: str, piece: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = party.do("receivable", receivable)["pieces"]
    return next(each for each in found if each["id"] == piece)
