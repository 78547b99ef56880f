"""How a server's process is set apart from ours before it starts, and how one that outlived us is found."""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_NOBODY = 65534


def as_unprivileged_child(*folders: Path) -> Callable[[], None]:
    """What a child does between fork and exec: it becomes a user that will do, and ends when our thread ends.

    PostgreSQL refuses to run as root, or as a number without a name. A user namespace gives us another number
    without giving files away; where the kernel refuses one, root becomes `nobody`, who is then given `folders`.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()
    is_root = os.geteuid() == 0
    is_linux = sys.platform == "linux"
    user = _a_user_with_a_name()
    uses_namespace = (is_root or not _has_name(os.geteuid())) and is_linux and _can_make_namespace(libc, user)
    if is_root and not uses_namespace:
        _give_away(folders)

    def before_exec() -> None:
        if uses_namespace:
            _enter_namespace(libc, user)
        elif is_root:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        if is_linux:
            # Asked for last, for a change of user takes it back. SIGQUIT makes a server end all its processes.
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return before_exec


def left_behind(folder: Path) -> set[int]:
    """Processes that work in a folder: PostgreSQL's do in their data folder. Linux only; elsewhere none is seen."""
    found: set[int] = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.add(int(process.name))
        except OSError:
            continue  # it has ended, or is another user's
    return found


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _a_user_with_a_name() -> int:
    return min((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid > 0), default=_NOBODY)


def _can_make_namespace(libc: ctypes.CDLL, user: int) -> bool:
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace(libc, user)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _enter_namespace(libc: ctypes.CDLL, user: int) -> None:
    outer_user, outer_group = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {outer_user} 1")
    Path("/proc/self/gid_map").write_text(f"{user} {outer_group} 1")


def _give_away(folders: tuple[Path, ...]) -> None:
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
