"""The financier quotes, tier 2 fills: money and piece change hands in one transaction."""

from dataclasses import dataclass

from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step

RATE = "4.80"


@dataclass(frozen=True)
class Sale:
    """What tier 2 got on the day: amounts as text, cost a year in basis points."""

    nominal: str
    price: str
    annual_cost_bps: int


def play(stage: Stage, piece: str) -> Sale:
    """The sale of tier 2's piece."""
    chapter("6  The financier signs a quote, tier 2 fills it")
    tier2, financier = stage.parties["tier2"], stage.parties["financier"]
    with step(f"{tier2.name} asks {financier.name} for a quote"):
        tier2.do("ask-quote", piece, "--financier", financier.number)
    with step(f"{financier.name} offers {RATE} % a year without recourse"):
        offer = financier.do("quote", piece, "--rate", RATE, "--as", "dealer", "--yes")
    with step(f"{tier2.name} sells: the piece goes, the money comes, in one transaction"):
        sold = tier2.do("fill", offer["quote"], "--as", "reuter", "--yes")
        must(sold["operation_status"] == "final", "the sale is final")
    held = [each["id"] for each in financier.do("holdings")["pieces"]]
    must(piece in held, "the financier holds the piece")
    note(f"{sold['price']} on the day for 100,000.00 at maturity")
    return Sale("100,000.00", sold["price"], int(sold["annual_cost_bps"]))
