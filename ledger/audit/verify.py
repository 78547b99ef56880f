"""SQL against the contracts' storage at one block: every row of every projection, every journal, the three heads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from eth_abi.exceptions import DecodingError
from sqlalchemy import and_, select

from ledger.audit.differences import Difference
from ledger.audit.questions import ASKERS, Question, code
from ledger.audit.replay import compared, replayed
from ledger.audit.rows import rows_at, table_of
from ledger.chain.abi import Function, artefact, functions
from ledger.chain.deployment import EMITTERS, Deployment
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.domain.errors import DuebillError, EventRefused
from ledger.domain.ids import address_bytes, address_of_bytes
from ledger.domain.journal import WHOLE_CONTRACT, seed
from ledger.sql.sessions import Read
from ledger.sql.tables import book, raw

_BATCH = 400
Progress = Callable[[str, int], None]


@dataclass(eq=False)
class NotComparable(DuebillError):
    """There is nothing to compare with: no block stored, or the node does not have the state of that block."""

    code = "not-comparable"
    reason: str


@dataclass(slots=True)
class Report:
    """rows: compared with storage, by table; events: replayed; differences: all that were found."""

    block: int
    block_hash: bytes
    events: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def verify(read: Read, rpc: Rpc, deployment: Deployment, tell: Progress, block: int | None = None) -> Report:
    """Compares at `block`, the stored head unless given. tell: called with a table's name and its rows.

    Raises NotComparable, NodeUnreachable."""
    report = _begin(read, block)
    contracts = Contracts(rpc, deployment, report.block_hash)
    for name in ASKERS:
        _verify_table(read, contracts, report, name)
        tell(name, report.rows[name])
    _verify_journals(read, contracts, report, deployment.chain_id)
    tell("journal", report.rows["journal"])
    _verify_counts(contracts, report)
    _verify_blocks(read, report)
    _verify_events(read, deployment, report)
    tell("events", report.events)
    return report


class Contracts:
    """Ledger, Parties and Rules as of one block, which its hash names."""

    def __init__(self, rpc: Rpc, deployment: Deployment, block_hash: bytes) -> None:
        self._rpc = rpc
        self._at = {"blockHash": f"0x{block_hash.hex()}"}
        self._addresses = dict(
            zip(EMITTERS, (deployment.ledger, deployment.parties, deployment.rules), strict=True)
        )
        self._functions = {name: functions(artefact(name)["abi"]) for name in EMITTERS}

    @property
    def by_emitter(self) -> dict[bytes, str]:
        """Name by address."""
        return {address_bytes(address): name for name, address in self._addresses.items()}

    def ask(self, calls: Sequence[tuple[str, str, tuple[Any, ...]]]) -> list[tuple[Any, ...] | None]:
        """The answers to (contract, function, arguments), structs laid flat; None where the contract refuses.

        Raises NotComparable, NodeUnreachable."""
        questions = []
        for contract, function, arguments in calls:
            data = self._functions[contract][function].data(*arguments)
            questions.append(("eth_call", [{"to": self._addresses[contract], "data": data}, self._at]))
        answers = self._rpc.ask(questions)
        return [
            self._answer(self._functions[contract][function], answer)
            for (contract, function, _), answer in zip(calls, answers, strict=True)
        ]

    def _answer(self, function: Function, answer: Any) -> tuple[Any, ...] | None:
        if isinstance(answer, NodeRefused):
            if answer.data is not None or "revert" in answer.message.lower():
                return None
            raise NotComparable(
                f"the node does not answer for block {self._at['blockHash']}: {answer.message}"
            )
        try:
            return tuple(_flat(function.result(answer)))
        except DecodingError as wrong:
            raise NotComparable(
                f"{function.name} answers {answer[:80]}: no such contract at that block"
            ) from wrong


def _begin(read: Read, block: int | None) -> Report:
    statement = select(raw.blocks.c.number, raw.blocks.c.hash).join(
        book.checkpoint, book.checkpoint.c.number >= raw.blocks.c.number
    )
    wanted = raw.blocks.c.number == (book.checkpoint.c.number if block is None else block)
    found = read.first(statement.where(wanted))
    if found is None:
        raise NotComparable("SQL has no block yet" if block is None else f"SQL has no block {block}")
    return Report(found.number, found.hash)


def _verify_table(read: Read, contracts: Contracts, report: Report, name: str) -> None:
    rows = rows_at(read, table_of(name), report.block)
    report.rows[name] = len(rows)
    questions = (question for key, row in rows.items() for question in ASKERS[name](key, row))
    for chunk in _chunks(questions):
        answers = contracts.ask([(q.contract, q.function, q.arguments) for q in chunk])
        for question, answer in zip(chunk, answers, strict=True):
            report.differences += _judge(question, answer)


def _judge(question: Question, answer: tuple[Any, ...] | None) -> Iterator[Difference]:
    if answer is None:
        yield Difference("storage", question.table, question.key, "row", "one", None)
        return
    for (column, wanted), found in zip(question.expected, answer, strict=True):
        if column and _plain(found) != _plain(wanted):
            yield Difference("storage", question.table, question.key, column, wanted, found)


def _plain(value: Any) -> Any:
    """One form for what eth_abi and SQL write differently: addresses as bytes, letters as the chain's bytes."""
    if isinstance(value, str):
        return address_bytes_of(value) if len(value) == 42 else code(value, 3)
    return value


