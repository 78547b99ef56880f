"""Which seeds a random test runs with: those of the environment's TEST_SEEDS, else its own."""

import os


def seeds(*own: int) -> list[int]:
    """TEST_SEEDS is a list of whole numbers with commas between them."""
    given = os.environ.get("TEST_SEEDS", "")
    return [int(each) for each in given.split(",")] if given else list(own)
