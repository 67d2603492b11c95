"""From the cursor on, read the journal and tell it, entry by entry, in order.

Each step is one conditional write and may be repeated. After every write the work goes on with the cursor that the
write returned, never with an earlier one; a lease that is not ours any more ends it without a word.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.cursor import MAX_LOST, Cursor, CursorRef, Lease
from chalicelib.domain.delivery import RETRY_SCHEDULE, Attempt, Delivery, Letter, Outcome, delay
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.health import Breaker
from chalicelib.domain.subscription import EVENTS, Subscription
from chalicelib.flow.ports import Bell, Cursors, Ledger, Notifier, Subscriptions, Telling
from chalicelib.flow.turn import Turn

_SETTLED = (Outcome.TOLD, Outcome.GONE)
"""Outcomes of an attempt after which there is no other."""


PAGE = 100
"""Entries of a journal that are read at once."""

STATUS_AT_MOST_EVERY = timedelta(seconds=5)
"""How often the status of a subscription is written while every attempt succeeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The times of telling. `slack`: how far the clocks of several machines may disagree."""

    schedule: Sequence[float] = RETRY_SCHEDULE
    lease: timedelta = timedelta(seconds=60)
    longest_attempt: timedelta = timedelta(seconds=20)
    slack: timedelta = timedelta(seconds=5)
    jitter: Callable[[], float] = lambda: random.uniform(-1, 1)  # noqa: S311 because it spreads load, it hides nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The verb, with what it needs. `new_token`: a text never given again; `stopping`: begin no attempt."""

    ledger: Ledger
    subscriptions: Subscriptions
    cursors: Cursors
    notifier: Notifier
    bell: Bell
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    pace: Pace = Pace()
    stopping: Callable[[], bool] = lambda: False

    def __call__(self, ref: CursorRef, *, new_work: bool = False, ends: datetime | None = None) -> None:
        """Tell what there is to tell. `ends` is when the run that asks must be over."""
        now = self.now()
        cursor = self.cursors.take(ref, token=self.new_token(), now=now, until=now + self.pace.lease, new_work=new_work)
        while cursor is not None:
            upto = cursor.wanted
            cursor = self._up_to(cursor, ends)
            if cursor is not None and cursor.wanted == upto:
                cursor = None if self.cursors.finish(cursor) else self._still_ours(cursor)

    def _still_ours(self, cursor: Cursor) -> Cursor | None:
        """The cursor as it stands, when more is wanted by now; None when the lease is another's."""
        now = self.cursors.get(cursor.ref)
        ours = now and now.lease and cursor.lease and now.lease.token == cursor.lease.token
        return now if ours else None

    def _up_to(self, cursor: Cursor, ends: datetime | None) -> Cursor | None:
        """Tell up to what this cursor wants. The cursor after it, or None when there is nothing more to do here."""
        upto = cursor.wanted
        for after in range(cursor.told, upto, PAGE):
            following = self._page(cursor, after, min(after + PAGE, upto), ends)
            if following is None:
                return None
            cursor = following
        return cursor

    def _page(self, cursor: Cursor, after: int, upto: int, ends: datetime | None) -> Cursor | None:
        """The same for a page of the journal.

        The subscription is read before each attempt: who left must not hear of the next entry. What it skips was in
        the journal before that read, so one read does for any number of skipped entries and the attempt behind them.
        """
        subscription: Subscription | None = None
        for entry in self.ledger.entries(cursor.ref.order, after=after, upto=upto):
            subscription = subscription or self.subscriptions.get(cursor.ref.account, cursor.ref.subscription_id)
            if subscription is None or subscription.ended_at is not None:
                self.cursors.drop(cursor)
                return None
            turn = Turn(cursor=cursor, subscription=subscription, entry=entry)
            if self._skips(turn):
                continue
            following = self._one(turn, ends)
            if following is None:
                return None
            cursor, subscription = following, None
        return cursor

    def _skips(self, turn: Turn) -> bool:
        """Never skipped: what ends the subscription, and what failed before a PUT that covers it no more."""
        return not (turn.subscription.covers(turn.entry, slack=self.pace.slack) or turn.ends or turn.cursor.attempt)

    def _one(self, turn: Turn, ends: datetime | None) -> Cursor | None:
        """One entry that is not skipped: passed, or tried once. The cursor to go on with, or None to stop."""
        if not turn.subscription.covers(turn.entry, slack=self.pace.slack):
            return self._untried(turn, Outcome.ENDED, "not notified")
        now = self.now()
        if turn.subscription.health.breaker(now) is Breaker.DISABLED:
            return self._untried(turn, Outcome.GIVEN_UP, "the subscription is disabled")
        if turn.cursor.lost > MAX_LOST:
            return self._untried(turn, Outcome.GIVEN_UP, f"{MAX_LOST} attempts ended without a result")
        admitted = now if self._ending(ends, now) else self._admitted(turn, now)
        if isinstance(admitted, datetime):
            if self.cursors.postpone(turn.cursor, admitted):
                self.bell.tell(turn.cursor.ref, delay=(admitted - now).total_seconds())
            return None
        ready = self._with_time(turn.cursor, now)
        return self._attempt(replace(turn, cursor=ready, subscription=admitted)) if ready else None

    def _ending(self, ends: datetime | None, now: datetime) -> bool:
        """Whether the run has no time for one more whole attempt."""
        return self.stopping() or (ends is not None and ends - now < self.pace.longest_attempt)

    def _with_time(self, cursor: Cursor, now: datetime) -> Cursor | None:
        """The cursor with a lease that outlasts an attempt; None when it is not ours any more."""
        if cursor.lease and cursor.lease.until - now >= self.pace.longest_attempt:
            return cursor
        return self.cursors.extend(cursor, now + self.pace.lease)

    def _admitted(self, turn: Turn, now: datetime) -> Subscription | datetime:
        """The subscription to try with, or until when an open breaker keeps us from it."""
        health = turn.subscription.health
        match health.breaker(now):
            case Breaker.OPEN if health.open_until:
                return health.open_until
            case Breaker.HALF_OPEN:
                return self._probe(turn, now)
            case _:
                return turn.subscription

    def _probe(self, turn: Turn, now: datetime) -> Subscription | datetime:
        """Half open, whoever comes first may probe, which is written on the subscription.

        The attempt goes on with what was written: its outcome could not be noted under the revision read before.
        """
        subscription, lease = turn.subscription, turn.cursor.lease
        health = subscription.health
        if health.probe is not None and health.probe.until > now:
            return health.probe.until
        until = now + self.pace.longest_attempt
        probing = replace(health, revision=health.revision + 1, probe=Lease(lease.token if lease else "", until))
        if self.subscriptions.note_health(subscription, probing, status=subscription.status, at=now):
            return replace(subscription, health=probing)
        return until

    def _attempt(self, turn: Turn) -> Cursor | None:
        """Try once; what came of it is written with the cursor's next place in one transaction."""
        try:
            telling = self._telling(turn)
        except OrderNotFound:  # a draft that was removed, or an order whose time is over: there is nothing to tell of
            return self._untried(turn, Outcome.GIVEN_UP, "the order is not there any more")
        before = self._before(turn)
        letter = (before.letter if before and turn.by_callback else None) or self.notifier.compose(telling)
        attempt = self.notifier.deliver(telling, letter, turn.cursor.attempt + 1)
        attempts = (*(before.attempts if before else ()), attempt)
        wait = self._delay(turn.cursor, attempt)
        turn.say(
            "delivery.attempted", attempt=turn.cursor.attempt + 1, outcome=attempt.outcome, status=attempt.status,
            ms=attempt.milliseconds, reason=attempt.reason, next_in=wait,
        )  # fmt: skip
        if wait is not None:
            following, next_try = None, self._not_told(turn, letter, attempts, wait)
        else:
            outcome = attempt.outcome if attempt.outcome in _SETTLED else Outcome.GIVEN_UP
            following, next_try = self._passed(turn, outcome, attempt.reason, attempts), attempt.at
        if attempt.outcome is not Outcome.GONE:
            self._note_health(turn.subscription, turn.entry.order.id, attempt, next_try)
        return following

    def _before(self, turn: Turn) -> Delivery | None:
        """The record of the attempts that failed before.

        The letter of the first one goes out again, but for a mail's: that names its addressee, who may have changed.
        """
        return self.cursors.delivery(turn.cursor.ref, turn.entry.number) if turn.cursor.attempt else None

    def _telling(self, turn: Turn) -> Telling:
        subscription, entry, missed = turn.subscription, turn.entry, turn.cursor.missed
        if turn.by_callback:
            return Telling(subscription=subscription, entry=entry, missed=missed)
        order = self.ledger.order(entry.order)
        journal = () if entry.order.type == EVENTS else self.ledger.entries(entry.order, upto=entry.number)
        return Telling(subscription=subscription, entry=entry, missed=missed, order=order, journal=journal)

    def _delay(self, cursor: Cursor, attempt: Attempt) -> float | None:
        if attempt.outcome in _SETTLED:
            return None
        return delay(self.pace.schedule, cursor.attempt + 1, jitter=self.pace.jitter(), retry_after=attempt.retry_after)

    def _untried(self, turn: Turn, outcome: Outcome, reason: str) -> Cursor | None:
        """The entry is passed without an attempt; those made before stay in its record."""
        turn.say("delivery.closed", outcome=outcome, reason=reason)
        before = self._before(turn)
        return self._passed(turn, outcome, reason, before.attempts if before else ())

    def _passed(self, turn: Turn, outcome: Outcome, reason: str, attempts: Sequence[Attempt]) -> Cursor | None:
        """The entry is behind us. At the final entry of its one order, or when it is gone, the subscription ends.

        The cursor to go on with; None when nothing more is wanted, or it is not ours any more.
        """
        ends, now = turn.ends or outcome is Outcome.GONE, self.now()
        following = self.cursors.passed(
            turn.cursor, turn.record(outcome, reason, at=now, attempts=attempts), until=now + self.pace.lease,
            ends=turn.subscription if ends else None,
        )  # fmt: skip
        return following if following and following.lease else None

    def _not_told(self, turn: Turn, letter: Letter, attempts: Sequence[Attempt], wait: float) -> datetime:
        """It failed and will be tried again; gives when. Only a callback's letter is kept: see `_before`."""
        now = self.now()
        due, kept = now + timedelta(seconds=wait), letter if turn.by_callback else None
        failed = turn.record(Outcome.NOT_TOLD, attempts[-1].reason, at=now, attempts=attempts, letter=kept)
        if self.cursors.not_told(turn.cursor, failed, due=due):
            self.bell.tell(turn.cursor.ref, delay=wait)
        return due

    def _note_health(self, subscription: Subscription, order_id: str, attempt: Attempt, next_try: datetime) -> None:
        """Written when the outcome changes; a lost race costs one count and nothing else."""
        health = subscription.health
        if attempt.outcome is Outcome.TOLD:
            if health.spotless and (
                subscription.status == attempt.reason or _written_just_now(subscription, attempt.at)
            ):
                return
            health = health.succeeded()
        else:
            health = health.failed(order_id, at=attempt.at, next_try=next_try)
        self.subscriptions.note_health(subscription, health, status=attempt.reason, at=attempt.at)


def _written_just_now(subscription: Subscription, at: datetime) -> bool:
    """A subscription to a whole type must not become the table's hottest item for the wording of its successes."""
    return subscription.status_at is not None and at - subscription.status_at < STATUS_AT_MOST_EVERY
