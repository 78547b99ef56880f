"""The desk against a real service and chain: what must not be signed is not signed, what is refused changes nothing."""

import base64
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.client.service import Service
from ledger.chain.rpc import Rpc
from ledger.desk.desk import Desk
from ledger.desk.documents import INVOICE, Document
from ledger.desk.packets import Offered, request_packet
from ledger.desk.sealing import Route, seal
from ledger.domain import drafts
from ledger.domain.acts import Terms
from ledger.domain.drafts import Draft
from ledger.domain.ids import PartyId
from tests.cli.conftest import Town
from tests.cli.network import Party

DUE = ("--due", "2026-05-31")


@pytest.fixture(scope="module")
def samples(checkout: Path) -> Path:
    return checkout / "samples" / "invoices"


def ask(town: Town, by: Party, file: Path, *more: object) -> str:
    """A request over one invoice; the draft's id."""
    by.do("import", file)
    return str(
        by.do(
            "request", "--debtor", town.debtor.number, "--use", file.name, *DUE, *more, "--as", "lin", "--yes"
        )["draft"]
    )


def invoice(folder: Path, samples: Path, number: str) -> Path:
    """An invoice of tier 1 with a number of its own."""
    path = folder / f"{number.replace('/', '-')}.xml"
    text = (samples / "huaxin-0117.xml").read_text("utf-8").replace("INV-2026-0117", number)
    path.write_text(text, "utf-8")
    return path


def still_open(party: Party, draft: str) -> list[dict[str, Any]]:
    """What the draft still lacks."""
    found = party.do("show", draft)
    assert found["status"] == "collecting"
    return list(found["missing"])


def test_two_persons_confirm_and_the_receivable_is_there(town: Town, samples: Path, tmp_path: Path) -> None:
    file = invoice(tmp_path, samples, "INV-1")
    draft = ask(town, town.supplier, file, "--trade", town.trade)
    shown = town.debtor("show", draft)
    assert "120,000.00" in shown.said and shown.answer["duplicates"] == {} and shown.answer["stops"] == {}
    made = town.debtor.do("confirm", draft, "--as", "maker", "--yes")
    assert made["operation"] is None
    done = town.debtor("sign", draft, "--as", "checker", "--yes")
    assert done.code == 0 and "one hundred twenty thousand euros" in done.said
    assert "Tags verified" in done.said and "Exposure" in done.said
    found = town.supplier.do("receivable", done.answer["receivable"])
    assert (found["status"], found["face"]["text"]) == ("confirmed", "120,000.00")
    assert [each["holder"] for each in found["pieces"]] == [town.supplier.number]


def test_a_used_up_invoice_is_shown_before_anybody_signs(town: Town, samples: Path, tmp_path: Path) -> None:
    """Spelt differently, and offered by another."""
    file = invoice(tmp_path, samples, "RE 2026/77")
    draft = ask(town, town.supplier, file)
    town.debtor.do("confirm", draft, "--as", "maker", "--yes")
    town.debtor.do("sign", draft, "--as", "checker", "--yes")
    again = ask(town, town.other, invoice(tmp_path, samples, "re２０２６-０７７"))
    assert town.debtor.do("show", again)["duplicates"]
    stopped = town.debtor("confirm", again, "--as", "maker", "--yes")
    assert (stopped.code, stopped.refusal) == (1, "stopped")
    assert set(stopped.answer["error"]["fields"]["reasons"]) == {"duplicate", "other-seller"}
    release = ("--release", "other-seller", "--despite-duplicates")
    assert (
        town.debtor("confirm", again, "--as", "maker", "--yes", "--release", "other-seller").refusal
        == "stopped"
    )
    town.debtor.do("confirm", again, "--as", "maker", "--yes", *release)
    assert town.debtor("sign", again, "--as", "checker", "--yes", *release).refusal == "invoice-exhausted"


