"""A supplier's file that grows, fetches or fills the memory when it is read: `duebill import` names it and keeps nothing."""

import json
import os
import resource
import socket
import subprocess
from pathlib import Path

import pytest

_MOST_MEMORY = 600 * 2**20
_INVOICE = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{}</Invoice>'


def _expanding(_: Path, __: int) -> bytes:
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE l [<!ENTITY a0 'ha'>{levels}]>{_INVOICE.format('&a9;')}".encode()


def _disclosing(folder: Path, _: int) -> bytes:
    secret = folder / "secret"
    secret.write_text("the key of the safe")
    return f"<!DOCTYPE l [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>{_INVOICE.format('&x;')}".encode()


def _calling(_: Path, port: int) -> bytes:
    return f"<!DOCTYPE l SYSTEM 'http://127.0.0.1:{port}/l.dtd'>{_INVOICE.format('')}".encode()


def _huge(_: Path, __: int) -> bytes:
    return _INVOICE.format(" " * 50_000_000).encode()


ATTACKS = {"expanding": _expanding, "disclosing": _disclosing, "calling": _calling, "huge": _huge}


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_and_nothing_is_kept(duebill: Path, tmp_path: Path, name: str) -> None:
    desk = _desk(duebill, tmp_path)
    before = _content(desk)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        file = tmp_path / f"{name}.xml"
        file.write_bytes(ATTACKS[name](tmp_path, listening.getsockname()[1]))

        done = _call(duebill, desk, "import", str(file), "--json")

        with pytest.raises(BlockingIOError):
            listening.accept()
    refusal = json.loads(done.stdout)["error"]
    assert (done.returncode, refusal["code"]) == ((2, "usage") if name == "huge" else (1, "invoice-refused"))
    assert file.name in str(refusal)
    assert "the key of the safe" not in done.stdout + done.stderr
    assert _content(desk) == before


def _desk(duebill: Path, folder: Path) -> Path:
    desk = folder / "desk"
    done = _call(
        duebill, desk, "desk", "new", str(desk), "--name", "Target", "--role", "supplier", "--service", "http://127.0.0.1:9",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return desk


def _call(duebill: Path, desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """With a memory that an entity of a gigabyte would burst."""
    settings = {
        "DUEBILL_DESK": str(desk),
        "DUEBILL_DESK_PASSWORD": "correct horse",
        "DUEBILL_KEYSTORE_COST": "2",
    }
    return subprocess.run(
        [str(duebill), *words], env={**os.environ, **settings}, capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY)),
    )  # fmt: skip


def _content(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}
