"""Whether terms offer a discount for paying early: structured, in XRechnung's line syntax, or in words."""

import re

from .stated import PaymentTerm

# XRechnung (BR-DE-18): one line a step, "#SKONTO#TAGE=14#PROZENT=2.00#", perhaps "BASISBETRAG=...#" after it.
_MARK = re.compile(r"#SKONTO#", re.IGNORECASE)
_NO_DISCOUNT_STEP = re.compile(
    r"#SKONTO#TAGE=[0-9]+#PROZENT=0+(?:\.0*)?#(?:BASISBETRAG=[^#]*#)?", re.IGNORECASE
)

# Said to say that there is none; French law asks for the sentence even then.
_NONE_IN_WORDS = re.compile(
    r"\b(?:kein(?:e[nrs]?)?|ohne(?: abzug von)?|nicht)\s+skont[oi]\b"
    r"|\bskont[oi] (?:wird |ist )?(?:nicht|ausgeschlossen)\b"
    r"|\b(?:no|without) (?:cash |early[- ]payment |prompt[- ]payment |settlement )?discount\b"
    r"|\b(?:pas d|sans|aucun|point d)['’\s]?\s*escompte\b|\bescompte\s*:\s*(?:n[ée]ant|0)"
    r"|(?:无|不提供|没有)现金折扣",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\bskont[oi]\b|\bsconto\b|\bescompte\b|现金折扣|提前付款折扣"
    r"|\b(?:cash|early[- ]payment|prompt[- ]payment|settlement) discount\b"
    r"|\bdiscount (?:for|if|when|on) (?:early|prompt|paid|payment)\b"
    r"|[0-9]\s?% discount\b"
    r"|\b[0-9]{1,2}(?:[.,][0-9]+)?\s?%?\s?/\s?[0-9]{1,3},?\s+n(?:et)?\s?/?\s?[0-9]{1,3}\b",
    re.IGNORECASE,
)


def offers_discount(terms: tuple[PaymentTerm, ...]) -> bool:
    """True where any term offers a discount, or names one in a way that only a person can settle."""
    return any(term.discounted or _note_offers(term.note or "") for term in terms)


def _note_offers(note: str) -> bool:
    rest = _NO_DISCOUNT_STEP.sub(" ", note)
    if _MARK.search(rest):
        return True
    return bool(_IN_WORDS.search(_NONE_IN_WORDS.sub(" ", rest)))
