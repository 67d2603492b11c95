"""The stream of one machine: reads what was committed, in that order, and hands it to `app.on_entry`.

At least once on purpose: the checkpoint moves after the handler, so a crash repeats a batch, as DynamoDB's stream does.
An entry whose announcing fails is left to the sweep, which finds it by its order's mark: nobody waits for it.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from chalicelib import log
from chalicelib.domain.entry import Entry
from chalicelib.store.codec import image_of_entry
from infra.local.events import stream_event

BATCH = 100
IDLE_SECONDS = 5.0
"""It is woken by each commit; this only bounds the wait should a wake be lost."""

LANES = 2
"""Parts of a batch that are handled side by side, as Lambda's ParallelizationFactor does; each order in one of them."""


class Feed(Protocol):
    """What the pump reads."""

    def feed(self, after: int, limit: int) -> Sequence[tuple[int, Entry]]:
        """Entries in the order of their commits."""

    def feed_checkpoint(self) -> int:
        """How far an earlier run came."""

    def move_checkpoint(self, sequence: int) -> None:
        """Remember how far this one came."""


class Pump:
    """One thread, and one for each further lane."""

    def __init__(self, feed: Feed, handler: Callable[[dict[str, Any], object], Mapping[str, Any]]) -> None:
        """`handler` is app.on_entry."""
        self._feed, self._handler = feed, handler
        self._woken = threading.Event()
        self._open = True
        self._lanes = ThreadPoolExecutor(LANES - 1, thread_name_prefix="lane")
        self._thread = threading.Thread(target=self._run, name="pump", daemon=True)

    def start(self) -> None:
        """Begin where the last run stopped."""
        self._thread.start()

    def wake(self) -> None:
        """Something was committed."""
        self._woken.set()

    def stop(self, *, within: float) -> None:
        """Finish the batch at hand."""
        self._open = False
        self._woken.set()
        self._thread.join(within)
        self._lanes.shutdown(wait=False)

    def _run(self) -> None:
        at: int | None = None
        while self._open:
            self._woken.clear()
            try:
                at = self._feed.feed_checkpoint() if at is None else at
                at = self._pumped(at)
            except Exception as error:  # noqa: BLE001 because the pump must live on, and read again
                log.failed("pump", error)
                self._woken.wait(IDLE_SECONDS)

    def _pumped(self, at: int) -> int:
        """One batch, or a wait for one; gives the place after it."""
        batch = self._feed.feed(at, BATCH)
        if not batch:
            self._woken.wait(IDLE_SECONDS)
            return at
        own, *others = _lanes(batch)
        handled = [self._lanes.submit(self._handle, lane) for lane in others]
        self._handle(own)  # in this thread: most batches are small, and waking another costs more than an entry does
        for each in handled:
            each.result()
        self._feed.move_checkpoint(batch[-1][0])
        return batch[-1][0]

    def _handle(self, lane: Sequence[tuple[int, Entry]]) -> None:
        try:
            self._handler(stream_event((sequence, image_of_entry(entry)) for sequence, entry in lane), None)
        except Exception as error:  # noqa: BLE001 because the pump must live on; the sweep comes back to the entries
            log.failed("pump", error)


def _lanes(batch: Sequence[tuple[int, Entry]]) -> Sequence[Sequence[tuple[int, Entry]]]:
    lanes: defaultdict[int, list[tuple[int, Entry]]] = defaultdict(list)
    for sequence, entry in batch:
        lanes[hash(entry.order) % LANES].append((sequence, entry))
    return list(lanes.values())
