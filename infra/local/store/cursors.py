"""Cursors and the deliveries they made. One thread writes: what a step reads cannot change before it writes.

Only what came of an attempt waits for the disk. A power cut may take the other steps back, the latest first, and the
sweep finds what they were for: so a `want` is never lost after the mark on its order is gone.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Delivery, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Subscription
from infra.local.store import deliveries
from infra.local.store.codec import ref_columns, stamp, time
from infra.local.store.reader import Reads, Row
from infra.local.store.subscriptions import end
from infra.local.store.writer import Writer

_OF = "account = ? AND subscription_id = ? AND type = ? AND order_id = ?"
_SELECT = f"SELECT told, wanted, due, lease, leased_until, attempt, lost, missed FROM cursors WHERE {_OF}"  # noqa: S608 because only words from above are put in


class Cursors:
    """Implements the flow's Cursors."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def want(self, ref: CursorRef, number: int, *, after: int, now: datetime) -> bool:
        """Raise `wanted` to `number`, and set `due` to now if absent; a new cursor starts told = after."""
        if number <= after:
            return False
        sql = """INSERT INTO cursors
                (account, subscription_id, type, order_id, told, wanted, due, attempt, lost, missed)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
            ON CONFLICT DO UPDATE SET wanted = excluded.wanted, due = coalesce(due, excluded.due)
                WHERE wanted < excluded.wanted"""
        values = (*ref_columns(ref), after, number, stamp(now))
        return self._writer.do(lambda connection: connection.execute(sql, values).rowcount > 0, durable=False)

    def take(self, ref: CursorRef, *, token: str, now: datetime, until: datetime, new_work: bool) -> Cursor | None:
        """Write the lease (token, until) and `lost` + 1; None when the condition fails."""

        def taken(stored: Cursor) -> Cursor | None:
            free = stored.lease is None or stored.lease.until <= now
            if stored.due is None or not free or not (stored.due <= now or (new_work and not stored.attempt)):
                return None
            return replace(stored, lease=Lease(token, until), lost=stored.lost + 1)

        return self._step(ref, taken)

    def extend(self, cursor: Cursor, until: datetime) -> Cursor | None:
        """Make the lease last until then, if ours."""
        return self._if_ours(cursor, lambda stored: replace(stored, lease=_lease(cursor, until)))

    def postpone(self, cursor: Cursor, due: datetime) -> bool:
        """If ours: `due` as given, lease and `lost` removed, `attempt` as it was."""
        later = self._if_ours(cursor, lambda stored: replace(stored, due=due, lease=None, lost=0))
        return later is not None

    def passed(
        self, cursor: Cursor, delivery: Delivery, *, until: datetime, ends: Subscription | None = None
    ) -> Cursor | None:
        """One transaction, if ours: the delivery's record; told = its number. Where it ends, the subscription too."""
        row = deliveries.row(delivery)

        def following(stored: Cursor) -> Cursor:
            missed = stored.missed + 1 if delivery.outcome is Outcome.GIVEN_UP else 0
            told = replace(stored, told=delivery.number, attempt=0, lost=0, missed=missed, lease=_lease(cursor, until))
            return replace(told, due=None, lease=None) if ends else told

        def beside(connection: sqlite3.Connection) -> bool:
            if ends is not None and not end(connection, ends, at=delivery.at):
                return False
            deliveries.keep(connection, row)
            return True

        return self._if_ours(cursor, following, beside)

    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        """One transaction, if ours: the delivery's record; attempt + 1; `due` as given; lease and `lost` removed."""
        row = deliveries.row(delivery)

        def later(stored: Cursor) -> Cursor:
            return replace(stored, attempt=stored.attempt + 1, due=due, lease=None, lost=0)

        def beside(connection: sqlite3.Connection) -> bool:
            deliveries.keep(connection, row)
            return True

        return self._if_ours(cursor, later, beside) is not None

    def finish(self, cursor: Cursor) -> bool:
        """If ours and `wanted` is cursor.wanted: told = wanted; `due`, lease and `lost` removed. False otherwise."""

        def finished(stored: Cursor) -> Cursor | None:
            if stored.wanted != cursor.wanted:
                return None
            return replace(stored, told=stored.wanted, due=None, lease=None, lost=0)

        return self._if_ours(cursor, finished) is not None

    def drop(self, cursor: Cursor) -> None:
        """Delete the cursor, if ours."""
        if cursor.lease is not None:
            sql = f"DELETE FROM cursors WHERE {_OF} AND lease = ?"  # noqa: S608 because only words from above are put in
            values = (*ref_columns(cursor.ref), cursor.lease.token)
            self._writer.do(lambda connection: connection.execute(sql, values).rowcount, durable=False)

    def get(self, ref: CursorRef) -> Cursor | None:
        """The cursor; a consistent read."""
        return next((_cursor(ref, row) for row in self._reads.rows(_SELECT, ref_columns(ref))), None)

    def delivery(self, ref: CursorRef, number: int) -> Delivery | None:
        """The record of one entry; a consistent read."""
        return deliveries.read(self._reads, ref, number)

    def due(self, *, before: datetime, limit: int) -> Sequence[CursorRef]:
        """Cursors whose `due` lies before a time, the longest due first."""
        return [ref for ref, _ in self.pending(before=before, limit=limit)]

    def pending(self, *, before: datetime, limit: int) -> Sequence[tuple[CursorRef, datetime]]:
        """As `due`, each with its time."""
        rows = self._reads.rows(
            """SELECT subscription_id, account, type, order_id, due FROM cursors
                WHERE due < ? ORDER BY due LIMIT ?""",
            (stamp(before), limit),
        )
        return [(CursorRef(found, OrderKey(*order)), time(due)) for found, *order, due in rows]

    def release_leases(self) -> None:
        """Take all leases back, when nobody is at work. A lease without a result stays counted in `lost`."""
        sql = """UPDATE cursors SET lease = NULL, leased_until = NULL
            WHERE due IS NOT NULL AND lease IS NOT NULL"""  # whoever holds a lease is due: so the index finds them
        self._writer.do(lambda connection: connection.execute(sql).rowcount, durable=False)

    def _step(
        self,
        ref: CursorRef,
        decide: Callable[[Cursor], Cursor | None],
        beside: Callable[[sqlite3.Connection], bool] | None = None,
    ) -> Cursor | None:
        """Write what is decided of the stored cursor, and what goes beside it; None when nothing is to be written."""

        def work(connection: sqlite3.Connection) -> Cursor | None:
            row = connection.execute(_SELECT, ref_columns(ref)).fetchone()
            after = decide(_cursor(ref, row)) if row else None
            if after is None or (beside and not beside(connection)):
                return None
            _write(connection, after)
            return after

        return self._writer.do(work, durable=beside is not None)

    def _if_ours(
        self,
        cursor: Cursor,
        decide: Callable[[Cursor], Cursor | None],
        beside: Callable[[sqlite3.Connection], bool] | None = None,
    ) -> Cursor | None:
        """As `_step`, where the lease is the one this cursor was taken with."""

        def decide_ours(stored: Cursor) -> Cursor | None:
            ours = stored.lease and cursor.lease and stored.lease.token == cursor.lease.token
            return decide(stored) if ours else None

        return self._step(cursor.ref, decide_ours, beside)


def _lease(cursor: Cursor, until: datetime) -> Lease | None:
    return Lease(cursor.lease.token, until) if cursor.lease else None


def _cursor(ref: CursorRef, row: Row) -> Cursor:
    told, wanted, due, lease, leased_until, attempt, lost, missed = row
    return Cursor(
        ref=ref, told=told, wanted=wanted, due=None if due is None else time(due),
        lease=None if lease is None else Lease(lease, time(leased_until)), attempt=attempt, lost=lost, missed=missed,
    )  # fmt: skip


def _write(connection: sqlite3.Connection, cursor: Cursor) -> None:
    connection.execute(
        f"""UPDATE cursors SET told = ?, wanted = ?, due = ?, lease = ?, leased_until = ?, attempt = ?, lost = ?,
            missed = ? WHERE {_OF}""",  # noqa: S608 because only words from above are put in
        (
            cursor.told, cursor.wanted, None if cursor.due is None else stamp(cursor.due),
            cursor.lease.token if cursor.lease else None, stamp(cursor.lease.until) if cursor.lease else None,
            cursor.attempt, cursor.lost, cursor.missed, *ref_columns(cursor.ref),
        ),
    )  # fmt: skip
