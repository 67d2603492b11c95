"""Cursors and deliveries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.subscription import Subscription


class Cursors(Protocol):
    """Cursors and the deliveries they made. See domain/cursor.py for the invariants."""

    def want(self, ref: CursorRef, number: int, *, after: int, now: datetime) -> bool:
        """Raise `wanted` to `number`, and set `due` to now if absent, in one update; a new cursor starts told = after.

        On condition that `wanted` is absent or smaller; False when it is not. Writes nothing where number <= after.
        """

    def take(self, ref: CursorRef, *, token: str, now: datetime, until: datetime, new_work: bool) -> Cursor | None:
        """Write the lease (token, until) and `lost` + 1; gives the cursor as this write left it.

        On condition that `due` is present, and no lease or a lapsed one, and (`due` reached, or `new_work` and no
        failed attempt). None when the condition fails.
        """

    def extend(self, cursor: Cursor, until: datetime) -> Cursor | None:
        """Make the lease last until then, if ours."""

    def postpone(self, cursor: Cursor, due: datetime) -> bool:
        """If ours: `due` as given, lease and `lost` removed, `attempt` as it was."""

    def passed(
        self, cursor: Cursor, delivery: Delivery, *, until: datetime, ends: Subscription | None = None
    ) -> Cursor | None:
        """One transaction, if ours: the delivery's record; told = its number; attempt, lost = 0; lease until then.

        Where nothing more is wanted as this is written, the same transaction closes the cursor: `due`, lease removed.
        The cursor that is given back has a lease only if there is more to tell; `wanted` may be an earlier one.

        `missed` becomes 0 when told, one more when given up. Where `ends` is given, that subscription is
        marked ended as of delivery.at, its routes and claim are deleted and the cursor is closed in the same
        transaction, on condition that its stored version is `ends.version`: a change of it that was acknowledged
        meanwhile is not undone. None when the lease is not ours any more, or that condition fails.
        """

    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        """One transaction, if ours: the delivery's record; attempt + 1; `due` as given; lease and `lost` removed.

        What was skipped before it is behind us: told = the number before the delivery's.
        """

    def finish(self, cursor: Cursor) -> bool:
        """If ours and `wanted` is cursor.wanted: told = wanted; `due`, lease and `lost` removed. False otherwise."""

    def drop(self, cursor: Cursor) -> None:
        """Delete the cursor, if ours."""

    def get(self, ref: CursorRef) -> Cursor | None:
        """The cursor; a consistent read."""

    def delivery(self, ref: CursorRef, number: int) -> Delivery | None:
        """The record of one entry; a consistent read."""

    def due(self, *, before: datetime, limit: int) -> Sequence[CursorRef]:
        """Cursors whose `due` lies before a time, from an index that may lag."""
