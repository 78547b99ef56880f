"""The seller register's file, and how the ids that an invoice prints become ids of the register."""

from collections.abc import Iterable
from pathlib import Path

from stdnum.cn import uscc

from ledger.desk.folder import read_json, write_json
from ledger.documents.invoices.model import Party
from ledger.domain.errors import BadField, NotCanonical
from ledger.domain.ids import PartyId
from ledger.domain.sellers import SCHEMES, Seller, SellerId, SellerRegister

_FILE = "sellers.json"
# ISO 6523: 0199 is the LEI; EM is a mail address among the electronic addresses.
_LEI = "0199"
_ELECTRONIC = "EM"


def load_register(folder: Path) -> SellerRegister:
    """The desk's register, empty where there is none yet."""
    if not (folder / _FILE).exists():
        return SellerRegister()
    register = SellerRegister()
    for each in read_json(folder / _FILE)["sellers"]:
        ids = tuple(SellerId.of(*text.split(":", 1)) for text in each["ids"])
        register = register.with_seller(Seller(each["name"], PartyId(int(each["party"])), ids))
    return register


def save_register(folder: Path, register: SellerRegister) -> None:
    """Keeps the register."""
    rows = [
        {"name": each.name, "party": each.party, "ids": [str(own) for own in each.ids]}
        for each in register.sellers
    ]
    write_json(folder / _FILE, {"sellers": rows})


def ids_of_text(text: str) -> tuple[SellerId, ...]:
    """Ids as a person types them: `vat=DE…,lei=…`, or `scheme:value` with an ISO 6523 scheme. Raises BadField, NotCanonical."""
    return tuple(dict.fromkeys(_id_of_text(part.strip()) for part in text.split(",") if part.strip()))


def ids_of_party(party: Party) -> tuple[SellerId, ...]:
    """The ids by which an invoice's seller can be known. A number that a buyer once gave it is none of them."""
    given = [*_legal(party.legal_id), *_other(party.other_ids)]
    if party.vat_id:
        given.append(("vat", party.vat_id))
    if party.electronic_id:
        given.append(_scheme_of(party.electronic_id, "electronic"))
    found = []
    for scheme, value in given:
        try:
            found.append(SellerId.of(scheme, value))
        except NotCanonical:
            continue
    return tuple(dict.fromkeys(found))


def shares_an_id(one: Iterable[SellerId], other: Iterable[SellerId]) -> bool | None:
    """Whether two sets of ids have one in common; None where no scheme is in both, so that they say nothing about each other."""
    mine, theirs = set(one), set(other)
    if not {each.scheme for each in mine} & {each.scheme for each in theirs}:
        return None
    return bool(mine & theirs)


def _id_of_text(text: str) -> SellerId:
    scheme, separator, value = text.partition("=")
    if separator and scheme in SCHEMES:
        return SellerId.of(scheme, value)
    scheme, separator, _ = text.partition(":")
    if not separator:
        raise BadField("ids", text[:60], "scheme=value with a scheme of " + ", ".join(SCHEMES))
    if scheme in SCHEMES:
        return SellerId.of(scheme, text.partition(":")[2])
    return SellerId.of(*_scheme_of(text, "legal"))


def _legal(legal_id: str | None) -> list[tuple[str, str]]:
    if not legal_id:
        return []
    scheme, value = _scheme_of(legal_id, "legal")
    return [("uscc" if uscc.is_valid(value) else scheme, value)]


def _other(ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of further ids only those that say themselves what they are."""
    given = [_scheme_of(each, "") for each in ids]
    known = [(scheme, value) for scheme, value in given if scheme == "lei"]
    return known + [("uscc", value) for _, value in given if uscc.is_valid(value)]


def _scheme_of(text: str, otherwise: str) -> tuple[str, str]:
    head, separator, rest = text.partition(":")
    if not separator:
        return otherwise, text
    if head == _LEI:
        return "lei", rest
    if head == _ELECTRONIC:
        return "electronic", rest
    return otherwise, rest
