"""A supplier asks for confirmation of a receivable over three invoices; maker and checker of the debtor sign."""

from scripts.story.cast import STORY
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step

DUE = "2026-05-31"


def play(stage: Stage, trades: dict[str, str]) -> str:
    """The confirmed receivable's id."""
    chapter(
        "4  A receivable over three invoices is confirmed: asked for by the supplier, signed by maker and checker"
    )
    tier1, core = stage.parties["tier1"], stage.parties["core"]
    uses = [part for each in STORY["supplier_first"] for part in ("--use", f"{each['file']}:{each['used']}")]
    trade = trades[STORY["orders"][0]["reference"]]
    with step(f"{tier1.name} seals three invoices to {core.name} and signs the terms"):
        asked = tier1.do(
            "request",
            "--debtor",
            core.number,
            "--trade",
            trade,
            *uses,
            "--due",
            DUE,
            "--as",
            "sales",
            "--yes",
        )
    draft = asked["draft"]
    with step(
        f"{core.name}'s maker opens and reads them, makes the tags, sees exposure and duplicates, signs"
    ):
        seen = core.do("confirm", draft, "--as", "maker", "--yes")
        must(not seen.get("duplicates"), "none of the invoices was used before")
    with step("its checker compares again, verifies the tags and signs; the chain opens the receivable"):
        done = core.do("sign", draft, "--as", "checker", "--yes")
        must(done["operation_status"] == "final", "the confirmation is final")
    note(f"receivable {done['receivable']}")
    return str(done["receivable"])
