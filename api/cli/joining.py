"""A party learns its number from its own session, and holds its record on chain to what it applied with."""

from dataclasses import replace

from api.cli.told import Refused
from api.cli.waiting import wait_until_final
from api.cli.work import Work
from api.client.service import Service
from api.schemas.parties import Party
from ledger.desk import tag_key
from ledger.desk.application import Application
from ledger.desk.desk import Desk
from ledger.desk.errors import NotAdmitted, OtherMessage
from ledger.domain.ids import PartyId, digest_text


def join(work: Work, draft: str | None) -> PartyId:
    """The party's number, kept in desk.json from now on. Raises NotAdmitted, OtherMessage."""
    if draft is not None:
        operation = work.service.draft(draft).operation
        if operation is None:
            raise Refused("not-admitted", "The admission still lacks signatures: `duebill show DRAFT`.")
        wait_until_final(work, operation)
    record = _own_record(work)
    _check_record(record, work.desk)
    work.keep(replace(work.desk, party=PartyId(record.id)).save())
    card = {
        "name": work.desk.name,
        "ids": dict(each.split(":", 1) for each in work.desk.ids),
        "tag_public_key": tag_key.public_pem(work.desk),
    }
    work.service.put_card(record.id, card, work.key())
    return PartyId(record.id)


def _own_record(work: Work) -> Party:
    """By the signers of this desk: nobody else's record names them."""
    own = {each.address for each in work.desk.persons}
    cursor: str | None = None
    service: Service = work.service
    while True:
        page = service.parties(cursor=cursor, as_of="head")
        for each in page.items:
            if own & {signer.address for signer in each.signers}:
                return each
        if page.next is None:
            raise NotAdmitted(work.desk.name)
        cursor = page.next


def _check_record(record: Party, desk: Desk) -> None:
    """The register holds exactly what this desk applied with."""
    wanted = Application.of_desk(desk).admission
    for name, found, mine in (
        ("record", record.record, digest_text(wanted.record)),
        ("sealing key", record.sealing_key, digest_text(wanted.sealing_key)),
        ("tag key", record.tag_key, digest_text(wanted.tag_key)),
        ("account", record.account.lower(), wanted.account.lower()),
        (
            "signers",
            sorted(each.address for each in record.signers),
            sorted(each.signer for each in wanted.signers),
        ),
    ):
        if found != mine:
            raise OtherMessage(name, str(found), str(mine))
