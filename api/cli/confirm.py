"""`duebill confirm`: the debtor's maker reads, compares, tags, looks the tags up, and signs."""

import click

from api.cli.debtor import check_stops, is_debtor, look, tell_look, told_duplicates
from api.cli.options import desk_command
from api.cli.packets import send_sealed
from api.cli.proposing import known, new_draft, opened, report, signed_by_persons
from api.cli.sign import CHECKED, hand_over, sign_stored
from api.cli.told import Refused
from api.cli.work import Work
from ledger.desk.checking import make_uses
from ledger.desk.packets import proofs_packet
from ledger.desk.tag_key import open_tag_key
from ledger.domain.acts import Confirm, to_message
from ledger.domain.summaries import summary_of


@click.command()
@click.argument("draft", metavar="DRAFT")
@CHECKED
@desk_command(signs=True, submits=True)
def confirm(work: Work, draft: str, release: tuple[str, ...], despite_duplicates: bool) -> None:
    """Confirm what a supplier asks for in DRAFT, as the first of two persons.

    This desk opens the sealed invoices, reads them itself, holds them to the terms and to the seller register, makes
    their tags, looks these up on the chain, and shows exposure and duplicates. What a person has to look at stops it
    until it is released by its code. The second person uses `duebill sign DRAFT`.

    Example: duebill confirm 01KB3QZ… --as mueller
    """
    answer = work.service.draft(draft)
    request = opened(work, answer)
    if not is_debtor(work, request):
        raise Refused("not-allowed", "This party is not the debtor of this draft.")
    if "confirm" in request.messages:
        sign_stored(work, answer, release=release, despite=despite_duplicates)
        return
    found = look(work, answer, request)
    tell_look(work, found)
    uses, proofs = make_uses(found.comparison.invoices, open_tag_key(work.desk, work.passwords))
    used_up = told_duplicates(work, uses, found.terms.currency)
    check_stops(found.comparison.stops, used_up, release, despite=despite_duplicates)
    act = Confirm(found.terms, uses)
    mine = new_draft(work, "confirm", {"confirm": act})
    text = summary_of(act, known(work, mine))
    signed = signed_by_persons(work, mine, text.zh if work.lang == "zh" else text.en)
    # Proofs first: broken off after them it begins anew, broken off after the message they are there.
    send_sealed(
        work, work.desk.number, proofs_packet(proofs), label="tag proofs for the second person", draft=draft
    )
    made = work.service.add_message(draft, "confirm", to_message(act), {}, work.key())
    opened(work, made, wanted=mine)
    report(work, hand_over(work, made, signed.signatures))
