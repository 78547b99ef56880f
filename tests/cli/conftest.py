"""One network and three parties for all tests of the command line that need a service."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.network import Network, Party, admitted, founders

CORE = {"admin": "administer", "maker": "propose,pay", "checker": "confirm,pay", "lager": "receive"}
SUPPLIER = {"admin": "administer", "lin": "propose,receive,transfer,pay"}


@dataclass
class Town:
    """Who plays. trade: between debtor and supplier, 400,000.00 received."""

    network: Network
    debtor: Party
    supplier: Party
    other: Party
    trade: str


@pytest.fixture(scope="session")
def town(duebill: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("cli town")
    network = Network(duebill, folder / "home")
    try:
        yield _settled(network, folder)
    finally:
        network.close()


def _settled(network: Network, folder: Path) -> Town:
    by = founders(network)
    kind = ("--role", "core-enterprise", "--with-tag-key")
    ids = "0199:894500NWKANTRIEB0140,vat:DE987650001"
    debtor = admitted(network, by, folder / "debtor", kind, CORE, ids)
    seller_ids = "0199:894500HXCASTINGS0202,vat:DE951200002,uscc:91320594MA9HX00006"
    supplier = admitted(network, by, folder / "supplier", ("--role", "supplier"), SUPPLIER, seller_ids)
    other_ids = "0210:99904129998,vat:IT99904129998"
    other = admitted(network, by, folder / "other", ("--role", "supplier"), SUPPLIER, other_ids)
    for party, known_by in ((supplier, seller_ids), (other, other_ids)):
        debtor.do("sellers", "add", party.desk.name, "--party", party.number, "--ids", known_by)
    words = (
        "order",
        "--seller",
        supplier.number,
        "--amount",
        "900000.00",
        "--document",
        "order 1",
        "--as",
        "maker",
        "--yes",
    )
    trade = supplier.do("sign", debtor.do(*words)["draft"], "--as", "lin", "--yes")["trade"]
    debtor.do("receipt", trade, "--amount", "400000.00", "--note", "LS-1", "--as", "lager", "--yes")
    return Town(network, debtor, supplier, other, trade)
