"""Values for property tests: any struct, from the Solidity types of its fields."""

import dataclasses
import re
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from ledger.domain.ids import address_of_bytes

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def structs(struct: type) -> st.SearchStrategy[Any]:
    """Any value of a struct (an act, or what is nested in one)."""
    hints = get_type_hints(struct, include_extras=True)
    parts = {each.name: _values(hints[each.name]) for each in dataclasses.fields(struct)}
    return st.builds(struct, **parts)


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=4).map(tuple)
    if dataclasses.is_dataclass(hint):
        return structs(hint)
    python, solidity = get_args(hint)
    if hasattr(python, "from_word"):
        return st.integers(0, 2**256 - 1).map(python.from_word)
    if number := re.fullmatch(r"uint(\d+)", solidity):
        top = 2 ** int(number[1]) - 1
        return st.one_of(st.sampled_from([0, 1, top]), st.integers(0, top))
    return {
        "bool": st.booleans(),
        "bytes32": st.binary(min_size=32, max_size=32),
        "bytes3": st.text(LETTERS, min_size=3, max_size=3),
        "bytes2": st.text(LETTERS, min_size=2, max_size=2),
        "bytes": st.binary(max_size=80),
        "address": st.binary(min_size=20, max_size=20).map(address_of_bytes),
    }[solidity]
