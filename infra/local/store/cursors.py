"""Cursors and the deliveries they made. Each step is one statement: its condition and its write together.

Only what came of an attempt waits for the disk. A power cut may take the other steps back, the latest first, and the
sweep finds what they were for: so a `want` is never lost after the mark on its order is gone.
"""

import sqlite3
from collections.abc import Sequence
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
_OURS = f"{_OF} AND lease = ?"
_FIELDS = "told, wanted, due, lease, leased_until, attempt, lost, missed"
_FREE = "lease = NULL, leased_until = NULL, lost = 0"

_SELECT = f"SELECT {_FIELDS} FROM cursors WHERE {_OF}"  # noqa: S608 because only words from above are put in
_WANT = """INSERT INTO cursors (account, subscription_id, type, order_id, told, wanted, due, attempt, lost, missed)
        VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
    ON CONFLICT DO UPDATE SET wanted = excluded.wanted, due = coalesce(due, excluded.due)
        WHERE wanted < excluded.wanted
    RETURNING 1"""
_TAKE = f"""UPDATE cursors SET lease = ?, leased_until = ?, lost = lost + 1
    WHERE {_OF} AND (lease IS NULL OR leased_until <= ?) AND (due <= ? OR (? AND due IS NOT NULL AND attempt = 0))
    RETURNING {_FIELDS}"""  # noqa: S608 because only words from above are put in
_EXTEND = f"UPDATE cursors SET leased_until = ? WHERE {_OURS} RETURNING {_FIELDS}"  # noqa: S608 because only words from above are put in
_POSTPONE = f"UPDATE cursors SET due = ?, {_FREE} WHERE {_OURS} RETURNING 1"  # noqa: S608 because only words from above are put in
_FINISH = f"""UPDATE cursors SET told = wanted, due = NULL, {_FREE}
    WHERE {_OURS} AND wanted = ? RETURNING 1"""  # noqa: S608 because only words from above are put in
_DROP = f"DELETE FROM cursors WHERE {_OURS} RETURNING 1"  # noqa: S608 because only words from above are put in
_NOT_TOLD = f"UPDATE cursors SET told = ?, attempt = attempt + 1, due = ?, {_FREE} WHERE {_OURS} RETURNING 1"  # noqa: S608 because only words from above are put in
_PASSED = f"""UPDATE cursors SET told = ?, attempt = 0, lost = 0, missed = iif(?, 0, missed + ?),
        due = iif(wanted > ?, due, NULL), lease = iif(wanted > ?, lease, NULL),
        leased_until = iif(wanted > ?, ?, NULL)
    WHERE {_OURS} RETURNING {_FIELDS}"""  # noqa: S608 because only words from above are put in

_EVERYTHING = 2**62
"""Above what any cursor wants."""


class Cursors:
    """Implements the flow's Cursors."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def want(self, ref: CursorRef, number: int, *, after: int, now: datetime) -> bool:
        """Raise `wanted` to `number`, and set `due` to now if absent; a new cursor starts told = after."""
        return number > after and self._step(_WANT, (*ref_columns(ref), after, number, stamp(now))) is not None

    def take(self, ref: CursorRef, *, token: str, now: datetime, until: datetime, new_work: bool) -> Cursor | None:
        """Write the lease (token, until) and `lost` + 1; None when the condition fails."""
        at = stamp(now)
        return _cursor(ref, self._step(_TAKE, (token, stamp(until), *ref_columns(ref), at, at, new_work)))

    def extend(self, cursor: Cursor, until: datetime) -> Cursor | None:
        """Make the lease last until then, if ours."""
        return _cursor(cursor.ref, self._step(_EXTEND, (stamp(until), *_ours(cursor))))

    def postpone(self, cursor: Cursor, due: datetime) -> bool:
        """If ours: `due` as given, lease and `lost` removed, `attempt` as it was."""
        return self._step(_POSTPONE, (stamp(due), *_ours(cursor))) is not None

    def passed(
        self, cursor: Cursor, delivery: Delivery, *, until: datetime, ends: Subscription | None = None
    ) -> Cursor | None:
        """One transaction, if ours: the delivery's record; told = its number; the cursor's end, the subscription's."""
        record, number = deliveries.row(delivery), delivery.number
        told, given_up = delivery.outcome is Outcome.TOLD, delivery.outcome is Outcome.GIVEN_UP
        last = number if ends is None else _EVERYTHING
        values = (number, told, given_up, last, last, last, stamp(until), *_ours(cursor))

        def work(connection: sqlite3.Connection) -> Row | None:
            if ends is not None and not (_is_ours(connection, cursor) and end(connection, ends, at=delivery.at)):
                return None
            row = _first(connection, _PASSED, values)
            if row is not None:
                deliveries.keep(connection, record)
            return row

        return _cursor(cursor.ref, self._writer.do(work))

    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        """One transaction, if ours: the delivery's record; attempt + 1; `due` as given; lease and `lost` removed.

        What was skipped before it is behind us: told = the number before the delivery's.
        """
        record, values = deliveries.row(delivery), (delivery.number - 1, stamp(due), *_ours(cursor))

        def work(connection: sqlite3.Connection) -> bool:
            ours = _first(connection, _NOT_TOLD, values) is not None
            if ours:
                deliveries.keep(connection, record)
            return ours

        return self._writer.do(work)

    def finish(self, cursor: Cursor) -> bool:
        """If ours and `wanted` is cursor.wanted: told = wanted; `due`, lease and `lost` removed. False otherwise."""
        return self._step(_FINISH, (*_ours(cursor), cursor.wanted)) is not None

    def drop(self, cursor: Cursor) -> None:
        """Delete the cursor, if ours."""
        self._step(_DROP, _ours(cursor))

    def get(self, ref: CursorRef) -> Cursor | None:
        """The cursor; a consistent read."""
        return _cursor(ref, next(iter(self._reads.rows(_SELECT, ref_columns(ref))), None))

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

    def _step(self, sql: str, values: tuple[object, ...]) -> Row | None:
        """One statement that does not wait for the disk; the row it returns, or None when its condition failed."""
        return self._writer.do(lambda connection: _first(connection, sql, values), durable=False)


def _ours(cursor: Cursor) -> tuple[object, ...]:
    """The cursor's key and the lease it was taken with; without a lease nothing is ours, as NULL equals nothing."""
    return (*ref_columns(cursor.ref), cursor.lease.token if cursor.lease else None)


def _is_ours(connection: sqlite3.Connection, cursor: Cursor) -> bool:
    sql = f"SELECT 1 FROM cursors WHERE {_OURS}"  # noqa: S608 because only words from above are put in
    return _first(connection, sql, _ours(cursor)) is not None


def _first(connection: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> Row | None:
    """The one row of a statement. All are fetched: before the last one the statement is not at its end."""
    return next(iter(connection.execute(sql, values).fetchall()), None)


def _cursor(ref: CursorRef, row: Row | None) -> Cursor | None:
    if row is None:
        return None
    told, wanted, due, lease, leased_until, attempt, lost, missed = row
    return Cursor(
        ref=ref, told=told, wanted=wanted, due=None if due is None else time(due),
        lease=None if lease is None else Lease(lease, time(leased_until)), attempt=attempt, lost=lost, missed=missed,
    )  # fmt: skip
