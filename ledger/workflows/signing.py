"""One signature over one message: whose it is, whether that person may, and whether the proof is its own."""

from ledger.domain.acts import Admission
from ledger.domain.demands import Demand, SignerFacts, signed_by
from ledger.domain.drafts import Draft, Signature, check_key_signature
from ledger.domain.errors import SignatureInvalid
from ledger.domain.powers import Power, SignerKind
from ledger.workflows.acting import Acting
from ledger.workflows.refusals import SignatureNotNeeded, foreseen

_EXACT = ("receipt", "issue")
"""Messages of which the ledger keeps who signed: not one signature more than demanded."""


def check_signature(acting: Acting, draft: Draft, wanted: list[Demand], signature: Signature) -> None:
    """Holds one more signature to the demands on its message. draft: with the signatures before it.

    Raises ContractRefused as foreseen (UnknownSigner, SignerOfOther, LacksPower, SamePerson),
    SignatureInvalid, SignatureNotNeeded."""
    asked = [each for each in wanted if each.message == signature.message]
    if any(each.signer == signature.signer for each in asked):
        _check_proof(acting, draft, _kind_to_be(draft, signature), signature)
        return
    signer = acting.facts.signer(signature.signer)
    if signer is None:
        raise foreseen("UnknownSigner", signer=signature.signer)
    demand = _demand_on(signer, asked, signature)
    _check_power(signer, demand, signature)
    _check_person(acting, draft, signer, demand, signature)
    _check_proof(acting, draft, signer.kind, signature)


def _demand_on(signer: SignerFacts, asked: list[Demand], signature: Signature) -> Demand:
    for each in asked:
        if each.party == signer.party:
            return each
    bound = [each.party for each in asked if each.party]
    raise foreseen("SignerOfOther", signer=signature.signer, party=signer.party, wanted=bound)


def _check_power(signer: SignerFacts, demand: Demand, signature: Signature) -> None:
    if demand.power is None or demand.power.within(signer.powers):
        return
    if demand.persons > 1 and Power.PROPOSE.within(signer.powers):
        return
    raise foreseen("LacksPower", signer=signature.signer, power=demand.power.name.lower())


def _check_person(
    acting: Acting, draft: Draft, signer: SignerFacts, demand: Demand, signature: Signature
) -> None:
    for each in draft.signatures:
        earlier = acting.facts.signer(each.signer) if each.message == signature.message else None
        if earlier is not None and (earlier.party, earlier.person) == (signer.party, signer.person):
            raise foreseen("SamePerson", party=signer.party, person=signer.person)
    served = len(signed_by(draft, demand, acting.facts))
    if demand.message in _EXACT and served >= demand.persons:
        raise SignatureNotNeeded(message=demand.message, signer=signature.signer)


def _kind_to_be(draft: Draft, signature: Signature) -> SignerKind:
    """The kind of a new signer, which no register knows yet, as the admission says it."""
    act = draft.act(signature.message)
    enrolments = act.signers if isinstance(act, Admission) else ()
    kinds = {each.signer: each.kind for each in enrolments}
    return SignerKind.CONTRACT if kinds.get(signature.signer) == SignerKind.CONTRACT else SignerKind.KEY


def _check_proof(acting: Acting, draft: Draft, kind: SignerKind, signature: Signature) -> None:
    if kind is SignerKind.KEY:
        check_key_signature(draft, signature)
        return
    if not acting.node.vouches(signature.signer, draft.digest(signature.message), signature.proof):
        raise SignatureInvalid(signature.message, signature.signer, "the contract does not vouch for it")
