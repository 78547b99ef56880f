"""`duebill issue`: the debtor confirms many payables at once, each supplier's leaf sealed to it."""

import base64
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from api.cli.debtor import check_stops, civil_day, debtor, told_duplicates
from api.cli.issue_signing import LABEL, tell_issue, tell_stops
from api.cli.options import desk_command
from api.cli.packets import sealed, send_sealed
from api.cli.proposing import deadline
from api.cli.sign import CHECKED
from api.cli.told import Refused, is_terminal
from api.cli.work import Work, file_bytes
from ledger.desk.checking import make_uses
from ledger.desk.comparing import Comparison, compare
from ledger.desk.documents import INVOICE, Document, DocumentStore
from ledger.desk.issuing import Frame, compose, summed
from ledger.desk.packets import Offered, Payable, SupplierLeaf
from ledger.desk.payables_list import ListedPayable, read_list
from ledger.desk.request import Wanted, terms_of
from ledger.desk.sellers import ids_of_party
from ledger.desk.tag_key import open_tag_key
from ledger.documents.invoices.xml import MAX_BYTES
from ledger.domain.acts import Terms, digest, to_message
from ledger.domain.errors import BadField
from ledger.domain.ids import Digest, digest_text
from ledger.domain.powers import Undertaking
from ledger.domain.units import Amount, Currency, Place, parse_amount

_LARGEST_LIST = 4 * 2**20


@click.command()
@click.argument("payables", metavar="LIST", type=click.Path(path_type=Path))
@click.option(
    "--rules", type=click.IntRange(1), default=1, show_default=True, help="Version of the rules in force."
)
@CHECKED
@desk_command(signs=True, proposes=True)
def issue(work: Work, payables: Path, rules: int, release: tuple[str, ...], despite_duplicates: bool) -> None:
    """Confirm the payables of LIST under one root, as the first of two persons.

    LIST is JSON, or CSV with the heading `file,amount,due,place,trade`; only the file is needed. This desk reads
    each invoice, finds its supplier in the seller register, makes the tags and looks them up. The second person signs
    with `duebill sign DIGEST`; only then do the suppliers see what is theirs.

    Example: duebill issue payables.csv --as mueller
    """
    if not work.persons:
        raise Refused("usage", "An issue is signed: --as PERSON.")
    rows = read_list(file_bytes(payables, _LARGEST_LIST), is_csv=payables.suffix.lower() == ".csv")
    frame = Frame(work.desk.number, rules, deadline(work))
    key = open_tag_key(work.desk, work.passwords)
    made, looks = [], []
    with click.progressbar(rows, label="reading", file=sys.stderr, hidden=not is_terminal()) as listed:
        for row in listed:
            offered, comparison, terms = _look(work, row, payables.parent, frame)
            uses, proofs = make_uses(comparison.invoices, key)
            made.append(Payable(terms, uses, offered, proofs))
            looks.append(comparison)
    act, leaves = compose(made, frame)
    tell_issue(work, act, leaves)
    stops = tell_stops(work, looks)
    uses = summed(use for each in made for use in each.uses)
    check_stops(stops, told_duplicates(work, uses, act.currency), release, despite=despite_duplicates)
    wanted = digest(act, work.pin.domain())
    work.agree(f"Sign as {' and '.join(work.persons)}?")
    signatures = [_proof(work, person, wanted) for person in work.persons]
    _publish(work, leaves, wanted, {"issue": to_message(act), "signatures": signatures})


def _look(
    work: Work, row: ListedPayable, folder: Path, frame: Frame
) -> tuple[tuple[Offered, ...], Comparison, Terms]:
    offered = tuple(_offered(work, folder / each.file, each.amount, row.place) for each in row.invoices)
    today = civil_day(work, row.place)
    read = [each.document.invoice(today) for each in offered]
    due = row.due or max((each.due_date for each in read if each.due_date), default=None)
    if due is None:
        raise BadField(
            f"{offered[0].document.name}: due",
            "no due date",
            "one in the list, since the invoice states none",
        )
    supplier = debtor(work).register.resolve(ids_of_party(read[0].seller)).party
    wanted = Wanted(
        debtor=frame.debtor, creditor=supplier, due=due, place=row.place, undertaking=Undertaking.UNCONDITIONAL,
        rules=frame.rules, deadline=frame.deadline, trade=row.trade,
    )  # fmt: skip
    terms = terms_of(wanted, offered, today)
    return offered, compare(terms, offered, debtor(work), today), terms


def _offered(work: Work, path: Path, amount: str | None, place: Place) -> Offered:
    store = DocumentStore(work.desk.folder / "documents")
    document = store.keep(Document.new(path.name, INVOICE, file_bytes(path, MAX_BYTES)))
    read = document.invoice(civil_day(work, place))
    used = parse_amount(amount, Currency(read.currency)) if amount else Amount(max(0, read.payable_minor))
    return Offered(document, used)


def _proof(work: Work, person: str, wanted: Digest) -> dict[str, str]:
    key = work.desk.key(person, work.passwords)
    return {"signer": key.address, "proof": "0x" + key.sign_digest(wanted).hex()}


def _publish(work: Work, leaves: Sequence[SupplierLeaf], wanted: Digest, given: dict[str, object]) -> None:
    """One packet for each supplier, and the same for the own second person."""
    name = digest_text(wanted)
    suppliers = []
    for leaf in leaves:
        content = leaf.to_packet()
        packet = base64.b64encode(sealed(work, leaf.supplier, content)).decode("ascii")
        suppliers.append({"party": leaf.supplier, "label": "payables", "packet": packet})
        send_sealed(work, work.desk.number, content, label=LABEL.format(name))
    made = work.service.publish_issue({**given, "suppliers": suppliers}, work.key())
    state = "complete" if made.complete else "a second person still has to sign"
    work.answer(
        {
            "issue": name,
            "complete": made.complete,
            "total": made.total.model_dump(),
            "suppliers": made.suppliers,
        },
        f"Issue {name}: {state}.",
    )
