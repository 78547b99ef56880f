"""Who a seller is, whatever its invoice calls it: a debtor's register of its sellers' ids, each resolving to one canonical id."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from .errors import BadField, NotCanonical, SellerAmbiguous, SellerUnknown
from .ids import PartyId

SCHEMES = ("legal", "vat", "tax", "lei", "uscc", "electronic")
"""Kinds of ids: register number, VAT, national tax number, LEI, Chinese unified code, electronic address."""
_MAX_ID = 100
_UNSEEN = {
    "\u034f",
    "\u115f",
    "\u1160",
    "\u17b4",
    "\u17b5",
    "\u3164",
    "\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
}
_VAT = re.compile(r"([A-Z]{2}|CHE)([0-9A-Z+*]{2,13})")
_SWISS_TAIL = re.compile(r"(CHE[0-9]{9})(?:MWST|TVA|IVA)")


def folded(text: str) -> str:
    """Capital letters and digits of `text`: form, case, spaces and punctuation folded away."""
    kept = (ascii_digit(each) for each in plain(text) if unicodedata.category(each)[0] in "LMN")
    return unicodedata.normalize("NFKC", "".join(kept).upper())


def plain(text: str) -> str:
    """NFKC and case folding, without what nobody sees (soft hyphens, joiners, direction marks, variation selectors)."""
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(each for each in flat if unicodedata.category(each) != "Cf" and each not in _UNSEEN)


def ascii_digit(character: str) -> str:
    """A decimal digit of any script as 0 to 9; any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


@dataclass(frozen=True, slots=True)
class SellerId:
    """One id of a seller, in canonical form."""

    scheme: str
    value: str

    @classmethod
    def of(cls, scheme: str, text: str) -> Self:
        """The canonical form of an id as printed. Raises BadField for an unknown scheme, NotCanonical when nothing is left."""
        if scheme not in SCHEMES:
            raise BadField(field="scheme", found=scheme[:40], limit=", ".join(SCHEMES))
        value = folded(text)
        if scheme == "vat":
            value = _vat(value)
        if not value or len(value) > _MAX_ID:
            raise NotCanonical(field=scheme, found=text[:80])
        return cls(scheme, value)

    @property
    def without_country(self) -> str:
        """A VAT id without its country's letters, as some invoices print it; other ids as they are."""
        match = _VAT.fullmatch(self.value) if self.scheme == "vat" else None
        return match.group(2) if match else self.value

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller as its debtor enrolled it. The first id is the canonical one and never changes, for tags are made of it."""

    name: str
    party: PartyId
    ids: tuple[SellerId, ...]

    @property
    def canonical(self) -> str:
        """`scheme:value`, what tags are made of."""
        return str(self.ids[0])


@dataclass(frozen=True, slots=True)
class SellerRegister:
    """A debtor's sellers. No id stands for two of them."""

    sellers: tuple[Seller, ...] = ()

    def with_seller(self, seller: Seller) -> Self:
        """The register with one more seller. Raises BadField for one without id, SellerAmbiguous for an id that is taken."""
        if not seller.ids:
            raise BadField(field="ids", found="none", limit="at least one id")
        taken = [each for each in self.sellers if set(each.ids) & set(seller.ids)]
        if taken:
            ids = tuple(str(each) for each in taken[0].ids if each in seller.ids)
            raise SellerAmbiguous(ids=ids, sellers=(taken[0].canonical, seller.canonical))
        return type(self)((*self.sellers, seller))

    def resolve(self, ids: Iterable[SellerId]) -> Seller:
        """The one seller for whom all of a file's known ids stand. Raises SellerUnknown for none, SellerAmbiguous for two."""
        asked = tuple(ids)
        found = {each.canonical: each for given in asked for each in self._sellers_with(given)}
        shown = tuple(map(str, asked))
        if not found:
            raise SellerUnknown(ids=shown)
        if len(found) > 1:
            raise SellerAmbiguous(ids=shown, sellers=tuple(sorted(found)))
        return next(iter(found.values()))

    def _sellers_with(self, given: SellerId) -> list[Seller]:
        """By the whole id; a VAT id printed without its country also by the rest."""
        exact = [each for each in self.sellers if given in each.ids]
        if exact or given.scheme != "vat" or given.without_country != given.value:
            return exact
        return [
            each
            for each in self.sellers
            if any(own.scheme == "vat" and own.without_country == given.value for own in each.ids)
        ]


def _vat(value: str) -> str:
    """One spelling of a country: EL for Greece; the Swiss tax's name behind the number is none of it."""
    swiss = _SWISS_TAIL.fullmatch(value)
    if swiss:
        return swiss.group(1)
    return "EL" + value[2:] if value.startswith("GR") else value
