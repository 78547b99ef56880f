"""`duebill permit`: the cash account's key lets the ledger draw what the party's own acts name."""

import click

from api.cli.options import desk_command
from api.cli.proposing import deadline
from api.cli.told import Refused
from api.cli.waiting import wait_until_final
from api.cli.work import Work
from ledger.desk.desk import ACCOUNT
from ledger.desk.permit import WITHOUT_END, Permit, Token, permit_digest
from ledger.domain.ids import address_of_text


@click.command()
@click.option("--token", metavar="ADDRESS", help="Default: the deployment's settlement token.")
@click.option(
    "--token-name",
    default="Duebill settlement token",
    show_default=True,
    help="Name in the token's EIP-712 domain.",
)
@click.option("--value", type=click.IntRange(0), help="Token units. Default: without end.")
@click.option(
    "--nonce",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="How many permits the account has given.",
)
@desk_command(signs=True, submits=True, proposes=True)
def permit(work: Work, token: str | None, token_name: str, value: int | None, nonce: int) -> None:
    """Sign an ERC-2612 permit with the cash account's key and have it relayed.

    The ledger then draws from the account only inside acts that this party has signed, and never more than they name.

    Example: duebill permit
    """
    desk, pin = work.desk, work.pin
    if desk.account is None:
        raise Refused("usage", "This desk has no cash account: `duebill desk account new`.")
    if not (token or pin.token):
        raise Refused("usage", "The deployment names no settlement token: say --token.")
    address = address_of_text(token or pin.token)
    amount = WITHOUT_END if value is None else value
    wanted = Permit(desk.account, pin.ledger, amount, nonce, deadline(work))
    limit = "without limit" if amount == WITHOUT_END else f"up to {amount} units"
    work.say(f"The ledger {pin.ledger} may draw on {desk.account}, {limit}, in token {address}.")
    work.agree("Sign this permit?")
    proof = desk.key(ACCOUNT, work.passwords).sign_digest(
        permit_digest(wanted, Token(token_name, pin.chain_id, address))
    )
    given = {
        "token": address,
        "owner": desk.account,
        "spender": pin.ledger,
        "value": str(amount),
        "deadline": str(wanted.deadline),
        "signature": "0x" + proof.hex(),
    }
    operation = work.service.relay_permit(given, work.key()).operation
    value_told = {"operation": operation, "account": desk.account}
    if work.wait:
        done = wait_until_final(work, operation)
        value_told |= {"operation_status": done.status}
    work.answer(value_told, f"Permit relayed: operation {operation}.")
