"""Tier 1 splits off parts and passes them on; each receiver signs, one refuses and nothing is left of that."""

from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step


def play(stage: Stage, receivable: str) -> dict[str, str]:
    """The pieces afterwards: tier 1's, tier 2's, supplier A's."""
    chapter("5  Tier 1 splits, passes parts on, and is refused once")
    tier1, tier2, supplier = (stage.parties[key] for key in ("tier1", "tier2", "supplier_a"))
    with step(f"{tier1.name} splits 300,000.00 into 150,000.00 and 150,000.00"):
        parts = tier1.do("split", f"{receivable}-0", "150000.00", "--as", "sales", "--yes")["pieces"]
        kept, rest = (each["piece"] for each in parts)
    with step(f"of the second it transfers 100,000.00 to {tier2.name}, who signs"):
        first = tier1.do(
            "transfer", rest, "--to", tier2.number, "--amount", "100000.00", "--as", "sales", "--yes"
        )
        tier2.do("sign", first["draft"], "--as", "reuter", "--yes")
    with step(f"the other 50,000.00 to {supplier.name}, who signs"):
        second = tier1.do("transfer", rest, "--to", supplier.number, "--as", "sales", "--yes")
        supplier.do("sign", second["draft"], "--as", "sales", "--yes")
    _refused(stage, receivable, kept)
    return {"tier1": kept, "tier2": first["piece"], "supplier_a": second["piece"]}


def _refused(stage: Stage, receivable: str, kept: str) -> None:
    tier1, other = stage.parties["tier1"], stage.parties["supplier_b"]
    before = len(tier1.do("history", receivable)["events"])
    with step(f"a draft of 25,000.00 to {other.name} is refused"):
        draft = tier1.do(
            "transfer", kept, "--to", other.number, "--amount", "25000.00", "--as", "sales", "--yes"
        )
        refused = other.do("refuse", draft["draft"], "--reason", "we are paid in cash")
        must(refused["status"] == "refused", "the draft is refused")
    after = len(tier1.do("history", receivable)["events"])
    must(before == after, "a refusal leaves no mark on the chain")
    note("the refusal left no event on the chain")
