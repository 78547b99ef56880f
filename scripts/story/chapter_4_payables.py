"""The buyer begins: ten payables to four suppliers under one root, of which eight are taken."""

import json

from scripts.story.cast import INVOICES, STORY
from scripts.story.stage import Stage
from scripts.story.tell import chapter, must, note, step

_ORDERS = {
    "tier1": "4500077340",
    "supplier_a": "4500077352",
    "supplier_b": "4500077361",
    "supplier_c": "4500077374",
}


def play(stage: Stage, trades: dict[str, str]) -> list[str]:
    """The receivables that came of it."""
    chapter("4  The buyer issues ten payables to four suppliers under one root")
    issue = _issue(stage, trades)
    receivables = []
    for key in _ORDERS:
        answers = [each["answer"] for each in STORY["buyer_first"] if each["seller"] == key]
        receivables += _answer(stage, key, issue, answers)
    must(len(receivables) == 8, "eight payables became receivables")
    return receivables


def _issue(stage: Stage, trades: dict[str, str]) -> str:
    core = stage.parties["core"]
    rows = [
        {"file": str(INVOICES / each["file"]), "trade": trades[_ORDERS[each["seller"]]]}
        for each in STORY["buyer_first"]
    ]
    listed = core.desk / "payables.json"
    listed.write_text(json.dumps(rows), encoding="utf-8")
    with step(f"{core.name}'s maker reads {len(rows)} invoices, makes tags, sees exposure, signs the root"):
        issue = str(core.do("issue", listed, "--as", "maker", "--yes")["issue"])
    with step("its checker verifies every tag and signs; each supplier gets its own leaf, sealed"):
        core.do("sign", issue, "--as", "checker", "--yes")
    return issue


def _answer(stage: Stage, key: str, issue: str, answers: list[str]) -> list[str]:
    supplier = stage.parties[key]
    numbers = {
        row["invoices"][0]: row["number"] for row in supplier.do("payables", issue)["issues"][0]["payables"]
    }
    must(len(numbers) == len(answers), f"{supplier.name} sees its own {len(answers)} payables and no others")
    takes = [str(at) for at, answer in enumerate(answers, 1) if answer == "accepted"]
    with step(f"{supplier.name} takes {len(takes)} of {len(answers)}"):
        taken = supplier.do("accept", issue, "--only", ",".join(takes), "--as", "sales", "--yes")
    for at, answer in enumerate(answers, 1):
        if answer == "refused":
            with step(f"and refuses number {at}"):
                supplier.do("refuse", f"{issue}:{at}", "--reason", "the goods went back")
        elif answer == "unanswered":
            note(f"number {at} stays unanswered")
    return list(taken["receivables"])