def test_who_lacks_the_power_or_signs_twice_changes_nothing(
    town: Town, samples: Path, tmp_path: Path
) -> None:
    draft = ask(town, town.supplier, invoice(tmp_path, samples, "INV-2"))
    assert town.debtor("confirm", draft, "--as", "lager", "--yes").refusal == "lacks-power"
    town.debtor.do("confirm", draft, "--as", "maker", "--yes")
    before = still_open(town.debtor, draft)
    assert town.debtor("sign", draft, "--as", "maker", "--yes").refusal == "signed-already"
    assert town.debtor("sign", draft, "--as", "stranger", "--yes").refusal == "unknown-person"
    assert town.other("sign", draft, "--as", "lin", "--yes").refusal == "not-found"
    assert still_open(town.debtor, draft) == before


def test_the_first_person_alone_leaves_nothing_to_the_second_but_a_look(
    town: Town, samples: Path, tmp_path: Path
) -> None:
    draft = ask(town, town.supplier, invoice(tmp_path, samples, "INV-3"))
    told = town.debtor("sign", draft, "--as", "checker", "--yes")
    assert (told.code, told.refusal) == (2, "usage")


def test_nobody_signs_where_nobody_can_be_asked(town: Town, samples: Path, tmp_path: Path) -> None:
    draft = ask(town, town.supplier, invoice(tmp_path, samples, "INV-4"))
    told = town.debtor("confirm", draft, "--as", "maker")
    assert (told.code, told.refusal) == (2, "usage")
    assert still_open(town.debtor, draft)[0]["message"] == "confirm"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (
            ("order", "--seller", 99, "--amount", "1.00", "--document", "x", "--as", "maker", "--yes"),
            "unknown-party",
        ),
        (
            ("order", "--seller", 3, "--amount", "0.00", "--document", "x", "--as", "maker", "--yes"),
            "zero-amount",
        ),
        (("order", "--seller", 4, "--amount", "1.001", "--document", "x"), "bad-amount"),
        (("order", "--seller", 4, "--amount", "-1.00", "--document", "x"), "bad-amount"),
        (("order", "--seller", 4, "--amount", f"{2**64}", "--document", "x"), "bad-amount"),
        (
            ("order", "--seller", 4, "--currency", "XXQ", "--amount", "1.00", "--document", "x"),
            "unknown-currency",
        ),
        (("receipt", "0x" + "77" * 32, "--amount", "1.00", "--note", "1"), "not-found"),
        (("split", "0x" + "77" * 24 + "-0", "1.00"), "not-found"),
        (("split", "piece", "1.00"), "bad-id"),
        (("sign", "01AAAAAAAAAAAAAAAAAAAAAAAA", "--as", "maker", "--yes"), "not-found"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_asked_wrongly_is_named(town: Town, words: tuple[object, ...], code: str) -> None:
    ended = town.debtor(*words)
    assert ended.code == 1
    assert ended.refusal == code or (code == "zero-amount" and ended.refusal in ("zero-amount", "same-party"))


class Forger:
    """A supplier whose client does not do what clients do: it shows the debtor other things than it signed for."""

    def __init__(self, town: Town, file: Path) -> None:
        self.desk = Desk.load(town.supplier.desk)
        kept = json.loads((self.desk.folder / "session.json").read_text("utf-8"))
        session = kept[f"{self.desk.service} {self.desk.person('lin').address}"]
        assert datetime.fromisoformat(session["expires_at"]) > datetime.now(UTC)
        self.service = Service(self.desk.service, session["token"])
        self.debtor = PartyId(town.debtor.number)
        self.document = Document.new(file.name, INVOICE, file.read_bytes())

    def packet(self, raw: bytes) -> str:
        """Hands a packet over; its id."""
        given = {"to": self.debtor, "label": "", "packet": base64.b64encode(raw).decode()}
        return self.service.send_packet(given, "k" * 12 + str(hash(raw))).id

    def sealed(self, content: dict[str, Any]) -> bytes:
        """Sealed to the debtor as it should be."""
        assert self.desk.pin is not None
        key = bytes.fromhex(self.service.party(self.debtor).sealing_key[2:])
        return seal(content, key, Route(self.desk.pin.chain_id, PartyId(self.desk.number), self.debtor))

    def put_up(self, terms: Terms, packet: str) -> str:
        """The draft with that packet."""
        assert self.desk.pin is not None
        draft = Draft(
            "confirm", self.desk.pin.chain_id, self.desk.pin.ledger, self.desk.pin.parties, {"terms": terms}
        )
        given = {"document": drafts.to_json(draft), "sealed": [packet]}
        return self.service.create_draft(given, "d" * 12 + packet).id


def terms_of(town: Town, draft: str) -> Terms:
    """The terms that an honest request made."""
    found = drafts.from_json(town.debtor("show", draft).answer["document"]).act("terms")
    assert isinstance(found, Terms)
    return found


def test_packets_that_were_tampered_with_are_not_opened(town: Town, samples: Path, tmp_path: Path) -> None:
    file = invoice(tmp_path, samples, "INV-5")
    terms = terms_of(town, ask(town, town.supplier, file))
    forger = Forger(town, file)
    honest = forger.sealed(request_packet(terms, [Offered(forger.document, terms.face)]))
    broken = honest[:-1] + bytes([honest[-1] ^ 1])
    later = replace(terms, deadline=type(terms.deadline)(terms.deadline - 60))
    draft = forger.put_up(later, forger.packet(broken))
    told = town.debtor("confirm", draft, "--as", "maker", "--yes")
    assert (told.code, told.refusal) == (1, "packet-unreadable")


def test_files_other_than_those_signed_for_are_not_confirmed(
    town: Town, samples: Path, tmp_path: Path
) -> None:
    """The terms commit to one invoice, the packet shows another with the same numbers."""
    file = invoice(tmp_path, samples, "INV-6")
    terms = terms_of(town, ask(town, town.supplier, file))
    forger = Forger(town, invoice(tmp_path, samples, "INV-7"))
    packet = forger.packet(forger.sealed(request_packet(terms, [Offered(forger.document, terms.face)])))
    draft = forger.put_up(replace(terms, deadline=type(terms.deadline)(terms.deadline - 60)), packet)
    told = town.debtor("confirm", draft, "--as", "maker", "--yes", "--release", "other-seller")
    assert (told.code, told.refusal) == (1, "document-changed")


def test_a_desk_of_another_deployment_signs_nothing_here(town: Town, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(town.debtor.desk, moved)
    kept = json.loads((moved / "desk.json").read_text("utf-8"))
    for field, other in (("chain_id", 1), ("ledger", "0x" + "11" * 20), ("genesis_hash", "0x" + "22" * 32)):
        changed = {**kept, "deployment": {**kept["deployment"], field: other}}
        (moved / "desk.json").write_text(json.dumps(changed), "utf-8")
        told = Party(town.network, moved)("inbox")
        assert (told.code, told.refusal) == (1, "other-deployment")


def test_an_act_takes_effect_without_the_service_and_once(town: Town, samples: Path, tmp_path: Path) -> None:
    """A draft goes from desk to desk as a file, copies signed apart are put together, and anybody pays for the transaction."""
    draft = ask(town, town.supplier, invoice(tmp_path, samples, "INV-8"))
    town.debtor.do("confirm", draft, "--as", "maker", "--yes")
    receivable = town.debtor.do("sign", draft, "--as", "checker", "--yes")["receivable"]
    words = ("transfer", f"{receivable}-0", "--to", town.other.number, "--amount", "1000.00", "--yes")
    moved = town.supplier.do(*words)
    file, first, second = (tmp_path / name for name in ("draft.json", "first.json", "second.json"))
    town.supplier.do("export", moved["draft"], "-o", file)
    town.supplier.do("sign", file, "-o", first, "--as", "lin", "--yes")
    alone = ("--self", "--rpc", town.network.state["rpc"], "--key", town.other.desk / "keystore/account.json")
    assert town.other("send", first, *alone).refusal == "signatures-missing"
    town.other.do("sign", file, "-o", second, "--as", "lin", "--yes")
    assert town.other("send", first, second, *alone).code == 1  # its account has no ether
    account = town.other.do("desk", "show")["account"]
    Rpc(town.network.state["rpc"]).call("anvil_setBalance", account, hex(10**18))
    sent = town.other.do("send", first, second, *alone)
    assert sent["block"] > 0
    assert town.other("send", first, second, *alone).refusal == "piece-changed"
    end = town.supplier.do("receivable", receivable)["pieces"]
    assert moved["piece"] in [each["id"] for each in end if each["holder"] == town.other.number]
