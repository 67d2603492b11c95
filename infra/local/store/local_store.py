"""The whole store of one machine: one SQLite file in the state folder, behind the ports of the flow."""

import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import Entry, OrderKey
from infra.local.store import file
from infra.local.store.access import Access
from infra.local.store.cursors import Cursors
from infra.local.store.documents import Documents
from infra.local.store.feed import Feed
from infra.local.store.ledger import Ledger
from infra.local.store.listing import COUNTED
from infra.local.store.owner import Owner
from infra.local.store.reader import Readers
from infra.local.store.receipts import Receipts
from infra.local.store.subscriptions import Subscriptions
from infra.local.store.writer import Writer

MEMORY = Path("/dev/shm")  # noqa: S108 because each store makes a folder of its own there, which only it may read

SOON = timedelta(minutes=15)
"""What is due later than this is left to the sweep."""

PENDING = 10_000
"""Cursors that a start rings for at the most; the sweep finds the others."""


class LocalStore:
    """`ledger`, `receipts`, `subscriptions`, `cursors`, `access`, `documents` are ports; the rest is for the runtime.

    `on_commit` is called after each commit of new journal entries, by the thread that wrote them: it must be quick.
    """

    on_commit: Callable[[], None]
    _discard: Callable[[], object]

    def __init__(self, folder: Path, *, fsync: str, counted: int = COUNTED) -> None:
        """See `open`."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.refuse_network(folder)
        self._path = folder / file.NAME
        self._owner = Owner(folder)
        try:
            self.writer = Writer(file.open_writer(self._path, fsync=fsync))
        except BaseException:
            self._owner.release()
            raise
        self.reads = Readers(partial(file.open_reader, self._path))
        self._discard = _nothing
        self.on_commit = _nothing
        self.ledger = Ledger(self.reads, self.writer, self._recorded, counted=counted)
        self.receipts = Receipts(self.reads, self.writer)
        self.subscriptions = Subscriptions(self.reads, self.writer)
        self.cursors = Cursors(self.reads, self.writer)
        self.access = Access(self.reads, self.writer)
        self.documents = Documents(folder / "documents")
        self._feed = Feed(self.reads, self.writer)

    @classmethod
    def open(cls, path: Path, *, fsync: str, counted: int = COUNTED) -> "LocalStore":
        """The store in a state folder, made where there is none. `fsync`: "full", "normal" or "off".

        `counted`: how far a list's total counts. Raises StateInUse when another process has it, StateUnfit when it
        cannot be used.
        """
        return cls(path, fsync=fsync, counted=counted)

    @classmethod
    def in_memory(cls, *, counted: int = COUNTED) -> "LocalStore":
        """A store that is gone when it is closed: the same file, on a disk of memory where there is one."""
        folder = Path(tempfile.mkdtemp(prefix="docket-", dir=MEMORY if MEMORY.is_dir() else None))
        store = cls(folder, fsync="off", counted=counted)
        store._discard = weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
        return store

    def close(self) -> None:
        """Finish what is being written and give the folder back. A second time nothing happens."""
        if self.reads.open:
            self._feed.flush()
            self.reads.close()
            self.writer.close()
            self._owner.release()
            self._discard()

    def backup(self, target: Path) -> None:
        """A copy of this moment in one file, in place of an earlier one; meanwhile all goes on. Raises OSError."""
        file.copy(self._path, target)

    def release_leases(self) -> None:
        """Take back the leases of the process before: nobody else can be at work in a folder that is ours."""
        self.cursors.release_leases()

    def pending(self, now: datetime) -> list[tuple[CursorRef, float]]:
        """Cursors to ring for after a start, each with the seconds until it is due."""
        found = self.cursors.pending(before=now + SOON, limit=PENDING)
        return [(ref, max(0.0, (due - now).total_seconds())) for ref, due in found]

    def steps(self, now: datetime) -> list[tuple[OrderKey, float]]:
        """Orders whose next step is to be rung for after a start, each with the seconds until it is due."""
        found = self.ledger.steps(before=now + SOON, limit=PENDING)
        return [(key, max(0.0, (due - now).total_seconds())) for key, due in found]

    def feed(self, after: int, limit: int) -> list[tuple[int, Entry]]:
        """Entries in the order of their commits, each with its place in the feed."""
        return self._feed.after(after, limit)

    def feed_checkpoint(self) -> int:
        """How far the feed was handled; a crash may have lost the last moves."""
        return self._feed.checkpoint()

    def move_checkpoint(self, seq: int) -> None:
        """The feed is handled up to this place. Costs no commit of its own."""
        self._feed.move(seq)

    def vitals(self) -> dict[str, object]:
        """For the health page: `sqlite_version`, `commits`, `commit_p99_ms`."""
        return {"sqlite_version": sqlite3.sqlite_version, **self.writer.vitals()}

    def _recorded(self) -> None:
        self.on_commit()  # looked up each time: the pump is made after the store


def _nothing() -> None:
    """What is done where nobody asked for anything."""