def address_bytes_of(text: str) -> bytes:
    """20 bytes from eth_abi's lower-case text."""
    return bytes.fromhex(text[2:])


def _verify_journals(read: Read, contracts: Contracts, report: Report, chain_id: int) -> None:
    rows = rows_at(read, book.journal, report.block)
    names = contracts.by_emitter
    for emitter in names:
        # A contract that has told nothing yet has its seed for a head.
        first = {"head": seed(chain_id, address_of_bytes(emitter), WHOLE_CONTRACT)}
        rows.setdefault((emitter, 0, bytes(32)), first)
    report.rows["journal"] = len(rows)
    for chunk in _chunks(rows.items()):
        calls = [(names[key[0]], "journal", (key[1], int.from_bytes(key[2]))) for key, _ in chunk]
        for (key, row), answer in zip(chunk, contracts.ask(calls), strict=True):
            if answer != (row["head"],):
                found = answer[0] if answer else None
                report.differences.append(Difference("storage", "journal", key, "head", row["head"], found))


def _verify_counts(contracts: Contracts, report: Report) -> None:
    """Of what is numbered, nothing is missing at the end either."""
    answers = contracts.ask([("Parties", "count", ()), ("Rules", "count", ())])
    for table, answer in zip(("party", "rules"), answers, strict=True):
        if answer != (report.rows[table],):
            report.differences.append(Difference("storage", table, (), "count", report.rows[table], answer))


def _verify_blocks(read: Read, report: Report) -> None:
    """The stored blocks are one chain, each the parent of the next, without a gap."""
    above = raw.blocks.alias("above")
    fits = and_(above.c.number == raw.blocks.c.number + 1, above.c.parent_hash == raw.blocks.c.hash)
    torn = select(raw.blocks.c.number, raw.blocks.c.hash).outerjoin(above, fits)
    for row in read.rows(torn.where(above.c.number.is_(None), raw.blocks.c.number < report.block)):
        report.differences.append(
            Difference("blocks", "raw.blocks", (row.number,), "hash", row.hash, "no child")
        )


def _verify_events(read: Read, deployment: Deployment, report: Report) -> None:
    try:
        replay = replayed(read, deployment.decoders(), deployment.chain_id, report.block)
    except EventRefused as refused:
        report.differences.append(
            Difference("events", "raw.events", (refused.subject,), refused.event, "told", refused.reason)
        )
        return
    report.events = replay.events
    report.differences += compared(read, replay, report.block)


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from _flat(value)
        else:
            yield value


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(items)
    while chunk := list(islice(source, _BATCH)):
        yield chunk
