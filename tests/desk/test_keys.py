"""Keys at rest: only their owner reads them, only their password opens them, and none is ever written over."""

import json
import os
import stat
from pathlib import Path

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from ledger.desk import keystore
from ledger.desk.desk import ACCOUNT, Desk, NewDesk, create
from ledger.desk.errors import DeskExists, NameTaken, NoDesk, UnknownPerson, WrongPassword
from ledger.desk.folder import write_file
from ledger.desk.passwords import Passwords
from ledger.desk.tag_key import new_tag_key, open_tag_key
from ledger.domain.errors import TagKeyUnfit
from ledger.domain.ids import Digest
from ledger.domain.powers import Power, Role
from ledger.domain.signatures import recover
from tests.desk.shown import COST, PIN


def test_folders_and_files_are_open_to_their_owner_alone(desk: Desk, passwords: Passwords) -> None:
    desk.with_account(passwords)
    new_tag_key(desk, passwords)
    for path in (desk.folder, *desk.folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_other_ethereum_tools_open_the_keystore(desk: Desk) -> None:
    kept = json.loads((desk.folder / "keystore" / "maker.json").read_bytes())
    assert kept["version"] == 3
    account = Account.from_key(Account.decrypt(kept, "correct horse"))
    assert account.address == desk.person("maker").address


def test_a_wrong_password_opens_nothing(desk: Desk) -> None:
    wrong = Passwords.fixed("correct house")
    with pytest.raises(WrongPassword):
        desk.key("maker", wrong)
    with pytest.raises(WrongPassword):
        desk.open_sealing_key(wrong)


def test_the_tag_key_opens_by_its_password_alone(desk: Desk, passwords: Passwords) -> None:
    made = new_tag_key(desk, passwords)
    assert open_tag_key(made, passwords).key_size == 3072
    with pytest.raises(WrongPassword):
        open_tag_key(made, Passwords.fixed("x"))
    with pytest.raises(DeskExists):
        new_tag_key(made, passwords)


def test_a_desk_without_tag_key_makes_no_tags(desk: Desk, passwords: Passwords) -> None:
    with pytest.raises(TagKeyUnfit):
        open_tag_key(desk, passwords)


def test_nobody_signs_under_an_unknown_name(desk: Desk, passwords: Passwords) -> None:
    with pytest.raises(UnknownPerson) as refused:
        desk.key("stranger", passwords)
    assert refused.value.known == ("maker", "checker")


def test_a_key_is_never_written_over(desk: Desk, passwords: Passwords) -> None:
    before = (desk.folder / "keystore" / "maker.json").read_bytes()
    with pytest.raises(NameTaken):
        desk.with_person("maker", (Power.CONFIRM,), (), passwords)
    with pytest.raises(NameTaken):
        desk.with_person(ACCOUNT, (Power.CONFIRM,), (), passwords)
    made = desk.with_account(passwords)
    with pytest.raises(NameTaken):
        made.with_account(passwords)
    assert (desk.folder / "keystore" / "maker.json").read_bytes() == before


def test_a_desk_is_not_made_over_another(desk: Desk, passwords: Passwords) -> None:
    with pytest.raises(DeskExists):
        create(desk.folder, NewDesk("Other", Role.SUPPLIER, False, (), "", COST), passwords)


def test_what_is_saved_is_what_is_loaded(desk: Desk) -> None:
    assert Desk.load(desk.folder) == desk


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"duebill": "desk/2"}', b"\xff\xfe"])
def test_a_damaged_desk_is_refused_by_name(desk: Desk, damage: bytes) -> None:
    (desk.folder / "desk.json").write_bytes(damage)
    with pytest.raises(NoDesk):
        Desk.load(desk.folder)


def test_a_damaged_keystore_is_refused(desk: Desk, passwords: Passwords) -> None:
    (desk.folder / "keystore" / "maker.json").write_bytes(b'{"version": 3}')
    with pytest.raises(WrongPassword):
        desk.key("maker", passwords)


def test_a_broken_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    write_file(path, b"old")

    def breaks(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", breaks)
    with pytest.raises(OSError, match="disk full"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


def test_signatures_are_those_of_the_address() -> None:
    key = keystore.signing_key(bytes(31) + b"\7")
    wanted = Digest(bytes(range(32)))
    assert recover(wanted, key.sign_digest(wanted)) == key.address
    text = "Grüße, 你好"
    assert Account.recover_message(encode_defunct(text=text), signature=key.sign_text(text)) == key.address


def test_the_pin_makes_the_domain_that_signatures_count_in(desk: Desk) -> None:
    assert desk.pin == PIN
    assert PIN.domain().verifying_contract == PIN.ledger
