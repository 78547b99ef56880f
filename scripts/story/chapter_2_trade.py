"""Invoices are read, and the trades behind them are recorded: order, receipt and invoice, each one act."""

from scripts.story.cast import INVOICES, STORY
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step


def play(stage: Stage) -> dict[str, str]:
    """The trades by order reference; every one has been ordered and received as samples/story.json says."""
    chapter("2  Invoices are read, each by its own seller's desk")
    _read(stage)
    chapter("2  Trades are recorded: order by both sides, receipt by the buyer, invoice by the seller")
    _register_sellers(stage)
    trades = {}
    for order in STORY["orders"]:
        trades[order["reference"]] = _trade(stage, order)
    with step("tier 1 records its first invoice on its trade"):
        tier1, first = stage.parties["tier1"], STORY["supplier_first"][0]["file"]
        tier1.do("invoice", trades[STORY["orders"][0]["reference"]], first, "--as", "sales", "--yes")
    return trades


def _read(stage: Stage) -> None:
    offered = [*STORY["supplier_first"], *STORY["buyer_first"], STORY["tier_2"]]
    for key in ("tier1", "tier2", "supplier_a", "supplier_b", "supplier_c"):
        files = [INVOICES / each["file"] for each in offered if each["seller"] == key]
        with step(f"{stage.parties[key].name} imports {len(files)} invoices"):
            kept = stage.parties[key].do("import", *files, "--today", STORY["today"])["documents"]
        for each in kept:
            must(not each["objections"], f"{each['file']} can be confirmed")
            note(f"{each['number']}: {each['payable']} {each['currency']}, due {each['due_date']}")


def _register_sellers(stage: Stage) -> None:
    core = stage.parties["core"]
    with step(f"{core.name} enters its sellers with all their ids"):
        for key in ("tier1", "supplier_a", "supplier_b", "supplier_c"):
            seller, found = stage.parties[key], STORY["parties"][key]
            core.do("sellers", "add", seller.name, "--party", seller.number, "--ids", ",".join(found["ids"]))


def _trade(stage: Stage, order: dict[str, str]) -> str:
    buyer, seller = stage.parties[order["buyer"]], stage.parties[order["seller"]]
    clerk, store = ("maker", "warehouse") if order["buyer"] == "core" else ("sales", "sales")
    hand = "reuter" if order["seller"] == "tier2" else "sales"
    with step(f"order {order['reference']}: {order['ordered']} from {seller.name}"):
        draft = buyer.do(
            "order", "--seller", seller.number, "--amount", order["ordered"], "--document", order["reference"],
            "--as", clerk, "--yes",
        )  # fmt: skip
        seller.do("sign", draft["draft"], "--as", hand, "--yes")
    with step(f"receipt of goods worth {order['received']}"):
        buyer.do(
            "receipt",
            draft["trade"],
            "--amount",
            order["received"],
            "--note",
            f"LS-{order['reference']}",
            "--as",
            store,
            "--yes",
        )
    return str(draft["trade"])
