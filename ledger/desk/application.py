"""A party's application for admission: everything public that its Admission will say, but for operator, attestor and deadline."""

from dataclasses import dataclass, replace
from typing import Any, Self

from ledger.desk.desk import Desk, Person
from ledger.domain.acts import Admission, Enrolment, Limit, from_message, to_message
from ledger.domain.commitments import SECRET_BYTES, commitment, salt_of
from ledger.domain.errors import BadField
from ledger.domain.ids import NO_DIGEST, NOBODY, ChainTime, Digest, PartyId
from ledger.domain.powers import SignerKind

FORMAT = "application/1"
NO_GROUP = 0


@dataclass(frozen=True)
class Application:
    """name: as others will read it; admission: attestor, evidence and deadline still empty."""

    name: str
    admission: Admission

    @classmethod
    def of_desk(cls, desk: Desk) -> Self:
        """What this desk applies with. Raises BadField where persons or the cash account are still missing."""
        if not desk.persons:
            raise BadField("persons", "none", "at least one: `duebill desk person add`")
        if desk.account is None:
            raise BadField("account", "none", "a cash account: `duebill desk account new`")
        return cls(desk.name, _admission(desk, desk.account))

    @classmethod
    def of_json(cls, found: object) -> Self:
        """An application file. Raises BadField."""
        if not isinstance(found, dict) or found.get("duebill") != FORMAT:
            raise BadField("application", type(found).__name__, f"an object with duebill {FORMAT!r}")
        admission = from_message("Admission", found.get("admission"))
        if not isinstance(admission, Admission) or not isinstance(found.get("name"), str):
            raise BadField("application.name", str(found.get("name"))[:40], "a name")
        return cls(found["name"], admission)

    def to_json(self) -> dict[str, Any]:
        """The application file."""
        return {"duebill": FORMAT, "name": self.name, "admission": to_message(self.admission)}

    def completed(self, attestor: PartyId, evidence: Digest, deadline: ChainTime) -> Admission:
        """What operator, attestor and the new signers sign."""
        return replace(self.admission, attestor=attestor, evidence=evidence, deadline=deadline)


def _admission(desk: Desk, account: Any) -> Admission:
    return Admission(
        record=commitment(_record(desk), desk.secret),
        roles=int(desk.roles),
        sole=desk.sole,
        account=account,
        sealing_key=Digest(desk.sealing_key),
        tag_key=desk.tag_key,
        group=NO_GROUP,
        attestor=NOBODY,
        evidence=NO_DIGEST,
        persons=tuple(_person_commitment(desk, each) for each in desk.persons),
        signers=tuple(_enrolment(each) for each in desk.persons),
        limits=tuple(limit for each in desk.persons for limit in _limits(each)),
        guardians=desk.guardians,
        deadline=ChainTime(0),
    )


def _record(desk: Desk) -> list[tuple[str, str]]:
    return [("name", desk.name), *((f"id.{at}", each) for at, each in enumerate(desk.ids))]


def _person_commitment(desk: Desk, person: Person) -> Digest:
    """Each person's own secret, so that one can be shown without the others."""
    own = salt_of(desk.secret, f"person.{person.number}")[:SECRET_BYTES]
    return commitment([("name", person.name)], own)


def _enrolment(person: Person) -> Enrolment:
    mask = sum(1 << each for each in person.powers)
    return Enrolment(person.address, SignerKind.KEY, person.number, mask)


def _limits(person: Person) -> list[Limit]:
    return [
        Limit(person.address, each.currency, each.power, each.per_act, each.per_day) for each in person.limits
    ]
