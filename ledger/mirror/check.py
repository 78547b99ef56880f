"""Whether the heads made from the logs are those of the contracts."""

from collections.abc import Mapping

from ledger.chain.headers import Hex
from ledger.mirror.alarms import HeadDiffers


def heads_checked(
    names: Mapping[Hex, str],
    block: int,
    made: Mapping[Hex, bytes],
    told: Mapping[Hex, Hex | None],
    seeds: Mapping[Hex, bytes],
) -> bool:
    """True when each head could be read and is the same, False when some could not be read. Raises HeadDiffers.

    Where there is no contract yet, nothing can have been told: the head has to be the seed."""
    for emitter, head in told.items():
        if head is None:
            continue
        expected = head or seeds[emitter].hex()
        if made[emitter].hex() != expected:
            raise HeadDiffers(names[emitter], f"0x{emitter}", block, made[emitter].hex(), expected)
    return None not in told.values()
