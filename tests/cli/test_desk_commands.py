"""A party makes its desk, and whatever is typed wrongly is answered in words, changes nothing, and shows no traceback."""

import json
from pathlib import Path

import pytest

from api.cli.told import plain
from tests.cli.offline import Caller


@pytest.fixture
def call(tmp_path: Path) -> Caller:
    made = Caller(tmp_path / "desk")
    assert made("desk", "new", made.folder, "--name", "Huaxin", "--role", "supplier").code == 0
    return made


def test_from_an_empty_folder_to_an_application(call: Caller) -> None:
    limits = ("--limit", "EUR:propose:1000.00", "--limit", "EUR:receive:2000.00:9000.00")
    assert call("desk", "person", "add", "lin", "--powers", "propose,receive", *limits).code == 0
    assert call("desk", "account", "new").code == 0
    assert call("desk", "guardian", "0x52908400098527886E0F7030069857D2E4169EE7").code == 0
    found = call("desk", "application", "--json").answer
    admission = found["admission"]
    assert [each["powers"] for each in admission["signers"]] == ["5"]
    assert [(each["power"], each["perAct"], each["perDay"]) for each in admission["limits"]] == [
        ("0", "100000", str(2**64 - 1)),
        ("2", "200000", "900000"),
    ]
    assert len(admission["guardians"]) == 1


def test_all_gives_one_limit_to_each_power(call: Caller) -> None:
    call("desk", "person", "add", "lin", "--powers", "propose,receive,administer", "--limit", "EUR:all:1.00")
    call("desk", "account", "new")
    limits = call("desk", "application", "--json").answer["admission"]["limits"]
    assert [each["power"] for each in limits] == ["0", "2"]


def test_a_founder_signs_before_there_is_a_chain(call: Caller) -> None:
    call("desk", "person", "add", "first", "--powers", "administer")
    call("desk", "account", "new")
    words = ("--chain-id", 31337, "--parties", "0x" + "11" * 20, "--until", "2026-03-10", "--json")
    found = call("desk", "founder", *words).answer
    assert len(found["signatures"]) == 1
    assert found["signatures"][0]["signer"] == found["admission"]["signers"][0]["signer"]


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("desk", "person", "add", "lin", "--powers", "fly"), "usage", 2),
        (("desk", "person", "add", "lin", "--powers", "pay", "--limit", "EUR:pay"), "usage", 2),
        (
            ("desk", "person", "add", "lin", "--powers", "pay", "--limit", "XXQ:pay:1.00"),
            "unknown-currency",
            1,
        ),
        (("desk", "person", "add", "lin", "--powers", "pay", "--limit", "EUR:pay:-1.00"), "bad-amount", 1),
        (("desk", "person", "add", "lin", "--powers", "pay", "--limit", "EUR:pay:1.005"), "bad-amount", 1),
        (("desk", "person", "add", "lin", "--powers", "pay", "--limit", f"EUR:pay:{2**64}"), "bad-amount", 1),
        (("desk", "person", "add", "account", "--powers", "pay"), "name-taken", 1),
        (("desk", "guardian", "0x12"), "bad-id", 1),
        (("desk", "application"), "bad-field", 1),
        (("desk", "joined"), "usage", 2),
        (("sellers", "add", "X", "--party", "4", "--ids", "colour=red"), "bad-field", 1),
        (("sellers", "add", "X", "--party", "4", "--ids", "vat=---"), "not-canonical", 1),
        (("order", "--seller", "4", "--amount", "1.00", "--document", "x"), "not-admitted", 1),
        (("sign", "nowhere"), "usage", 2),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_what_is_typed_wrongly_is_named(call: Caller, words: tuple[str, ...], code: str, status: int) -> None:
    before = _content(call.folder)
    ended = call(*words, "--json")
    assert (ended.refusal, ended.code) == (code, status)
    assert _content(call.folder) == before
    told = call(*words)
    assert told.code == status and code in told.err and "Traceback" not in told.err


def test_a_role_that_is_none_makes_no_desk(tmp_path: Path) -> None:
    call = Caller(tmp_path / "desk")
    ended = call("desk", "new", call.folder, "--name", "X", "--role", "king", "--json")
    assert (ended.refusal, ended.code) == ("usage", 2)
    assert not call.folder.exists()


def test_a_folder_that_is_no_desk_is_named(tmp_path: Path) -> None:
    ended = Caller(tmp_path)("holdings")
    assert ended.code == 1
    assert "no-desk" in ended.err and "duebill desk new" in ended.err


def test_two_desks_are_not_made_in_one_folder(call: Caller) -> None:
    again = call("desk", "new", call.folder, "--name", "Other", "--role", "supplier", "--json")
    assert again.refusal == "desk-exists"


def test_a_wrong_password_is_named(call: Caller) -> None:
    call("desk", "person", "add", "first", "--powers", "administer")
    call("desk", "account", "new")
    words = ("--chain-id", 1, "--parties", "0x" + "11" * 20, "--until", "2026-03-10", "--json")
    assert call("desk", "founder", *words, password="wrong").refusal == "wrong-password"


def test_a_password_can_stand_in_a_file(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("correct horse\n")
    ended = call("desk", "account", "new", "--password-file", tmp_path / "password", password=None)
    assert ended.code == 0
    assert call("desk", "account", "new", "--password-file", tmp_path / "no", password=None).code == 2


def test_where_nobody_can_type_a_password_it_is_said(call: Caller) -> None:
    ended = call("desk", "account", "new", "--json", password=None)
    assert (ended.refusal, ended.code) == ("usage", 2)


def test_a_wrong_setting_is_a_usage_error(call: Caller) -> None:
    call.environment = {"DUEBILL_KEYSTORE_COST": "1000"}
    ended = call("desk", "show")
    assert ended.code == 2
    assert "DUEBILL_KEYSTORE_COST" in ended.err


def test_a_service_that_is_not_there_is_named(call: Caller) -> None:
    call("desk", "person", "add", "lin", "--powers", "pay")
    call("desk", "service", "http://127.0.0.1:9")
    assert call("inbox", "--json").refusal == "service-unreachable"


def test_invoices_are_imported_and_listed(call: Caller, checkout: Path) -> None:
    file = checkout / "samples/invoices/huaxin-0117.xml"
    rows = call("import", file, "--today", "2026-03-16", "--json").answer["documents"]
    assert [(each["number"], each["payable"], each["objections"]) for each in rows] == [
        ("INV-2026-0117", "120000.00", [])
    ]
    assert call("import", "--json").answer["documents"][0]["commitment"] == rows[0]["commitment"]
    assert "INV-2026-0117" in call("import").out


def test_a_file_that_is_no_invoice_is_not_kept(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "letter.xml").write_text("<letter/>")
    assert call("import", tmp_path / "letter.xml", "--json").refusal == "invoice-refused"
    assert call("import", tmp_path / "absent.xml", "--json").code == 2
    assert call("import", "--json").answer == {"documents": []}


def test_a_draft_that_is_none_is_refused(call: Caller, tmp_path: Path) -> None:
    for text in ("", "[]", "{}", json.dumps({"duebill": "draft/1"})):
        (tmp_path / "draft.json").write_text(text)
        assert call("sign", tmp_path / "draft.json", "--as", "lin", "--json").code in (1, 2)


def test_what_strangers_write_does_not_steer_the_terminal() -> None:
    assert plain("a\x1b[2Jb\u202ec\r\nd\t") == "a\ufffd[2Jb\ufffdc\ufffd\nd\t"


def _content(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
