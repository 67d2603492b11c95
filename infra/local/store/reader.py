"""Connections that only read, one for each thread that reads at this moment. They never write and never checkpoint."""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from chalicelib.domain.errors import StoreUnavailable

Row = tuple[Any, ...]


class Reads(Protocol):
    """Who answers queries."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows, of one snapshot. Raises StoreUnavailable."""


class Readers:
    """Every query sees all commits that returned before it began."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """`connect` opens one more connection."""
        self.connect = connect
        self._idle: deque[sqlite3.Connection] = deque()
        self.open = True

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows, of one snapshot. Raises StoreUnavailable."""
        if not self.open:
            raise StoreUnavailable("the store is closed")
        try:
            connection = self._borrow()
            try:
                return connection.execute(sql, values).fetchall()
            finally:
                self._give_back(connection)
        except UnicodeEncodeError:
            return []  # a name that is no Unicode text names nothing that is stored
        except sqlite3.Error as error:
            raise StoreUnavailable(f"the store cannot be read: {error}") from error

    def close(self) -> None:
        """Close all that are idle; those in use are closed when they come back."""
        self.open = False
        while self._idle:
            self._idle.pop().close()

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()  # the one used last: its caches are warm
        except IndexError:
            return self.connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self.open:
            self._idle.append(connection)
        else:
            connection.close()
