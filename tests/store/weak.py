"""The one-machine store, weakened: it promises no more than DynamoDB does, so that nothing comes to rely on more.

Indexes lag by one write, the feed repeats and mixes orders, work is done twice where a transaction would be tried
again, and what DynamoDB would refuse for its size is refused.
"""

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.record import OrderPage
from chalicelib.domain.subscription import Subscription
from infra.local.store import LocalStore
from infra.local.store.access import Access
from infra.local.store.cursors import Cursors
from infra.local.store.ledger import Ledger
from infra.local.store.reader import Readers, Reads, Row
from infra.local.store.receipts import Receipts
from infra.local.store.subscriptions import Subscriptions
from infra.local.store.writer import Writer
from tests.store import limits

T = TypeVar("T")


class WeakStore:
    """Of the shape of a LocalStore."""

    def __init__(self, store: LocalStore, seed: int) -> None:
        self._store, self._random = store, random.Random(seed)
        self._index = _Index(store.reads, self._random)
        writer = _TwiceWriter(store.writer, self._index, self._random)
        self.ledger = _Ledger(store.reads, writer, self._recorded, self._index)
        self.receipts = Receipts(store.reads, writer)
        self.subscriptions = _Subscriptions(store.reads, writer, self._index)
        self.cursors = _Cursors(store.reads, writer, self._index)
        self.access = Access(store.reads, writer)
        self.documents = store.documents

    @property
    def on_commit(self) -> Callable[[], None]:
        return self._store.on_commit

    @on_commit.setter
    def on_commit(self, call: Callable[[], None]) -> None:
        self._store.on_commit = call

    def feed(self, after: int, limit: int) -> list[tuple[int, Entry]]:
        """What is new, now and then with some of what was given before in front; in order only within an order.

        The places still grow: whoever moves to the last one has missed nothing.
        """
        batch = self._store.feed(after, limit)
        if batch and after and self._random.random() < 0.3:
            batch = self._store.feed(max(0, after - self._random.randint(1, 5)), limit)
        return list(zip((place for place, _ in batch), self._mixed([entry for _, entry in batch]), strict=True))

    def feed_checkpoint(self) -> int:
        return self._store.feed_checkpoint()

    def move_checkpoint(self, seq: int) -> None:
        self._store.move_checkpoint(seq)

    def release_leases(self) -> None:
        self._store.release_leases()

    def pending(self, now: datetime) -> list[tuple[CursorRef, float]]:
        return self._store.pending(now)

    def steps(self, now: datetime) -> list[tuple[OrderKey, float]]:
        return self._store.steps(now)

    def vitals(self) -> dict[str, object]:
        return self._store.vitals()

    def backup(self, target: Path) -> None:
        self._store.backup(target)

    def close(self) -> None:
        self._index.close()
        self._store.close()

    def _recorded(self) -> None:
        self._store.on_commit()

    def _mixed(self, entries: list[Entry]) -> list[Entry]:
        """Some interleaving of the orders, each in its own order."""
        by_order: dict[OrderKey, Iterator[Entry]] = {
            order: iter([entry for entry in entries if entry.order == order])
            for order in dict.fromkeys(entry.order for entry in entries)
        }
        turns = [entry.order for entry in entries]
        self._random.shuffle(turns)
        return [next(by_order[order]) for order in turns]


def weak(store: LocalStore, seed: int) -> WeakStore:
    """The store, weakened; the same seed gives the same weakness. It closes the store with itself."""
    return WeakStore(store, seed)


class _Index:
    """Reads as of before the last write, at times; a read is followed by catching up, as time would do it."""

    def __init__(self, reads: Readers, chance: random.Random) -> None:
        self._connection = reads.connect()
        self._random, self._lock = chance, threading.RLock()
        self.catch_up()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except UnicodeEncodeError:
                return []

    def catch_up(self) -> None:
        """See what is committed now, and nothing later. Before a write: fall one behind."""
        with self._lock:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT 1 FROM orders LIMIT 1").fetchone()

    @contextmanager
    def lagging(self) -> Iterator[None]:
        with self._lock:
            if self._random.random() < 0.5:
                self.catch_up()
            yield
            self.catch_up()

    def shuffled(self, found: Sequence[T]) -> list[T]:
        with self._lock:
            return self._random.sample(list(found), len(found))

    def close(self) -> None:
        with self._lock:
            self._connection.close()


class _Undone(Exception):
    """A transaction that another was in the way of."""


class _TwiceWriter(Writer):
    """Makes the indexes fall behind at each write, and tries some work a first time in vain."""

    def __init__(self, writer: Writer, index: _Index, chance: random.Random) -> None:
        self._writer, self._index, self._random = writer, index, chance

    def do(self, work: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        self._index.catch_up()
        if self._random.random() < 0.2:
            self._in_vain(work)
        return self._writer.do(work, durable=durable)

    def _in_vain(self, work: Callable[[sqlite3.Connection], T]) -> None:
        def undone(connection: sqlite3.Connection) -> None:
            work(connection)
            raise _Undone

        try:
            self._writer.do(undone)
        except _Undone:
            return


class _Ledger(Ledger):
    def __init__(self, reads: Reads, writer: Writer, recorded: Callable[[], None], index: _Index) -> None:
        super().__init__(reads, limits.Limited(writer), recorded)
        self._index, self._late = index, Ledger(index, writer, recorded)

    def page(self, query: OrderQuery) -> OrderPage:
        with self._index.lagging():
            try:
                return self._late.page(query)
            except OrderNotFound:
                self._index.catch_up()  # where a page begins is no question to an index
                return self._late.page(query)

    def total(self, query: OrderQuery) -> int:
        with self._index.lagging():
            return self._late.total(query)

    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        with self._index.lagging():
            return self._index.shuffled(self._late.unannounced(before=before, limit=limit))

    def stepping(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        with self._index.lagging():
            return self._index.shuffled(self._late.stepping(before=before, limit=limit))


class _Subscriptions(Subscriptions):
    def __init__(self, reads: Reads, writer: Writer, index: _Index) -> None:
        super().__init__(reads, limits.Limited(writer))
        self._index, self._late = index, Subscriptions(index, writer)

    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        with self._index.lagging():
            return self._late.expired(before=before, limit=limit)


class _Cursors(Cursors):
    def __init__(self, reads: Reads, writer: Writer, index: _Index) -> None:
        super().__init__(reads, limits.Limited(writer))
        self._index, self._late = index, Cursors(index, writer)

    def due(self, *, before: datetime, limit: int) -> Sequence[CursorRef]:
        with self._index.lagging():
            return self._index.shuffled(self._late.due(before=before, limit=limit))
