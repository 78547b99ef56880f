"""The local chain: anvil as our own child, with a fixed beginning, steady blocks, and a state that outlives it.

anvil keeps its state in memory. A thread saves it at intervals, written aside and renamed, so that a crash in
between leaves the one before; the next start goes on from the last block saved.
"""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ledger.chain.process import ends_with_us
from ledger.chain.rpc import NodeError, Rpc
from ledger.domain.errors import DuebillError
from ledger.telemetry import logger

log = logger("chain")

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_SAVE_SECONDS = 1.0
# Saving must not take more than a twentieth of anvil's time.
_SAVE_SHARE = 20
_LISTENING = re.compile(rb"Listening on [\d.]+:(\d+)")
_GAS_LIMIT = 30_000_000


@dataclass(eq=False)
class ChainFailed(DuebillError):
    """anvil did not start or ended by itself; log: the last that it said."""

    code = "local-chain-failed"
    reason: str
    log: str


@dataclass(frozen=True, kw_only=True)
class ChainOptions:
    """start_time: the first block's time, UTC seconds; block_seconds: wall time between blocks, None mines on each transaction;
    kept_states: blocks whose state can still be asked for."""

    chain_id: int = 31337
    start_time: int = 1_772_438_400
    block_seconds: float | None = 0.25
    accounts: int = 10
    kept_states: int = 256
    port: int = 0


class LocalChain:
    """One anvil over `home`/chain. Start it from the main thread: the kernel ends it with the thread."""

    def __init__(self, home: Path, anvil: Path, options: ChainOptions | None = None) -> None:
        self._folder = home.absolute() / "chain"
        self._anvil = anvil
        self._options = options or ChainOptions()
        self._server: subprocess.Popen[bytes] | None = None
        self._saver: threading.Thread | None = None
        self._ends = threading.Event()
        self._url = ""

    @property
    def url(self) -> str:
        """The node's JSON-RPC address, on a port that the system chose unless one was given."""
        return self._url

    @property
    def pid(self) -> int:
        """anvil's process id. Raises ChainFailed when it does not run."""
        if self._server is None:
            raise ChainFailed("is not running", "")
        return self._server.pid

    def ensure_running(self) -> None:
        """Raises ChainFailed when anvil has ended by itself."""
        if self._server is None or self._server.poll() is not None:
            raise ChainFailed(
                "ended by itself; a new start goes on from the last saved block", self._last_said()
            )

    def start(self) -> str:
        """Starts or goes on where it stopped; returns the URL. Raises ChainFailed."""
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._folder / "cache", ignore_errors=True)
        self._ends.clear()
        self._server = self._launch()
        try:
            self._url = f"http://127.0.0.1:{self._wait_for_port()}"
        except BaseException:
            self.stop()
            raise
        self._saver = threading.Thread(target=self._save_at_intervals, name="chain-saver", daemon=True)
        self._saver.start()
        return self._url

    def stop(self) -> None:
        """Saves the state and ends anvil; does nothing where none runs."""
        self._ends.set()
        if self._saver is not None:
            self._saver.join(_STOP_SECONDS)
            self._saver = None
        if self._server is None:
            return
        if self._server.poll() is None and self._url:
            self._save_unless_gone()
        for request in (signal.SIGTERM, signal.SIGKILL):
            if self._server.poll() is not None:
                break
            self._server.send_signal(request)
            try:
                self._server.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        self._server = None
        shutil.rmtree(self._folder / "cache", ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _state(self) -> Path:
        return self._folder / "state.json"

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _launch(self) -> subprocess.Popen[bytes]:
        self._log.unlink(missing_ok=True)
        with self._log.open("ab") as output:
            return subprocess.Popen(
                self._command(),
                start_new_session=True,
                preexec_fn=ends_with_us(),  # noqa: PLW1509 - it makes system calls alone
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={"PATH": os.defpath, "HOME": str(self._folder), "TZ": "UTC"},
            )

    def _command(self) -> list[str]:
        options = self._options
        beginning = options.start_time
        command = [
            str(self._anvil), "--host", "127.0.0.1", "--port", str(options.port), "--chain-id", str(options.chain_id),
            "--accounts", str(options.accounts), "--order", "fifo", "--gas-limit", str(_GAS_LIMIT),
            "--cache-path", str(self._folder / "cache"), "--prune-history", str(options.kept_states),
        ]  # fmt: skip
        if options.block_seconds is not None:
            command += ["--block-time", str(options.block_seconds)]
        if self._state.exists():
            beginning = self._saved_time() + 1
            command += ["--load-state", str(self._state)]
        return [*command, "--timestamp", str(beginning)]

    def _saved_time(self) -> int:
        """The last saved block's time: anvil itself would go on at the wall clock."""
        with self._state.open("rb") as file:
            state = json.load(file)
        self._keep_one_genesis(state)
        return int(state["block"]["timestamp"], 16)

    def _keep_one_genesis(self, state: dict[str, Any]) -> None:
        # anvil makes a block 0 at each start and saves it beside the chain's own, the eldest; which of them it then takes
        # for block 0 when it loads both is left to chance.
        blocks = state["blocks"]
        zeros = [each for each in blocks if int(each["header"]["number"], 16) == 0]
        if len(zeros) < 2:
            return
        own = min(zeros, key=lambda each: int(each["header"]["timestamp"], 16))
        state["blocks"] = [own, *(each for each in blocks if int(each["header"]["number"], 16) > 0)]
        self._write_state(json.dumps(state).encode("ascii"))

    def _wait_for_port(self) -> int:
        limit = time.monotonic() + _START_SECONDS
        while time.monotonic() < limit:
            said = self._log.read_bytes()
            if found := _LISTENING.search(said):
                return int(found[1])
            if self._server is None or self._server.poll() is not None:
                raise ChainFailed("ended at once", said.decode(errors="replace")[-2000:])
            time.sleep(0.01)
        raise ChainFailed(f"was not ready within {_START_SECONDS:.0f} s", "")

    def _save_at_intervals(self) -> None:
        pause = _SAVE_SECONDS
        while not self._ends.wait(pause):
            begun = time.monotonic()
            self._save_unless_gone()
            pause = max(_SAVE_SECONDS, _SAVE_SHARE * (time.monotonic() - begun))
            self._trim_log()

    def _save_unless_gone(self) -> None:
        try:
            dumped: str = Rpc(self._url).call("anvil_dumpState")
        except NodeError as failed:
            log.warning("the local chain's state was not saved", reason=str(failed))
            return
        self._write_state(gzip.decompress(bytes.fromhex(dumped[2:])))

    def _write_state(self, state: bytes) -> None:
        aside = self._folder / "state.new"
        with aside.open("wb") as file:
            file.write(state)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._state)

    def _last_said(self) -> str:
        return self._log.read_text(errors="replace")[-2000:] if self._log.exists() else ""

    def _trim_log(self) -> None:
        # anvil writes some lines a block, for ever; what matters is at the end.
        if self._log.stat().st_size > 8 * 2**20:
            os.truncate(self._log, 0)
