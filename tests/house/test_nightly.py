"""The nightly run is planned by its seed alone, so that each part can be repeated, and names what is there."""

import subprocess
import sys
import time
from collections.abc import Callable
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


_RUN = """
import sys
from pathlib import Path
from scripts import nightly_run
from scripts.nightly_parts import Part

folder = Path(sys.argv.pop())
nightly_run.FOLDER, nightly_run.STATE, nightly_run.PAGE = folder, folder / "state.json", folder / "page.md"
shell = lambda name, does: Part(name, name, ("sh", "-c", f"echo {name} >>'{folder}/played'; {does}"), 7)
tells = f"echo $$ >'{folder}/writes'; mv '{folder}/writes' '{folder}/waits'"
wait = f"if ! test -e '{folder}/killed'; then {tells}; exec sleep 300; fi"
nightly_run.parts = lambda seed, scale: [shell("first", "true"), shell("second", wait), shell("third", "exit 3")]
sys.exit(nightly_run.main())
"""


def test_a_killed_run_goes_on_where_it_stopped_and_ends_its_part(checkout: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path.insert(0, {str(checkout)!r})\n{_RUN}",
        str(tmp_path),
    ]
    running = subprocess.Popen(command)
    _until((tmp_path / "waits").exists)
    running.kill()
    running.wait(30)
    part = int((tmp_path / "waits").read_text())
    _until(lambda: not Path(f"/proc/{part}").exists())
    (tmp_path / "killed").touch()

    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert again.returncode == 1, "the third part has failed"
    assert (tmp_path / "played").read_text().split() == ["first", "second", "second", "third"]
    assert "goes on after 1 of 3 parts" in again.stdout
    page = (tmp_path / "page.md").read_text()
    assert "2 of 3 parts passed" in page
    assert "failed: third" in page
    assert not (tmp_path / "state.json").exists()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
