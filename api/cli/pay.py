"""`duebill pay`, `bank-paid`, `acknowledge`: a debtor pays in tokens or by bank, a holder says that the money came."""

import secrets

import click

from api.cli.lookup import events_of, money, piece_at_head, receivable_at_head
from api.cli.options import desk_command
from api.cli.proposing import deadline, new_draft, put_up
from api.cli.told import Refused
from api.cli.trade import keep_paper
from api.cli.work import Work
from ledger.domain import acts
from ledger.domain.errors import NotFound
from ledger.domain.ids import PieceId, digest_of_text, receivable_text
from ledger.domain.units import ALL_OWED, Amount


@click.command()
@click.argument("receivable", metavar="RECEIVABLE")
@click.option("--amount", help="By how much what is paid on the whole line rises.")
@click.option("--all", "everything", is_flag=True, help="All that is owed when it takes effect.")
@click.option(
    "--at-most",
    metavar="AMOUNT",
    help="The most that may leave the account. Default: the amount, or what is owed now.",
)
@desk_command(signs=True, submits=True, proposes=True)
def pay(work: Work, receivable: str, amount: str | None, everything: bool, at_most: str | None) -> None:
    """Pay on a receivable from the cash account; it is shared among all pieces of the line.

    Example: duebill pay 0x4f… --amount 100000.01 --as mueller
    """
    if (amount is None) == (not everything):
        raise Refused("usage", "Say either --amount or --all.")
    at, found = receivable_at_head(work, receivable)
    owed = Amount(int(found.standing.owed.minor) + int(found.standing.interest_accrued.minor))
    paid = ALL_OWED if amount is None else money(amount, found)
    most = (owed if everything else paid) if at_most is None else money(at_most, found)
    act = acts.Pay(at, paid, most, secrets.randbits(256), deadline(work))
    put_up(work, new_draft(work, "pay", {"pay": act}))


@click.command("bank-paid")
@click.argument("piece", metavar="PIECE")
@click.option("--amount", required=True, help="What was paid to the holder by bank.")
@click.option(
    "--evidence",
    required=True,
    metavar="FILE|TEXT",
    help="The bank's paper; only its commitment leaves this desk.",
)
@desk_command(signs=True, submits=True, proposes=True)
def bank_paid(work: Work, piece: str, amount: str, evidence: str) -> None:
    """Say that a piece's holder was paid by bank; two persons sign. The piece then waits for the holder's word.

    Example: duebill bank-paid 0x4f…-0 --amount 33333.33 --evidence statement.pdf --as mueller --as weber
    """
    at, found = piece_at_head(work, piece)
    paper = keep_paper(work, evidence)
    act = acts.BankPaid(
        at.receivable, at.start, found.version, money(amount, found), paper.commitment, deadline(work)
    )
    put_up(work, new_draft(work, "bank_paid", {"bank_paid": act}), to=[found.holder])


@click.command()
@click.argument("piece", metavar="PIECE")
@desk_command(signs=True, submits=True, proposes=True)
def acknowledge(work: Work, piece: str) -> None:
    """Say that the bank's money for a piece has arrived; the piece ends, and nothing more is owed on it.

    Example: duebill acknowledge 0x4f…-0 --as lin
    """
    at, found = piece_at_head(work, piece)
    digest = digest_of_text(_bank_paid_digest(work, at))
    act = acts.Acknowledge(at.receivable, at.start, found.version, work.desk.number, digest, deadline(work))
    put_up(work, new_draft(work, "acknowledge", {"acknowledge": act}))


def _bank_paid_digest(work: Work, at: PieceId) -> str:
    """Of the last BankPaid on the piece."""
    digests = [
        each.act
        for each in events_of(work, receivable_text(at.receivable))
        if each.name == "PieceBankPaid" and str(each.fields.get("start")) == str(at.start) and each.act
    ]
    if not digests:
        raise NotFound(kind="bank payment of piece", id=str(at))
    return digests[-1]
