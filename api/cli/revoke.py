"""`duebill revoke`: takes a signature back on chain, while the act has not taken effect."""

import click

from api.cli.options import desk_command
from api.cli.proposing import deadline, new_draft, opened, put_up
from api.cli.told import Refused
from api.cli.work import Work
from ledger.desk.signing import own_message
from ledger.domain.acts import Revoke
from ledger.domain.drafts import Extra, Proof
from ledger.domain.ids import NO_DIGEST


@click.command()
@click.argument("draft", metavar="DRAFT")
@desk_command(signs=True, submits=True, proposes=True)
def revoke(work: Work, draft: str) -> None:
    """Take this party's signature on DRAFT back. One person is enough, and the chain refuses the act from then on.

    Example: duebill revoke 01KB3QZ… --as lin
    """
    found = opened(work, work.service.draft(draft))
    name = own_message(found, work.desk.party)
    own = {each.address for each in work.desk.persons}
    given = [each for each in found.signatures if each.message == name and each.signer in own]
    if not given:
        raise Refused("usage", "Nobody of this desk has signed this draft.")
    proof = Proof(given[0].signer, given[0].proof)
    act = Revoke(work.desk.number, found.digest(name), NO_DIGEST, deadline(work))
    put_up(work, new_draft(work, "revoke", {"revoke": act}, Extra(proof_of_signing=proof)))
