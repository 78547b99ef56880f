"""Short names that the chain keeps as bytes."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def letters(raw: str) -> str:
    """Capital letters of ASCII from hex; anything else, which only a foreign contract would tell, stays hex with 0x."""
    text = bytes.fromhex(raw)
    return text.decode() if text.isalpha() and text.isascii() and text.isupper() else f"0x{raw}"
