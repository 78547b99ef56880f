"""The nightly run is planned by its seed alone, so that each part can be repeated, and names what is there."""

from pathlib import Path

from scripts.nightly_parts import parts


def test_the_same_seed_plans_the_same_run_and_another_seed_another() -> None:
    assert parts(7, 1) == parts(7, 1)
    seeds = {part.seed for part in parts(7, 2) if part.seed is not None}
    assert not seeds & {part.seed for part in parts(8, 2)}
    assert len(seeds) == sum(part.seed is not None for part in parts(7, 2))


def test_a_larger_scale_is_longer() -> None:
    assert len(parts(7, 3)) > len(parts(7, 1))
    assert len({part.name for part in parts(7, 3)}) == len(parts(7, 3))


def test_each_part_can_be_repeated_by_what_it_says(checkout: Path) -> None:
    for part in parts(7, 1):
        assert part.seed is None or str(part.seed) in part.repeated or hex(part.seed) in part.repeated
        words = [word for word in part.command if word.startswith(("tests/", ".tools/"))]
        assert words
        assert all((checkout / word).exists() for word in words), part.repeated
