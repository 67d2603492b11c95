"""The one connection that writes: callers take turns, and whose turn it is commits for all who wait.

While a commit waits for the disk, more callers line up, and the next one commits the work of them all. Nobody is
answered before the commit that holds their work has returned. There is no thread for it: handing work from thread to
thread would cost more than most of the work does.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from statistics import quantiles
from time import perf_counter, sleep
from typing import Generic, TypeVar

from chalicelib.domain.errors import StoreUnavailable

T = TypeVar("T")

LARGEST_GROUP = 256
NORMAL = 1
"""SQLite's synchronous = NORMAL: a write-ahead log is flushed when it is copied into the file, not at each commit."""

SLOW_SECONDS, GATHERING = 0.001, 0.1
"""After a commit that took longer than this, the next one waits for a tenth of that time."""

MEASURED = 1000
"""Commits, the latest ones, that the figures are taken from."""

_OF_THE_WORK = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)
"""What SQLite says of a statement; all its other errors are about the file, and nobody's work can be kept."""


class _Job(Generic[T]):
    """Work of one caller. `done` once the commit that holds it has returned, or failed."""

    __slots__ = ("done", "durable", "error", "result", "work")

    def __init__(self, work: Callable[[sqlite3.Connection], T], *, durable: bool) -> None:
        self.work, self.durable = work, durable
        self.result: T | None = None
        self.error: Exception | None = None
        self.done = False


class Writer:
    """Does work in transactions. May be called from any thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Takes the connection over: nobody else may use it from now on, and `close` closes it."""
        self._connection = connection
        self._level = self._full = int(connection.execute("PRAGMA synchronous").fetchone()[0])
        self._waiting: deque[_Job[object]] = deque()
        self._turn = threading.Lock()
        self._open = True
        self._took: deque[float] = deque(maxlen=MEASURED)
        self._commits = self._last_group = 0
        self.before_commit: Callable[[sqlite3.Connection], None] = lambda _connection: None

    def do(self, work: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        """The result of `work`, once it is on the disk.

        Work that is not `durable` does not wait for the disk: it is committed, survives the end of the process, and
        is on the disk with the next durable work. A power cut before that takes it back, and all after it, never
        something before it: right for steps that nobody was promised and that are repeated when they are missing. It
        is one statement, which needs no savepoint: most of what is written is such steps, and each call into SQLite
        has to win the interpreter back from all other threads.

        What `work` raises undoes all that it wrote, and only that, and is raised here. Raises StoreUnavailable when
        the commit failed. Work whose condition fails should find out before it writes: then it costs no commit.
        """
        job = _Job(work, durable=durable)
        self._waiting.append(job)  # type: ignore[arg-type] # the line holds jobs of every result
        with self._turn:
            while not job.done:  # otherwise somebody before us has done it with theirs
                self._commit_next()
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value] # without an error there is a result

    def close(self) -> None:
        """Finish what was handed in, and close the connection."""
        with self._turn:
            while self._waiting:
                self._commit_next()
            if self._open:
                self._open = False
                self._connection.close()

    def waiting(self) -> int:
        """Works handed in that no transaction has begun with."""
        return len(self._waiting)

    def vitals(self) -> dict[str, object]:
        """How many commits there were, and the 99th percentile of the latest durable ones' milliseconds."""
        took = sorted(self._took)
        p99 = quantiles(took, n=100, method="inclusive")[98] if len(took) > 1 else sum(took)
        return {"commits": self._commits, "commit_p99_ms": round(p99 * 1000, 2)}

    def _commit_next(self) -> None:
        """One transaction with the work of those who wait, the longest first; whoever calls this has the turn."""
        if self._waiting[0].durable:
            self._let_gather()
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST_GROUP))]
        if self._open:
            self._last_group = len(group)
            self._guarded(group, self._commit if len(group) > 1 else self._commit_one)
        else:
            for job in group:
                job.error = StoreUnavailable("the store is closed")
        for job in group:
            job.done = True

    def _let_gather(self) -> None:
        """On a slow disk, give those just answered the time to come back, or each commit serves half of the callers."""
        if self._last_group > 1 and self._took and self._took[-1] > SLOW_SECONDS:
            sleep(self._took[-1] * GATHERING)

    def _guarded(self, group: list[_Job[object]], commit: Callable[[list[_Job[object]]], None]) -> None:
        """One transaction. When it fails, no job of it has happened."""
        try:
            self._wait_for_disk(any(job.durable for job in group))
            commit(group)
        except Exception as error:  # noqa: BLE001 because the callers must be answered whatever happened
            self._roll_back()
            for job in group:
                job.error = StoreUnavailable(f"nothing was written: {error}")
                job.error.__cause__ = error

    def _commit(self, group: list[_Job[object]]) -> None:
        connection = self._connection
        before = connection.total_changes
        connection.execute("BEGIN")
        for job in group:
            self._attempt(job)
        self._end(before)

    def _commit_one(self, group: list[_Job[object]]) -> None:
        """A job alone needs no savepoint; if it is one statement, it is its own transaction. Each is a call saved."""
        (job,) = group
        connection = self._connection
        before = connection.total_changes
        if not job.durable:
            self._attempt_statement(job)
            self._commits += connection.total_changes != before
            return
        connection.execute("BEGIN")
        try:
            job.result = job.work(connection)
        except Exception as error:
            if _of_the_file(error):
                raise
            connection.execute("ROLLBACK")
            job.error = error
        else:
            self._end(before)

    def _end(self, before: int) -> None:
        """Commit, with what goes along where anything was written since `before`."""
        if self._connection.total_changes != before:
            self.before_commit(self._connection)
            self._timed_commit()
        else:
            self._connection.execute("COMMIT")

    def _wait_for_disk(self, wanted: bool) -> None:  # noqa: FBT001 because it is called in one place
        """Whether the next commit waits; where the setting says that none does, nothing changes."""
        level = self._full if wanted else min(self._full, NORMAL)
        if level != self._level:
            self._connection.execute(f"PRAGMA synchronous = {level}")
            self._level = level

    def _timed_commit(self) -> None:
        began = perf_counter()
        self._connection.execute("COMMIT")
        if self._level == self._full:
            self._took.append(perf_counter() - began)
        self._commits += 1

    def _attempt(self, job: _Job[object]) -> None:
        """One job, undone alone when it raises."""
        connection = self._connection
        if not job.durable:
            self._attempt_statement(job)
            return
        connection.execute("SAVEPOINT job")
        try:
            job.result = job.work(connection)
        except Exception as error:
            if _of_the_file(error):
                raise
            connection.execute("ROLLBACK TO job")
            job.error = error
        connection.execute("RELEASE job")

    def _attempt_statement(self, job: _Job[object]) -> None:
        """A job of one statement, which SQLite itself undoes."""
        try:
            job.result = job.work(self._connection)
        except _OF_THE_WORK as error:
            job.error = error

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            return  # SQLite has rolled back by itself, as it does on some errors


def _of_the_file(error: Exception) -> bool:
    return isinstance(error, sqlite3.Error) and not isinstance(error, _OF_THE_WORK)
