"""What the deployment founds, and that nobody can change it but by its own rules."""

from brownie import ZERO_ADDRESS, accounts, chain
from eth_abi.abi import encode

from ledger.domain.hashing import keccak
from scripts.deploy import key
from tests.contracts.company import BUYER, DAY_SECONDS, Refused, Scene, text

RULES = (text("next rules"), 0, 3, 90, 10, 86_400, 900, 360, False, False, 0, 0)


def test_the_contracts_name_each_other(scene: Scene) -> None:
    assert scene.ledger.parties() == scene.parties.address
    assert scene.ledger.rules() == scene.rules.address
    assert scene.rules.owner() == scene.timelock.address
    assert scene.parties.operator() == 1
    assert scene.rules.currencyRule(1, b"EUR")[0] == scene.token.address


def test_the_founders_are_operator_and_attestor(scene: Scene) -> None:
    assert scene.parties.signer(key("operator").address)[0] == 1
    assert scene.parties.signer(key("attestor").address)[0] == 2
    assert scene.parties.count() == 6


def test_every_event_of_an_admission_names_its_party(scene: Scene) -> None:
    events = scene.admit("other", 2, {"other": [0, 2]}).events
    assert [each["party"] for each in events["PartyAdmitted"]] == [7]
    assert events["PersonEnrolled"][0]["person"] == 1
    assert events["SignerEnrolled"][0]["powers"] == 0b101
    assert {each["power"] for each in events["LimitSet"]} == {0, 2}
    assert events["GuardianNamed"][0]["guardian"] == key("guardian").address


def test_only_the_minter_makes_money(scene: Scene) -> None:
    with Refused("NotMinter"):
        scene.token.mint(accounts[1], 1, {"from": accounts[1]})
    assert scene.token.decimals() == 2


def test_nobody_publishes_rules_past_the_timelock(scene: Scene) -> None:
    rule = (scene.token.address, 0, 1, 10**14)
    with Refused("NotOwner"):
        scene.send(scene.rules.publish, RULES, [b"EUR"], [rule])


def test_the_timelock_publishes_rules_after_its_delay(scene: Scene) -> None:
    proposer = accounts.add(key("operator").key)
    scene.submitter.transfer(proposer, 10**18)
    begins = chain.time() + 30 * DAY_SECONDS
    rules = (RULES[0], begins, *RULES[2:])
    call = scene.rules.publish.encode_input(rules, [b"EUR"], [(scene.token.address, 0, 1, 10**14)])
    delay = scene.timelock.getMinDelay()
    operation = (scene.rules.address, 0, call, bytes(32), text("salt"))
    scene.timelock.schedule(*operation, delay, {"from": proposer})
    with Refused("TimelockUnexpectedOperationState"):
        scene.send(scene.timelock.execute, *operation)

    chain.sleep(delay + 1)
    events = scene.send(scene.timelock.execute, *operation).events

    assert events["RulesPublished"]["version"] == 2
    assert scene.rules.current() == 1
    chain.sleep(30 * DAY_SECONDS)
    chain.mine()
    assert scene.rules.current() == 2


def test_only_proposers_propose(scene: Scene) -> None:
    with Refused("AccessControlUnauthorizedAccount"):
        scene.send(scene.timelock.schedule, ZERO_ADDRESS, 0, b"", bytes(32), bytes(32), 10**6)


def test_journals_begin_at_their_seeds(scene: Scene) -> None:
    for contract in (scene.ledger, scene.parties, scene.rules):
        seed = encode(
            ["string", "uint256", "address", "uint8", "uint256"],
            ["duebill.journal.v1", chain.id, contract.address, 3, 99],
        )
        assert bytes(contract.journal(3, 99)) == keccak(seed)
    assert scene.parties.account(BUYER) == key("account of buyer").address
