"""Cursors and the deliveries they made, in the table `cursors`. Each step is one write; "ours" is the lease's token."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Delivery, Outcome
from chalicelib.domain.errors import Conflict
from chalicelib.domain.subscription import Subscription
from chalicelib.store import ending, keys
from chalicelib.store.attributes import row
from chalicelib.store.codec import telling as codec
from chalicelib.store.codec.text import time
from chalicelib.store.conditions import conditional, reachable
from chalicelib.store.rows import CursorRow, SubscriptionRow
from chalicelib.store.sweeping import oldest
from chalicelib.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Implements the flow's Cursors. `kept`: how long deliveries stay, and what has ended with them."""

    connection: Connection
    kept: timedelta

    @reachable()
    def want(self, ref: CursorRef, number: int, *, after: int, now: datetime) -> bool:
        """Raise `wanted` to `number`, and set `due` to now if absent; a new cursor starts told = after."""
        if number <= after:
            return False
        raised: list[Action] = [
            CursorRow.wanted.set(number),
            CursorRow.told.set(CursorRow.told | after),
            CursorRow.due.set(CursorRow.due | time(now)),
            CursorRow.bucket.set(keys.bucket(keys.cursor(ref))),
        ]
        lower = CursorRow.wanted.does_not_exist() | (CursorRow.wanted < number)
        return _update(ref, raised, lower) is not None

    @reachable()
    def take(self, ref: CursorRef, *, token: str, now: datetime, until: datetime, new_work: bool) -> Cursor | None:
        """Write the lease (token, until) and `lost` + 1; gives the cursor as this write left it, or None."""
        ready = CursorRow.due <= time(now)
        if new_work:
            ready |= CursorRow.attempt.does_not_exist() | (CursorRow.attempt == 0)
        free = CursorRow.lease_token.does_not_exist() | (CursorRow.lease_until <= time(now))
        lease = [CursorRow.lease_token.set(token), CursorRow.lease_until.set(time(until))]
        return _update(ref, [*lease, CursorRow.lost.add(1)], CursorRow.due.exists() & free & ready)

    @reachable()
    def extend(self, cursor: Cursor, until: datetime) -> Cursor | None:
        """Make the lease last until then, if ours."""
        return _update(cursor.ref, [CursorRow.lease_until.set(time(until))], _ours(cursor))

    @reachable()
    def postpone(self, cursor: Cursor, due: datetime) -> bool:
        """If ours: `due` as given, lease and `lost` removed, `attempt` as it was."""
        return _update(cursor.ref, [CursorRow.due.set(time(due)), *_released()], _ours(cursor)) is not None

    @reachable()
    def passed(
        self, cursor: Cursor, delivery: Delivery, *, until: datetime, ends: Subscription | None = None
    ) -> Cursor | None:
        """One transaction, if ours: the delivery's record, the cursor's move, or its end; the subscription's end."""
        missed = 0 if delivery.outcome is Outcome.TOLD else cursor.missed + (delivery.outcome is Outcome.GIVEN_UP)
        following = replace(
            cursor, told=delivery.number, attempt=0, lost=0, missed=missed,
            lease=Lease(cursor.lease.token, until) if cursor.lease else None,
        )  # fmt: skip
        behind: list[Action] = [
            CursorRow.told.set(delivery.number), CursorRow.missed.set(missed), CursorRow.attempt.remove(),
            CursorRow.lost.remove(),
        ]  # fmt: skip
        closed = replace(following, wanted=delivery.number, due=None, lease=None)
        try:
            if ends is not None:
                self._end(cursor, delivery, behind, ends)
                return closed
            if delivery.number == cursor.wanted and self._close(cursor, delivery, behind):
                return closed
            self._write(cursor, delivery, [*behind, CursorRow.lease_until.set(time(until))], _ours(cursor))
        except Conflict:
            return None
        return following

    @reachable()
    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        """One transaction, if ours: the delivery's record; attempt + 1; `due` as given; lease and `lost` removed.

        What was skipped before it is behind us: told = the number before the delivery's.
        """
        skipped = CursorRow.told.set(delivery.number - 1)
        later = [skipped, CursorRow.attempt.add(1), CursorRow.due.set(time(due)), *_released()]
        try:
            self._write(cursor, delivery, later, _ours(cursor))
        except Conflict:
            return False
        return True

    @reachable()
    def finish(self, cursor: Cursor) -> bool:
        """If ours and `wanted` is cursor.wanted: told = wanted; `due`, lease and `lost` removed. False otherwise."""
        done = [CursorRow.told.set(cursor.wanted), CursorRow.due.remove(), *_released()]
        return _update(cursor.ref, done, _ours(cursor) & (CursorRow.wanted == cursor.wanted)) is not None

    @reachable()
    def drop(self, cursor: Cursor) -> None:
        """Delete the cursor, if ours."""
        conditional(lambda: _row(cursor.ref).delete(_ours(cursor)))

    @reachable()
    def get(self, ref: CursorRef) -> Cursor | None:
        """The cursor; a consistent read."""
        try:
            found = CursorRow.get(keys.cursor(ref), keys.CURSOR, consistent_read=True)
        except CursorRow.DoesNotExist:
            return None
        return codec.cursor(ref, found.attribute_values)

    @reachable()
    def delivery(self, ref: CursorRef, number: int) -> Delivery | None:
        """The record of one entry; a consistent read."""
        try:
            found = CursorRow.get(keys.cursor(ref), keys.delivery(number), consistent_read=True)
        except CursorRow.DoesNotExist:
            return None
        return codec.delivery(ref, number, found.attribute_values)

    @reachable()
    def due(self, *, before: datetime, limit: int) -> Sequence[CursorRef]:
        """Cursors whose `due` lies before a time, oldest first, from an index that may lag."""
        found = oldest(CursorRow.by_due, CursorRow.due, before=before, limit=limit)
        return [keys.cursor_of(each.pk) for each in found]

    def _write(self, cursor: Cursor, delivery: Delivery, moves: list[Action], condition: Condition) -> None:
        transaction = Transaction(self.connection)
        self._add(cursor, delivery, moves, transaction, condition)
        transaction.commit()

    def _add(
        self, cursor: Cursor, delivery: Delivery, moves: list[Action], transaction: Transaction, condition: Condition
    ) -> None:
        """The record, and the cursor's move on that condition; else the transaction raises Conflict."""
        record = {**codec.of_delivery(delivery), "ttl": delivery.at + self.kept}
        pk = keys.cursor(cursor.ref)
        transaction.update(_row(cursor.ref), moves, condition, Conflict)
        transaction.put(row(CursorRow, pk, keys.delivery(delivery.number), record))

    def _close(self, cursor: Cursor, delivery: Delivery, behind: list[Action]) -> bool:
        """The same, and the cursor's end; False when it is not ours any more, or more is wanted by now."""
        closed = [*behind, CursorRow.due.remove(), *_unleased()]
        try:
            self._write(cursor, delivery, closed, _ours(cursor) & (CursorRow.wanted == delivery.number))
        except Conflict:
            return False
        return True

    def _end(self, cursor: Cursor, delivery: Delivery, behind: list[Action], ends: Subscription) -> None:
        """The same, and the subscription's end: what is left of both goes with the deliveries. Raises Conflict."""
        gone = delivery.at + self.kept
        closed = [
            *behind, CursorRow.wanted.set(delivery.number), CursorRow.due.remove(), *_unleased(),
            CursorRow.ttl.set(gone),
        ]  # fmt: skip
        ended: list[Action] = [
            SubscriptionRow.ended_at.set(time(delivery.at)), SubscriptionRow.bucket.remove(),
            SubscriptionRow.ttl.set(gone),
        ]  # fmt: skip
        stored = SubscriptionRow(keys.account(ends.account), keys.subscription(ends.id))

        def write(*, with_claim: bool) -> None:
            transaction = Transaction(self.connection)
            self._add(cursor, delivery, closed, transaction, _ours(cursor))
            transaction.update(stored, ended, SubscriptionRow.version == ends.version, Conflict)
            if with_claim:
                ending.release(ends, transaction)
            ending.silence(ends, transaction)
            transaction.commit()

        ending.with_claim_or_without(write)


def _row(ref: CursorRef) -> CursorRow:
    return CursorRow(keys.cursor(ref), keys.CURSOR)


def _ours(cursor: Cursor) -> Condition:
    return CursorRow.lease_token == (cursor.lease.token if cursor.lease else "")


def _unleased() -> list[Action]:
    return [CursorRow.lease_token.remove(), CursorRow.lease_until.remove()]


def _released() -> list[Action]:
    return [*_unleased(), CursorRow.lost.remove()]


def _update(ref: CursorRef, moves: list[Action], condition: Condition) -> Cursor | None:
    """The cursor as the write left it; None when the condition does not hold."""
    stored = _row(ref)
    if conditional(lambda: stored.update(moves, condition)) is None:
        return None
    return codec.cursor(ref, stored.attribute_values)
