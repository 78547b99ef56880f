"""A desk's folder: readable by its owner alone, each file written whole or not at all."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from ledger.desk.errors import NoDesk

OWNER_FOLDER, OWNER_FILE = 0o700, 0o600
LARGEST_FILE = 64 * 2**20


def make_folder(path: Path) -> Path:
    """The folder, made where it was not, open to its owner alone."""
    path.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
    path.chmod(OWNER_FOLDER)
    return path


def write_file(path: Path, data: bytes) -> None:
    """Writes aside and renames, so that a crash leaves the old file or the new one."""
    make_folder(path.parent)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), OWNER_FILE)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: object) -> None:
    """`value` as readable JSON."""
    write_file(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """The object in the file. Raises NoDesk where it is absent or is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as wrong:
        raise NoDesk(str(path.parent), f"{path.name} cannot be read: {wrong}") from None
    if not isinstance(found, dict):
        raise NoDesk(str(path.parent), f"{path.name} holds no object")
    return found
