"""An invoice that is used up is offered again in another spelling; more is asked for than was received."""

from scripts.story.cast import INVOICES, STORY
from scripts.story.chapter_3_confirmation import DUE
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step


def play(stage: Stage, trades: dict[str, str]) -> None:
    """Both are shown before anybody signs, and refused by the contract when they are signed all the same."""
    chapter("7  What must not pass: an invoice used twice, a debt above what was received")
    _used_twice(stage)
    _above_received(stage, trades)


def _used_twice(stage: Stage) -> None:
    core, other = stage.parties["core"], stage.parties[STORY["duplicate"]["offered_by"]]
    file = STORY["duplicate"]["file"]
    with step(f"{other.name} offers {file}, an invoice used up, its number spelt differently"):
        other.do("import", INVOICES / file)
        asked = other.do(
            "request", "--debtor", core.number, "--use", file, "--due", DUE, "--as", "sales", "--yes"
        )
    with step(f"{core.name}'s desk shows it as used before anybody signs"):
        shown = core.do("show", asked["draft"])
        must(bool(shown["duplicates"]), "the duplicate is shown")
        said = core.is_refused("confirm", asked["draft"], "--as", "maker", "--yes")
        must("duplicate" in said or "used" in said, f"the desk stops: {said}")
    note(next(iter(shown["duplicates"].values())))
    release = [part for code in shown["stops"] for part in ("--release", code)]
    with step("signed all the same, the contract refuses it"):
        core.do("confirm", asked["draft"], "--as", "maker", "--yes", "--despite-duplicates", *release)
        said = core.is_refused(
            "sign", asked["draft"], "--as", "checker", "--yes", "--despite-duplicates", *release
        )
        must("InvoiceExhausted" in said, f"InvoiceExhausted: {said}")


def _above_received(stage: Stage, trades: dict[str, str]) -> None:
    core, tier1, found = stage.parties["core"], stage.parties["tier1"], STORY["above_received"]
    with step(f"{tier1.name} asks for 250,000.00 on an order of which 150,000.00 was received"):
        tier1.do("import", INVOICES / found["file"])
        asked = tier1.do(
            "request", "--debtor", core.number, "--trade", trades[found["order"]], "--use", found["file"], "--due", DUE,
            "--as", "sales", "--yes",
        )  # fmt: skip
        core.do("confirm", asked["draft"], "--as", "maker", "--yes")
        said = core.is_refused("sign", asked["draft"], "--as", "checker", "--yes")
        must("AboveReceived" in said, f"AboveReceived: {said}")
    note("the contract refuses it: AboveReceived")
