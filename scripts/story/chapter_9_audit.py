"""The auditor reads the receivable as of each block, and SQL is held to the chain."""

from typing import Any

from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step


def play(stage: Stage, receivable: str) -> dict[str, Any]:
    """What `duebill verify` answers."""
    chapter("9  The auditor reads every state that ever was, and SQL is compared with the chain")
    auditor = stage.parties["auditor"]
    events = auditor.do("history", receivable)["events"]
    blocks = sorted({int(each["block"]) for each in events})
    with step(f"{len(events)} events; the receivable as of each of the {len(blocks)} blocks that changed it"):
        for block in blocks:
            _read(auditor.do("receivable", receivable, "--as-of", block))
    with step("every projection, journal and balance against contract storage"):
        verified = stage.verify()
    must(verified["verified"] and not verified["differences"], "SQL equals the chain")
    note(f"{sum(verified['rows'].values())} rows and {verified['events']} events: 0 differences")
    return verified


def _read(found: dict[str, Any]) -> None:
    """The pieces share the whole line out, without gap or overlap."""
    face, at = int(found["face"]["minor"]), 0
    for each in sorted(found["pieces"], key=lambda piece: int(piece["start"])):
        must(int(each["start"]) == at, f"no gap at {at}")
        at += int(each["length"]["minor"])
    must(at == face, "the pieces share out the whole face")
