"""All journals as one, in the order of their commits, and how far the pump has read it."""

import sqlite3

from chalicelib.domain.entry import Entry, OrderKey
from infra.local.store import codec
from infra.local.store.reader import Reads
from infra.local.store.writer import Writer


class Feed:
    """What the pump reads. At least once: a crash may repeat what came after the checkpoint that was written last."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer
        self._written = self._at = self._stored()
        writer.before_commit = self._write

    def after(self, seq: int, limit: int) -> list[tuple[int, Entry]]:
        """Entries with their places in the feed; the places grow, and may have gaps."""
        rows = self._reads.rows(
            """SELECT seq, account, type, order_id, number, body FROM entries
                WHERE seq > ? ORDER BY seq LIMIT ?""",
            (seq, limit),
        )
        return [(place, codec.entry(OrderKey(*key), number, body)) for place, *key, number, body in rows]

    def checkpoint(self) -> int:
        """The place that was moved to last; 0 at the beginning."""
        return self._at

    def move(self, seq: int) -> None:
        """Remember this place. Written with the next commit that has something to write, or at the end."""
        self._at = seq

    def flush(self) -> None:
        """Write the place now."""
        if self._at != self._written:
            self._writer.do(self._write)

    def _stored(self) -> int:
        return int(self._reads.rows("SELECT seq FROM checkpoints WHERE reader = 'pump'")[0][0])

    def _write(self, connection: sqlite3.Connection) -> None:
        at = self._at
        if at != self._written:
            connection.execute("UPDATE checkpoints SET seq = ? WHERE reader = 'pump'", (at,))
            self._written = at
