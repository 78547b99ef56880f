"""Files made to harm: each is refused with its reason, in bounded time and memory, and nothing is fetched."""

import os
import random
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.documents.invoices.model import InvoiceRefused, RefusalCode
from ledger.documents.invoices.read import read_invoice, read_invoice_file
from tests.documents.sample_invoice import document

_TODAY = date(2026, 3, 16)
_BILLION_LAUGHS = b"<!DOCTYPE l [<!ENTITY a0 'ha'>%s]><l>&a9;</l>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
)
_QUADRATIC = b"<!DOCTYPE l [<!ENTITY a '%s'>]><l>%s</l>" % (b"x" * 50_000, b"&a;" * 50_000)
_UTF16_DTD = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(
    "utf-16"
)
_UTF7_DTD = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4<a/>'

_HOSTILE = {
    "billion-laughs": (_BILLION_LAUGHS, RefusalCode.ENTITIES),
    "quadratic-blowup": (_QUADRATIC, RefusalCode.ENTITIES),
    "parameter-entity": (b"<!DOCTYPE a [<!ENTITY % p 'q'> %p;]><a/>", RefusalCode.ENTITIES),
    "plain-doctype": (b"<!DOCTYPE Invoice><Invoice/>", RefusalCode.ENTITIES),
    "doctype-in-utf-16": (_UTF16_DTD, RefusalCode.ENTITIES),
    "doctype-in-utf-7": (_UTF7_DTD, RefusalCode.ENTITIES),
    "undeclared-entity": (b"<a>&b;</a>", RefusalCode.ENTITIES),
    "deep": (b"<a>" * 100_000, RefusalCode.TOO_DEEP),
    "one-too-deep": (b"<a>" * 65 + b"</a>" * 65, RefusalCode.TOO_DEEP),
    "many-elements": (b"<a>" + b"<b/>" * 1_000_000 + b"</a>", RefusalCode.TOO_LARGE),
    "many-attributes": (
        b"<a %s/>" % b" ".join(b"a%d='1'" % number for number in range(200_000)),
        RefusalCode.TOO_LARGE,
    ),
    "one-byte-too-large": (b"<a>" + b" " * 10_000_000, RefusalCode.TOO_LARGE),
    "empty": (b"", RefusalCode.EMPTY),
    "blank": (b" \r\n\t", RefusalCode.EMPTY),
    "not-xml": (b"number;date;amount\n1;2026-03-02;100", RefusalCode.NOT_WELL_FORMED),
    "zeros": (bytes(1000), RefusalCode.NOT_WELL_FORMED),
    "cut-off": (b"<Invoice><ID>1</ID>", RefusalCode.NOT_WELL_FORMED),
    "two-roots": (b"<a/><a/>", RefusalCode.NOT_WELL_FORMED),
    "same-attribute-twice": (b"<a b='1' b='2'/>", RefusalCode.NOT_WELL_FORMED),
    "control-character": (b"<a>\x1b[2J</a>", RefusalCode.NOT_WELL_FORMED),
    "unbound-prefix": (b"<ubl:Invoice/>", RefusalCode.NOT_WELL_FORMED),
    "latin-1-said-to-be-utf-8": (
        '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode("latin-1"),
        RefusalCode.NOT_WELL_FORMED,
    ),
    "utf-8-said-to-be-utf-16": (b'<?xml version="1.0" encoding="UTF-16"?><a/>', RefusalCode.NOT_WELL_FORMED),
    "unknown-encoding": (b'<?xml version="1.0" encoding="no-such"?><a/>', RefusalCode.NOT_WELL_FORMED),
    "other-root": (b"<Order/>", RefusalCode.UNKNOWN_ROOT),
    "invoice-without-namespace": (b"<Invoice/>", RefusalCode.UNKNOWN_ROOT),
    "invoice-of-another-namespace": (b'<Invoice xmlns="urn:else"/>', RefusalCode.UNKNOWN_ROOT),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_bytes_are_refused_quickly(name: str) -> None:
    data, code = _HOSTILE[name]
    start = time.monotonic()
    with pytest.raises(InvoiceRefused) as refusal:
        read_invoice(data, _TODAY)
    assert refusal.value.reason is code
    assert refusal.value.detail
    assert time.monotonic() - start < 5


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@pytest.mark.parametrize(
    "template",
    [
        "<!DOCTYPE a SYSTEM '{url}'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM '{url}'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM '{url}'> %x;]><a/>",
        "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{url}'/></a>",
        "<?xml-stylesheet href='{url}' type='text/xsl'?><a/>",
    ],
)
def test_nothing_is_fetched(template: str, listener: socket.socket) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    with pytest.raises(InvoiceRefused):
        read_invoice(template.format(url=url).encode(), _TODAY)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_local_files_are_not_disclosed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("salt-of-the-tag-key")
    data = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><a>&x;</a>".encode()
    with pytest.raises(InvoiceRefused) as refusal:
        read_invoice(data, _TODAY)
    assert refusal.value.reason is RefusalCode.ENTITIES
    assert "salt-of-the-tag-key" not in str(refusal.value)


def test_fifty_megabytes_are_refused_without_being_read_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.write(b"<Invoice>")
        file.truncate(50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InvoiceRefused) as refusal:
            read_invoice_file(large, _TODAY)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refusal.value.reason is RefusalCode.TOO_LARGE
    assert peak < 25_000_000


def _missing(folder: Path) -> Path:
    return folder / "missing.xml"


def _folder(folder: Path) -> Path:
    return folder


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _loop(folder: Path) -> Path:
    (folder / "loop").symlink_to("loop")
    return folder / "loop"


def _name_with_nul(folder: Path) -> Path:
    return folder / "a\0b"


@pytest.mark.parametrize("make", [_missing, _folder, _pipe, _loop, _name_with_nul])
def test_what_is_no_readable_file_is_refused(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(InvoiceRefused) as refusal:
        read_invoice_file(make(tmp_path), _TODAY)
    assert refusal.value.reason is RefusalCode.UNREADABLE


def test_depth_at_the_limit_is_parsed() -> None:
    with pytest.raises(InvoiceRefused) as refusal:
        read_invoice(b"<a>" * 64 + b"</a>" * 64, _TODAY)
    assert refusal.value.reason is RefusalCode.UNKNOWN_ROOT


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_invoice_is_read_or_refused_never_a_crash(seed: int) -> None:
    draw = random.Random(seed)
    refused = 0
    for _ in range(50):
        data = bytearray(document())
        for _ in range(draw.randint(1, 4)):
            start = draw.randrange(len(data))
            piece = draw.choice(
                [b"", b"<", b"&", b"\0", b"\xff", b"]]>", b"<!--", b"9" * 50, b"</cac:Party>"]
            )
            data[start : start + draw.choice([0, 1, 2, 200])] = piece
        try:
            read_invoice(bytes(data), _TODAY)
        except InvoiceRefused:
            refused += 1
    assert refused
