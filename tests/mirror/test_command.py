"""`duebill mirror` as it is run: it ends when asked, says why it stops by itself, and outlives what passes."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.sql.engine import Database
from tests.faults.node_proxy import Refuse, lying_node
from tests.mirror.copies import stored_height, until, verified
from tests.mirror.scene import Scene


class Command:
    """The command's line, environment and log."""

    def __init__(self, duebill: Path, scene: Scene, url: str, folder: Path) -> None:
        self._file = folder / "deployment.json"
        self._file.write_text(json.dumps(scene.file))
        self.log = folder / "mirror.log"
        self._duebill = duebill
        self._environment = {
            **os.environ,
            "DUEBILL_HOME": str(folder),
            "DUEBILL_DATABASE_URL": url,
            "DUEBILL_DEPLOYMENT": str(self._file),
        }

    def start(self, node: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts it against a node."""
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [str(self._duebill), "mirror", *arguments],
                env={**self._environment, "DUEBILL_RPC_URL": node},
                stdout=log,
                stderr=log,
            )


@pytest.fixture
def command(duebill: Path, scene: Scene, database: Database, database_url: str, tmp_path: Path) -> Command:
    """For a fresh database and the scene's chain."""
    return Command(duebill, scene, database_url, tmp_path)


def test_it_ends_at_the_head_when_asked_to(scene: Scene, database: Database, command: Command) -> None:
    scene.play()
    assert command.start(scene.rpc.url, "--until-head").wait(60) == 0
    assert stored_height(database) == scene.height()
    verified(scene, database)


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
def test_it_follows_until_it_is_ended(
    scene: Scene, database: Database, command: Command, request_to_end: signal.Signals
) -> None:
    running = command.start(scene.rpc.url)
    for _ in range(3):
        scene.confirm()
        height = scene.height()
        until(lambda height=height: stored_height(database) == height)  # type: ignore[misc]
    running.send_signal(request_to_end)
    assert running.wait(20) == 0


def test_an_alarm_is_told_and_the_exit_status_says_so(
    scene: Scene, database: Database, command: Command
) -> None:
    scene.confirm()

    def omit(method: str, _params: list[Any], result: Any) -> Any:
        return result[:-1] if method == "eth_getLogs" else result

    with lying_node(scene.rpc.url, omit) as url:
        assert command.start(url).wait(60) == 1
    told = [json.loads(line) for line in command.log.read_text().splitlines() if line.startswith("{")]
    (alarm,) = [line for line in told if line["level"] == "error"]
    assert (alarm["alarm"], alarm["contract"]) == ("head-differs", "Ledger")
    assert stored_height(database) == -1


def test_it_outlives_a_database_and_a_node_that_go_away_for_a_while(
    scene: Scene, database: Database, command: Command, database_url: str
) -> None:
    is_away = False

    def go_away(_method: str, _params: list[Any], result: Any) -> Any:
        if is_away:
            raise Refuse("starting up")
        return result

    with lying_node(scene.rpc.url, go_away) as url, psycopg.connect(database_url, autocommit=True) as owner:
        running = command.start(url)
        until(lambda: stored_height(database) == scene.height())
        owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'duebill_mirror'"
        )
        scene.confirm()
        until(lambda: stored_height(database) == scene.height())
        is_away = True
        scene.confirm()
        until(lambda: "starting up" in command.log.read_text())
        is_away = False
        until(lambda: stored_height(database) == scene.height())
        running.terminate()
        assert running.wait(20) == 0
    verified(scene, database)


def test_what_is_missing_is_said(duebill: Path, tmp_path: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DUEBILL_")}
    done = subprocess.run(
        [str(duebill), "mirror"],
        env={**settings, "DUEBILL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "duebill up" in done.stderr and "DUEBILL_RPC_URL" in done.stderr
