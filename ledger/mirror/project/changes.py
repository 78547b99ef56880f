"""What a batch of events changes, gathered before anything is written.

Bytes are lower-case hex without prefix. Several changes of a row in one block leave one version: the last."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ledger.mirror.project.shapes import VERSIONED

Key = tuple[Any, ...]
Values = tuple[Any, ...]


class _Kept:
    def __repr__(self) -> str:
        return "KEPT"


KEPT: Final = _Kept()
"""Stands for a value that the event does not tell: what held before still holds."""


class At(NamedTuple):
    """Where an event lies: block and position of its log in the block; time: of the block, UTC seconds."""

    block: int
    log_index: int
    time: int


@dataclass(slots=True)
class Version:
    """A row's values after a block."""

    block: int
    values: Values


class Changes:
    """The versions and facts that a batch adds, by table. Events come in the chain's order."""

    def __init__(self) -> None:
        self.versions: dict[str, dict[Key, list[Version]]] = defaultdict(dict)
        self.facts: dict[str, list[Values]] = defaultdict(list)
        self.unfinished: dict[str, list[Key]] = defaultdict(list)
        """Keys whose first version here lacks values that only the stored row knows."""

    def set(self, table: str, key: Key, at: At, values: Values) -> None:
        """The row `key` has all these values after the event's block."""
        versions = self.versions[table].get(key)
        if versions is None:
            self.versions[table][key] = [Version(at.block, values)]
        elif versions[-1].block == at.block:
            versions[-1].values = values
        else:
            versions.append(Version(at.block, values))

    def change(self, table: str, key: Key, at: At, **told: Any) -> None:
        """The row `key` has the told values after the event's block; its others stay as they were."""
        columns = VERSIONED[table].values
        versions = self.versions[table].get(key)
        if versions is None:
            before: Values = (KEPT,) * len(columns)
            self.unfinished[table].append(key)
        else:
            before = versions[-1].values
        values = list(before)
        for name, value in told.items():
            values[columns.index(name)] = value
        self.set(table, key, at, tuple(values))

    def add(self, table: str, at: At, act: str, *values: Any) -> None:
        """The event's own row in a table of facts."""
        self.facts[table].append((at.block, at.log_index, act, *values))

    def finish(self, table: str, key: Key, stored: Values) -> None:
        """Fills the values that the events did not tell from the stored row."""
        for version in self.versions[table][key]:
            if KEPT in version.values:
                version.values = tuple(
                    old if new is KEPT else new for new, old in zip(version.values, stored, strict=True)
                )
