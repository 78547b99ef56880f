"""Who is who on an invoice: how a party is shown, and whether the payee is the seller."""

import unicodedata

from .model import Party
from .stated import Id, StatedParty

# The bank's creditor identifier (BT-90) names a right to collect, not a legal entity.
_BANK_SCHEME = "SEPA"


def shown(party: StatedParty) -> Party:
    """The party as the reader's answer shows it."""
    return Party(
        name=party.names[0] if party.names else None,
        legal_id=str(party.legal_id) if party.legal_id else None,
        vat_id=party.vat_id,
        electronic_id=str(party.electronic_id) if party.electronic_id else None,
        other_ids=tuple(str(other) for other in party.other_ids if other.scheme != _BANK_SCHEME),
    )


def same_party(one: StatedParty, other: StatedParty) -> bool:
    """Whether both are certainly one legal entity.

    Ids decide before names: one id of a kind that both print and that differs makes them two; one that agrees
    makes them one. Only without a comparable id do names decide, letter for letter but for case, width and
    punctuation. In doubt they are two: an objection asks a person, a guess would pay the wrong one.
    """
    verdicts = [verdict for verdict in _id_verdicts(one, other) if verdict is not None]
    if verdicts:
        return all(verdicts)
    names = {_folded(name) for name in one.names} & {_folded(name) for name in other.names}
    return bool(names - {""})


def _id_verdicts(one: StatedParty, other: StatedParty) -> list[bool | None]:
    legal = _compare_ids(one.legal_id, other.legal_id)
    vat = _folded(one.vat_id) == _folded(other.vat_id) if one.vat_id and other.vat_id else None
    mine, theirs = _by_scheme(one), _by_scheme(other)
    shared = [mine[scheme] == theirs[scheme] for scheme in mine.keys() & theirs.keys()]
    return [legal, vat, *shared]


def _compare_ids(one: Id | None, other: Id | None) -> bool | None:
    if one is None or other is None:
        return None
    if one.scheme and other.scheme and one.scheme != other.scheme:
        return None  # two registers: the numbers say nothing about each other
    return _folded(one.value) == _folded(other.value)


def _by_scheme(party: StatedParty) -> dict[str, frozenset[str]]:
    """Further ids under a named scheme. Without one an id may be anybody's numbering and proves nothing."""
    schemes = {other.scheme for other in party.other_ids if other.scheme and other.scheme != _BANK_SCHEME}
    return {
        scheme: frozenset(_folded(other.value) for other in party.other_ids if other.scheme == scheme)
        for scheme in schemes
    }


def _folded(text: str | None) -> str:
    wide = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(character for character in wide if character.isalnum())
