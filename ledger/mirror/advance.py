"""One batch further: fetched (the next one already on its way), read, folded, checked, written."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from ledger.chain.decode import Decoders, UnknownEvent
from ledger.chain.deployment import Deployment
from ledger.chain.headers import Header, Hex
from ledger.chain.rpc import NodeRefused, Rpc
from ledger.mirror import stored, write
from ledger.mirror.alarms import HeadDiffers
from ledger.mirror.check import heads_checked
from ledger.mirror.fetch import Batch, BlocksMoved, fetch
from ledger.mirror.fold import folded, head_key, keys_of, seed_of
from ledger.mirror.project.changes import At
from ledger.mirror.project.read import Reading, read_logs
from ledger.mirror.stored import Checkpoint, Connection
from ledger.telemetry import logger

log = logger("mirror")

_MOST_BLOCKS = 2000
# A call of some thousand logs has the node at its fastest; far more only make the transaction long.
_GOOD_LOGS = 8_000


class Advance:
    """Appends batches to the stored chain; a context, since it keeps a thread that fetches ahead."""

    def __init__(self, rpc: Rpc, connection: Connection, deployment: Deployment, decoders: Decoders) -> None:
        self._rpc = rpc
        self._connection = connection
        self._deployment = deployment
        self._decoders = decoders
        self._emitters: Sequence[Hex] = list(deployment.emitters.values())
        self._names = {address: name for name, address in deployment.emitters.items()}
        self._seeds = {each: seed_of(deployment.chain_id, head_key(each)) for each in self._emitters}
        self._blocks = 25
        self._fetcher = ThreadPoolExecutor(1, thread_name_prefix="mirror-fetch")
        self._ahead: tuple[int, Future[Batch]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.shutdown(wait=True, cancel_futures=True)

    def towards(self, head: Header, before: Checkpoint | None) -> Checkpoint | None:
        """One batch towards the node's head; returns what is stored then.

        Raises BlocksMoved where the chain is no longer that of `before`, MirrorAlarm, UnknownEvent, LogMalformed, NodeError."""
        first = self._deployment.first_block if before is None else before.number + 1
        if head.number < first:
            return before
        batch = self._batch(first, head)
        if before is not None and batch.headers[0].parent != before.hash:
            raise BlocksMoved
        try:
            after = self._take(before, batch, head)
        except UnknownEvent as unknown:
            if unknown.block > first:
                self._take(before, fetch(self._rpc, self._emitters, first, unknown.block - 1), head)
            raise
        except HeadDiffers:
            after = self._take(before, self._again(batch), head)
        self._adapt(batch)
        return after

    def _batch(self, first: int, head: Header) -> Batch:
        """The batch that begins at `first`; starts to fetch the one after it."""
        ahead, self._ahead = self._ahead, None
        try:
            if ahead is not None and ahead[0] == first:
                batch = ahead[1].result()
            else:
                batch = fetch(self._rpc, self._emitters, first, self._last(first, head), head)
        except NodeRefused as refused:
            # Most nodes bound what one call may return.
            if self._blocks == 1:
                raise
            log.info("the node refused a range", blocks=self._blocks, reason=refused.message[:200])
            self._blocks //= 2
            raise BlocksMoved from refused
        following = batch.last.number + 1
        if following < head.number:
            last = self._last(following, head)
            self._ahead = (following, self._fetcher.submit(fetch, self._rpc, self._emitters, following, last))
        return batch

    def _last(self, first: int, head: Header) -> int:
        return min(head.number, first + self._blocks - 1)

    def _again(self, batch: Batch) -> Batch:
        """A second look before an alarm: logs asked by range may be of a fork that has gone since. Raises BlocksMoved then."""
        again = fetch(self._rpc, self._emitters, batch.headers[0].number, batch.last.number)
        if again.last.hash != batch.last.hash:
            raise BlocksMoved
        return again

    def _take(self, before: Checkpoint | None, batch: Batch, head: Header) -> Checkpoint:
        reading = read_logs(self._decoders, batch.headers, batch.logs)
        heads = self._fold(reading)
        last = batch.last.number
        is_checked = heads_checked(self._names, last, heads, batch.heads, self._seeds)
        stored.finish(self._connection, reading.changes)
        unchecked = self._deployment.first_block - 1 if before is None else before.checked_number
        step = write.Step(
            self._deployment.chain_id,
            batch.headers,
            reading,
            [heads[emitter] for emitter in self._emitters],
            min(self._deployment.finality.final_number(self._rpc, head.number), last),
            last if is_checked else unchecked,
        )
        after = write.append(self._connection, before, step)
        if reading.raw or last < head.number:
            log.info(
                "blocks stored",
                first=batch.headers[0].number,
                last=last,
                events=len(reading.raw),
                checked=is_checked,
            )
        return after

    def _fold(self, reading: Reading) -> dict[Hex, bytes]:
        """Adds the journals' new values to the changes; returns the three heads after the batch."""
        before = stored.journals(self._connection, keys_of(reading.entries, self._emitters))
        now = dict(before)
        for key, block, value in folded(self._deployment.chain_id, reading.entries, before):
            now[key] = value
            reading.changes.set("journal", key, At(block, 0, 0), (value.hex(),))
        return {each: now.get(head_key(each)) or self._seeds[each] for each in self._emitters}

    def _adapt(self, batch: Batch) -> None:
        """As many blocks as give a good number of logs; at most twice as many as before, for logs come in bursts."""
        wanted = len(batch.headers) * _GOOD_LOGS // max(1, len(batch.logs))
        if wanted < self._blocks or len(batch.headers) == self._blocks:
            self._blocks = max(1, min(_MOST_BLOCKS, 2 * self._blocks, wanted))
