"""The page docs/events.md, from the ABIs, the domain's words and what the handlers do."""

from ledger.chain.abi import WORDS, EventField, EventLayout, artefact, event_layouts
from ledger.chain.decode import decoder
from ledger.chain.deployment import EMITTERS
from ledger.domain.events import EVENTS
from ledger.domain.journal import Kind
from ledger.mirror.project.changes import At, Changes
from ledger.mirror.project.handlers import HANDLERS

_MEANINGS = {event.__name__: " ".join((event.__doc__ or "").split()) for event in EVENTS}
_INTRODUCTION = """# Events

Made from the contracts' ABIs and ledger/mirror/project by `scripts/fix`.

Every event here is journalled: it folds into the journal of its subject, which comes first, and into its contract's head.
Fields state what holds after. The second field is the digest of the act that did it, except in events of Rules. Packed words:
"""


def as_markdown() -> str:
    """One section a contract, one row an event."""
    lines = [_INTRODUCTION]
    for name, parts in WORDS.items():
        lines.append(
            f"- `{name}`: {', '.join(f'{part} (bits {low} to {low + bits - 1})' for part, low, bits in parts)}"
        )
    for contract in EMITTERS:
        lines += [
            "",
            f"## {contract}",
            "",
            "| event | journal | meaning | fields | tables of `book` |",
            "|---|---|---|---|---|",
        ]
        layouts = [each for each in event_layouts(artefact(contract)["abi"]) if each.kind is not None]
        lines += [_row(layout) for layout in sorted(layouts, key=lambda each: each.name)]
    return "\n".join(lines) + "\n"


def _row(layout: EventLayout) -> str:
    journal = Kind(layout.kind or 0).name.lower()
    fields = ", ".join(_field(field) for field in layout.fields)
    tables = ", ".join(f"`{table}`" for table in sorted(_tables(layout)))
    return f"| `{layout.name}` | {journal} | {_MEANINGS[layout.name]} | {fields} | {tables} |"


def _field(field: EventField) -> str:
    return f"`{field.name}` {field.words if field.words in WORDS else field.type}"


def _tables(layout: EventLayout) -> set[str]:
    """The tables that its handler changes, seen by letting it."""
    changes = Changes()
    zeros = decoder(layout)("0" * 64 * len(layout.fields))
    HANDLERS[layout.name](changes, At(1, 0, 0), *zeros)
    return {*changes.versions, *changes.facts}
