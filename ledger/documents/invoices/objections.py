"""What stops a confirmation: concluded from root, type code, payment means, payee, dates and terms."""

from datetime import date

from .model import Objection
from .parties import same_party
from .skonto import offers_discount
from .stated import PaymentMeans, Stated


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# UNTDID 1001. Each set lists every code with that property; a code may stand in several.
CREDIT_NOTES = _codes("81 83 261 262 296 308 381 396 420 458 502 503 532")
# Asks for no payment: pro-forma invoice, invoicing data sheet, information for accounting only.
PRO_FORMA = _codes("130 325 751")
CORRECTIONS = _codes("384 471 472 473")
SELF_BILLED = _codes("261 389 471 473 500 501 502 527")
# "Factored": the seller says itself that it has assigned the debt.
FACTORED = _codes("393 396 472 473 501 502")

# UNTDID 4461. The creditor takes the money itself: debits and cards. A transfer, cash, a cheque or an online
# service leaves the paying to the debtor and stops nothing.
PULLED = _codes("3 7 14 16 18 27 29 31 34 36 38 40 43 46 47 48 49 51 54 55 59")
# The debt is already in a bill, a note or a recorded claim, or is cleared against another.
EMBODIED = _codes("24 44 60 61 62 63 64 65 66 67 70 74 75 76 77 78 97 98")


def objections(stated: Stated, due: date | None, payable: int, today: date) -> tuple[Objection, ...]:
    """The sorted objections to confirming what `stated` says; `payable` in minor units, `today` a civil date.

    An invoice is past due from the day after its due date.
    """
    code = stated.type_code
    found = {
        Objection.NOTHING_DUE: payable == 0,
        Objection.NEGATIVE: payable < 0,
        Objection.CREDIT_NOTE: stated.credit_note_root or code in CREDIT_NOTES,
        Objection.PRO_FORMA: code in PRO_FORMA,
        Objection.CORRECTION: code in CORRECTIONS,
        Objection.SELF_BILLED: code in SELF_BILLED,
        Objection.COLLECTED_OTHERWISE: any(_collected(means) for means in stated.means),
        Objection.OTHER_PAYEE: code in FACTORED or _paid_to_another(stated),
        Objection.NO_DUE_DATE: due is None,
        Objection.PAST_DUE: due is not None and due < today,
        Objection.SKONTO: offers_discount(stated.terms),
    }
    return tuple(sorted(objection for objection, holds in found.items() if holds))


def _collected(means: PaymentMeans) -> bool:
    return means.card_or_mandate or means.code in PULLED or means.code in EMBODIED


def _paid_to_another(stated: Stated) -> bool:
    return stated.payee is not None and not same_party(stated.payee, stated.seller)
