"""Signing in to the service with a person's key, and holding the service to the deployment that the desk is pinned to."""

from dataclasses import replace

from api.cli.told import Refused
from api.cli.work import Work
from api.client.errors import ServiceRefused
from api.client.service import Service
from api.schemas.network import Deployment
from ledger.desk import sign_in
from ledger.desk.pin import Pin
from ledger.domain.errors import BadField

_UNAUTHORISED = 401


def deployment(work: Work) -> Deployment:
    """What the service works on. A desk without a pin is pinned to it now. Raises OtherDeployment."""
    if not work.desk.service:
        raise Refused("usage", "This desk has no service yet: `duebill desk service URL`.")
    with Service(work.desk.service) as service:
        answer = service.deployment()
    found = Pin.of_json(answer.model_dump())
    desk = work.desk
    if desk.pin is not None:
        desk.pin.check(found)
    else:
        work.keep(replace(desk, pin=found).save())
        work.say(f"This desk is now pinned to chain {found.chain_id}, ledger {found.ledger}.")
    return answer


def signed_in(work: Work, person: str | None) -> Service:
    """The service with a session of that person, or of anybody of this desk who has one. Raises OtherDeployment."""
    found = work.deployment
    for name in [person] if person else [each.name for each in work.desk.persons]:
        service = _with_kept_token(work, name)
        if service is not None:
            return service
    names = [person] if person else [each.name for each in work.desk.persons]
    if not names:
        raise BadField("persons", "none", "at least one: `duebill desk person add`")
    return _sign_in(work, names[0], found)


def _with_kept_token(work: Work, name: str) -> Service | None:
    """A kept token that the service still takes."""
    desk = work.desk
    token = sign_in.kept_token(desk.folder, desk.service, desk.person(name).address, work.now())
    if token is None:
        return None
    service = Service(desk.service, token)
    try:
        service.head()
    except ServiceRefused as refused:
        if refused.problem.status != _UNAUTHORISED:
            return service
        service.close()
        return None
    return service


def _sign_in(work: Work, name: str, found: Deployment) -> Service:
    desk = work.desk
    key = desk.key(name, work.passwords)
    terms = found.sign_in
    place = sign_in.Place(terms.domain, terms.uri, terms.chain_id)
    with Service(desk.service) as open_service:
        nonce = open_service.nonce().nonce
        text, proof = sign_in.signed_message(place, desk.service, work.pin.chain_id, key, nonce, work.now())
        session = open_service.open_session(text, proof)
    sign_in.keep_token(desk.folder, desk.service, key.address, session.token, session.expires_at)
    return Service(desk.service, session.token)
