"""`duebill up` says at once what keeps it from serving, and does not stay half alive."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.cli.network import Network


def up(duebill: Path, home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [str(duebill), "up", "--home", str(home), *words]
    return subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_port_that_somebody_else_serves_is_named(duebill: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        told = up(duebill, tmp_path / "home", "--port", port)
    assert told.returncode == 1
    assert f"port {port} cannot be used" in told.stderr
    assert not (tmp_path / "home").exists()


def test_a_database_that_is_none_is_told_in_words(duebill: Path, tmp_path: Path) -> None:
    told = up(duebill, tmp_path / "home", DUEBILL_DATABASE_URL="garbage")
    assert told.returncode == 1
    assert "the database cannot be used" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("server", ["anvil", "postgres"])
def test_it_ends_with_words_when_a_server_of_its_own_is_gone(
    duebill: Path, tmp_path: Path, server: str
) -> None:
    network = Network(duebill, tmp_path / "home")
    try:
        os.kill(child_of(network.process.pid, server), signal.SIGKILL)
        assert network.process.wait(60) == 1
        assert "ended by itself; a new start" in (tmp_path / "up.log").read_text("utf-8")
    finally:
        network.close()


def test_after_a_crash_it_goes_on_from_the_chain_s_last_save(duebill: Path, tmp_path: Path) -> None:
    network = Network(duebill, tmp_path / "home")
    state = tmp_path / "home" / "chain" / "state.json"
    try:
        after_blocks(network, 3)
        saved = state.read_bytes()
        after_blocks(network, 12)
    finally:
        network.process.kill()
        network.close()
    (tmp_path / "home" / "up.json").unlink()
    state.write_bytes(saved)
    network = Network(duebill, tmp_path / "home")
    try:
        assert "lost its last blocks" in (tmp_path / "up.log").read_text("utf-8")
        after_blocks(network, 3)
        settings = {**os.environ, "DUEBILL_HOME": str(tmp_path / "home")}
        assert subprocess.run([duebill, "verify"], env=settings, check=False).returncode == 0
    finally:
        network.close()


def after_blocks(network: Network, count: int) -> None:
    """Waits until the mirror has stored so many more blocks."""
    end = time.monotonic() + 60
    first = stored_head(network)
    while stored_head(network) < first + count:
        assert time.monotonic() < end
        time.sleep(0.2)


def stored_head(network: Network) -> int:
    """The last block that the API speaks of."""
    return int(httpx.get(f"{network.state['url']}/health").json()["head"] or 0)


def child_of(parent: int, name: str) -> int:
    """The process of this name among the children."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return next(
        int(each) for each in children if Path(f"/proc/{each}/comm").read_text("ascii").strip() == name
    )
