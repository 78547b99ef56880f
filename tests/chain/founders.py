"""Founding parties with real keys, for tests that deploy."""

from coincurve import PrivateKey

from ledger.chain.creations import Founder, Founding, RuleSet, parties_address
from ledger.domain.acts import Admission, Domain, Enrolment, digest, to_abi
from ledger.domain.hashing import keccak
from ledger.domain.ids import NOBODY, Address, ChainTime, Digest, PersonNumber, address_of_bytes
from ledger.domain.powers import Power, Role, SignerKind

DEPLOYER_KEY = bytes.fromhex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
"""The first account of every local anvil."""


def key_of(name: str) -> PrivateKey:
    """A key that follows from a name."""
    return PrivateKey(keccak(name.encode()))


def address_of(key: PrivateKey) -> Address:
    """The account of a key."""
    return address_of_bytes(keccak(key.public_key.format(compressed=False)[1:])[12:])


def sign(key: PrivateKey, over: Digest) -> bytes:
    """r ‖ s ‖ v, v 27 or 28."""
    raw = key.sign_recoverable(over, hasher=None)
    return raw[:64] + bytes([raw[64] + 27])


def admission(name: str, role: Role, power: Power, deadline: int) -> Admission:
    """A founding party of one person with one key and one power."""
    return Admission(
        record=Digest(keccak(f"record of {name}".encode())),
        roles=role,
        sole=False,
        account=address_of(key_of(f"account of {name}")),
        sealing_key=Digest(keccak(f"sealing key of {name}".encode())),
        tag_key=Digest(bytes(32)),
        group=0,
        attestor=NOBODY,
        evidence=Digest(bytes(32)),
        persons=(Digest(keccak(f"person of {name}".encode())),),
        signers=(Enrolment(address_of(key_of(name)), SignerKind.KEY, PersonNumber(1), 1 << power),),
        limits=(),
        guardians=(),
        deadline=ChainTime(deadline),
    )


def founder(act: Admission, key: PrivateKey, domain: Domain) -> Founder:
    """A founding party with the signature of its one signer."""
    proof = sign(key, digest(act, domain))
    return Founder(admission=to_abi(act), signatures=((act.signers[0].signer, proof),))


def founding(chain_id: int, sender: Address, nonce: int, now: int) -> Founding:
    """An operator and an attestor who found a register that `sender` deploys with `nonce`."""
    domain = Domain(chain_id, parties_address(sender, nonce))
    deadline = now + 86_400
    operator = admission("operator", Role.OPERATOR, Power.ADMINISTER, deadline)
    attestor = admission("attestor", Role.AUDITOR, Power.ATTEST, deadline)
    return Founding(
        operator=founder(operator, key_of("operator"), domain),
        attestor=founder(attestor, key_of("attestor"), domain),
        rules=RuleSet(source=keccak(b"rules")),
        proposers=(operator.signers[0].signer,),
        minter=sender,
    )
