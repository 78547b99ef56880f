"""The embedded PostgreSQL starts, keeps what was committed, and survives whatever ends it or us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from ledger.sql.embedded import DatabaseInUse, EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[2]
# A launcher in a process of its own, so that it can be killed: prints URL and pid, then waits.
LAUNCHER = (
    "import sys, time; from pathlib import Path; from ledger.sql.embedded import EmbeddedPostgres\n"
    "server = EmbeddedPostgres(Path(sys.argv[1])); print(server.start(), server.pid, flush=True); time.sleep(600)\n"
)


def rows(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select n from kept order by n")]


def keep(url: str, *numbers: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept (n int primary key)")
        for number in numbers:
            connection.execute("insert into kept values (%s)", [number])


def launch(home: Path) -> tuple[subprocess.Popen[str], str, int]:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    url, pid = launcher.stdout.readline().split()
    return launcher, url, int(pid)


def wait_until_gone(pid: int) -> None:
    limit = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < limit, f"process {pid} still runs"
        time.sleep(0.02)


def test_what_was_committed_is_there_after_a_clean_stop(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        keep(server.url, 1, 2)
    with EmbeddedPostgres(tmp_path) as server:
        assert rows(server.url) == [1, 2]


def test_the_server_is_postgresql_15_or_newer_and_reached_by_socket_alone(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server, psycopg.connect(server.url) as connection:
        assert connection.info.server_version >= 150000
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("select 'ß' < 'z', upper('é')").fetchone() == (False, "É")
    assert (tmp_path / "postgres").stat().st_mode & 0o777 == 0o700


def test_a_path_with_a_space_and_beyond_the_length_of_a_socket(tmp_path: Path) -> None:
    home = tmp_path / "a folder" / ("long" * 30)
    with EmbeddedPostgres(home) as server:
        keep(server.url, 7)
        assert rows(server.url) == [7]


def test_a_second_server_over_the_same_home_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        with pytest.raises(DatabaseInUse):
            EmbeddedPostgres(tmp_path).start()
        keep(server.url, 1)
        assert rows(server.url) == [1]


def test_the_server_ends_with_a_killed_launcher_and_recovers(tmp_path: Path) -> None:
    launcher, url, pid = launch(tmp_path)
    keep(url, 1, 2, 3)
    launcher.send_signal(signal.SIGKILL)
    launcher.wait()
    # Started at once, while the old server may still be dying.
    with EmbeddedPostgres(tmp_path) as server:
        assert rows(server.url) == [1, 2, 3]
    wait_until_gone(pid)


def test_a_killed_server_recovers(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    keep(server.start(), 5)
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    with server:
        assert rows(server.url) == [5]


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    server.start()
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    pid_file = tmp_path / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    with EmbeddedPostgres(tmp_path) as server:
        keep(server.url, 1)


def test_an_interrupted_first_start_leaves_nothing_that_looks_like_a_database(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data.new").mkdir(parents=True)
    (tmp_path / "postgres" / "data.new" / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path) as server:
        keep(server.url, 1)


def test_an_interrupt_from_the_terminal_reaches_us_and_not_the_server(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        assert os.getpgid(server.pid) != os.getpgid(0)
