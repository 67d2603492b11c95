"""What DynamoDB would refuse for its size, refused: seen from the rows that a piece of work writes.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html: 400 kB an item; 100 items and 4 MB
a transaction; no two writes to one item of it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from infra.local.store.writer import Writer

T = TypeVar("T")

LARGEST_ITEM = 400_000
LARGEST_TRANSACTION = 4_000_000
MOST_ITEMS = 100


class TooMuch(Exception):
    """DynamoDB would not do this."""


class Limited(Writer):
    """A writer that refuses such work whole, before anything is kept."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def do(self, work: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        def watched(connection: sqlite3.Connection) -> T:
            watch = _Watched(connection)
            result = work(cast("sqlite3.Connection", watch))
            watch.judge()
            return result

        return self._writer.do(watched, durable=durable)


class _Watched:
    """A connection that counts. Routes that are taken away and written anew are items of one write each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._items = self._size = self._unrouted = self._routed = 0

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        done = self._connection.execute(sql, values)
        read = sql.startswith("SELECT") and "FROM orders" not in sql  # of an order, it is a condition of the write
        if read or "DELETE FROM receipts" in sql or "FROM handles" in sql:
            # A TTL removes receipts without being asked; handles that do not fit are written around the transaction.
            return done
        if "DELETE FROM routes" in sql:
            self._unrouted += done.rowcount
        elif "INTO details" in sql:
            self._add(values, pieces=1 + _size(values) // LARGEST_ITEM)
        else:
            self._add(values)
        return done

    def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> sqlite3.Cursor:
        if "INTO handles" in sql:
            return self._connection.executemany(sql, rows)
        if len({tuple(row[:4]) for row in rows}) < len(rows):
            raise TooMuch(f"two writes to one item: {sql}")
        if "INTO routes" in sql:
            self._routed += len(rows)
        else:
            for row in rows:
                self._add(row)
        return self._connection.executemany(sql, rows)

    def judge(self) -> None:
        items = self._items + max(self._routed, self._unrouted)
        if items > MOST_ITEMS or self._size > LARGEST_TRANSACTION:
            raise TooMuch(f"{items} items of {self._size} bytes in one transaction")

    def _add(self, values: Sequence[object], *, pieces: int = 1) -> None:
        size = _size(values)
        if size > LARGEST_ITEM * pieces:
            raise TooMuch(f"an item of {size} bytes")
        self._items += pieces
        self._size += size


def _size(values: Sequence[object]) -> int:
    return sum(_bytes(value) for value in values)


def _bytes(value: object) -> int:
    if isinstance(value, str):
        return len(value.encode())
    return len(value) if isinstance(value, bytes) else 8
