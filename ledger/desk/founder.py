"""A desk signs as a founding party of a deployment to come: part of a founding file."""

from dataclasses import replace
from typing import Any

from ledger.desk.application import Application
from ledger.desk.desk import Desk
from ledger.desk.passwords import Passwords
from ledger.domain.acts import Domain, digest, to_message
from ledger.domain.ids import ChainTime


def founder_of(desk: Desk, passwords: Passwords, domain: Domain, deadline: ChainTime) -> dict[str, Any]:
    """The desk's Admission and the signature of each of its persons. domain: of the register to come; deadline: until when it may
    be founded. Raises BadField, WrongPassword."""
    admission = replace(Application.of_desk(desk).admission, deadline=deadline)
    wanted = digest(admission, domain)
    signatures = []
    for person in desk.persons:
        key = desk.key(person.name, passwords)
        signatures.append({"signer": key.address, "proof": "0x" + key.sign_digest(wanted).hex()})
    return {"admission": to_message(admission), "signatures": signatures}
