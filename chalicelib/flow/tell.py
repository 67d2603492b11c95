"""From the cursor on, read the journal and tell it, entry by entry, in order.

Each step is one conditional write and may be repeated. After every write the work goes on with the cursor that the
write returned, never with an earlier one; a lease that is not ours any more ends it without a word.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.domain.cursor import MAX_LOST, Cursor, CursorRef, Lease
from chalicelib.domain.delivery import RETRY_SCHEDULE, Attempt, Delivery, Letter, Outcome, delay
from chalicelib.domain.entry import Entry
from chalicelib.domain.health import Breaker, Health
from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from chalicelib.flow.ports import Bell, Cursors, Ledger, Notifier, Subscriptions, Telling

_SETTLED = (Outcome.TOLD, Outcome.GONE)
"""Outcomes of an attempt after which there is no other."""


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
        for entry in self.ledger.entries(cursor.ref.order, after=cursor.told, upto=cursor.wanted):
            subscription = self.subscriptions.get(cursor.ref.account, cursor.ref.subscription_id)
            if subscription is None or subscription.ended_at is not None:
                self.cursors.drop(cursor)
                return None
            following = self._one(cursor, subscription, entry, ends)
            if following is None:
                return None
            cursor = following
        return cursor

    def _one(self, cursor: Cursor, subscription: Subscription, entry: Entry, ends: datetime | None) -> Cursor | None:
        """One entry: skipped, passed, or tried once. The cursor to go on with, or None to stop."""
        if not subscription.covers(entry, slack=self.pace.slack):
            if not subscription.ends_at(entry) and not cursor.attempt:
                return cursor
            # never skipped: what ends the subscription, and what failed before a PUT that covers it no more
            return self._untried(cursor, subscription, entry, Outcome.ENDED, "not notified")
        now = self.now()
        if subscription.health.breaker(now) is Breaker.DISABLED:
            reason = "the subscription is disabled"
            return self._untried(cursor, subscription, entry, Outcome.GIVEN_UP, reason)
        if cursor.lost > MAX_LOST:
            reason = f"{MAX_LOST} attempts ended without a result"
            return self._untried(cursor, subscription, entry, Outcome.GIVEN_UP, reason)
        turn = now if self._ending(ends, now) else self._turn(cursor, subscription, now)
        if isinstance(turn, datetime):
            if self.cursors.postpone(cursor, turn):
                self.bell.tell(cursor.ref, delay=(turn - now).total_seconds())
            return None
        ready = self._with_time(cursor, now)
        return self._attempt(ready, turn, entry) if ready else None

    def _ending(self, ends: datetime | None, now: datetime) -> bool:
        """Whether the run has no time for one more whole attempt."""
        return self.stopping() or (ends is not None and ends - now < self.pace.longest_attempt)

    def _with_time(self, cursor: Cursor, now: datetime) -> Cursor | None:
        """The cursor with a lease that outlasts an attempt; None when it is not ours any more."""
        if cursor.lease and cursor.lease.until - now >= self.pace.longest_attempt:
            return cursor
        return self.cursors.extend(cursor, now + self.pace.lease)

    def _turn(self, cursor: Cursor, subscription: Subscription, now: datetime) -> Subscription | datetime:
        """The subscription to try with, or until when an open breaker keeps us from it."""
        health = subscription.health
        match health.breaker(now):
            case Breaker.OPEN if health.open_until:
                return health.open_until
            case Breaker.HALF_OPEN:
                return self._probe(cursor, subscription, now)
            case _:
                return subscription

    def _probe(self, cursor: Cursor, subscription: Subscription, now: datetime) -> Subscription | datetime:
        """Half open, whoever comes first may probe, which is written on the subscription.

        The attempt goes on with what was written: its outcome could not be noted under the revision read before.
        """
        health = subscription.health
        if health.probe is not None and health.probe.until > now:
            return health.probe.until
        until = now + self.pace.longest_attempt
        token = cursor.lease.token if cursor.lease else ""
        probing = replace(health, revision=health.revision + 1, probe=Lease(token, until))
        if self.subscriptions.note_health(subscription, probing, status=subscription.status, at=now):
            return replace(subscription, health=probing)
        return until

    def _attempt(self, cursor: Cursor, subscription: Subscription, entry: Entry) -> Cursor | None:
        """Try once; what came of it is written with the cursor's next place in one transaction."""
        before = self._before(cursor, entry)
        telling = self._telling(cursor, subscription, entry)
        letter = _frozen(before, subscription) or self.notifier.compose(telling)
        attempt = self.notifier.deliver(telling, letter, cursor.attempt + 1)
        attempts = (*(before.attempts if before else ()), attempt)
        wait = self._delay(cursor, attempt)
        log.tell(
            "delivery.attempted", account=cursor.ref.account, subscription=subscription.id, order=entry.order.id,
            type=entry.order.type, sequence=entry.number, attempt=cursor.attempt + 1, outcome=attempt.outcome,
            status=attempt.status, ms=attempt.milliseconds, reason=attempt.reason, next_in=wait,
        )  # fmt: skip
        if wait is not None:
            kept = letter if isinstance(subscription.target, Callback) else None
            following, next_try = None, self._not_told(cursor, entry, kept, attempts, wait)
        else:
            outcome = attempt.outcome if attempt.outcome in _SETTLED else Outcome.GIVEN_UP
            closed = self._closed(cursor, entry, outcome, attempt.reason, attempts)
            following, next_try = self._passed(cursor, subscription, entry, closed), attempt.at
        if attempt.outcome is not Outcome.GONE:
            self._note_health(cursor, subscription, attempt, next_try)
        return following

    def _before(self, cursor: Cursor, entry: Entry) -> Delivery | None:
        """The record of the attempts that failed before."""
        return self.cursors.delivery(cursor.ref, entry.number) if cursor.attempt else None

    def _telling(self, cursor: Cursor, subscription: Subscription, entry: Entry) -> Telling:
        if not isinstance(subscription.target, Mailbox):
            return Telling(subscription=subscription, entry=entry, missed=cursor.missed)
        order = self.ledger.order(entry.order)
        journal = self.ledger.entries(entry.order, upto=entry.number)
        return Telling(subscription=subscription, entry=entry, missed=cursor.missed, order=order, journal=journal)

    def _delay(self, cursor: Cursor, attempt: Attempt) -> float | None:
        if attempt.outcome in _SETTLED:
            return None
        return delay(self.pace.schedule, cursor.attempt + 1, jitter=self.pace.jitter(), retry_after=attempt.retry_after)

    def _untried(
        self, cursor: Cursor, subscription: Subscription, entry: Entry, outcome: Outcome, reason: str
    ) -> Cursor | None:
        """The entry is passed without an attempt; those made before stay in its record."""
        log.tell(
            "delivery.closed", account=cursor.ref.account, subscription=subscription.id, order=entry.order.id,
            type=entry.order.type, sequence=entry.number, outcome=outcome, reason=reason,
        )  # fmt: skip
        before = self._before(cursor, entry)
        closed = self._closed(cursor, entry, outcome, reason, before.attempts if before else ())
        return self._passed(cursor, subscription, entry, closed)

    def _passed(self, cursor: Cursor, subscription: Subscription, entry: Entry, delivery: Delivery) -> Cursor | None:
        """The entry is behind us. At the final entry of its one order, or when it is gone, the subscription ends."""
        ends = subscription.ends_at(entry) or delivery.outcome is Outcome.GONE
        following = self.cursors.passed(
            cursor, delivery, until=delivery.at + self.pace.lease, ends=subscription if ends else None
        )
        return None if ends else following

    def _closed(
        self, cursor: Cursor, entry: Entry, outcome: Outcome, reason: str, attempts: tuple[Attempt, ...]
    ) -> Delivery:
        """The record of an entry that is behind us, however that came."""
        return Delivery(
            cursor=cursor.ref, number=entry.number, outcome=outcome, reason=reason, at=self.now(), attempts=attempts
        )

    def _not_told(
        self, cursor: Cursor, entry: Entry, letter: Letter | None, attempts: tuple[Attempt, ...], wait: float
    ) -> datetime:
        now = self.now()
        due = now + timedelta(seconds=wait)
        delivery = Delivery(
            cursor=cursor.ref, number=entry.number, outcome=Outcome.NOT_TOLD, reason=attempts[-1].reason, at=now,
            attempts=attempts, letter=letter,
        )  # fmt: skip
        if self.cursors.not_told(cursor, delivery, due=due):
            self.bell.tell(cursor.ref, delay=wait)
        return due

    def _note_health(self, cursor: Cursor, subscription: Subscription, attempt: Attempt, next_try: datetime) -> None:
        """Written when the outcome changes; a lost race costs one count and nothing else."""
        health: Health = subscription.health
        if attempt.outcome is Outcome.TOLD:
            if health.spotless and (
                subscription.status == attempt.reason or _written_just_now(subscription, attempt.at)
            ):
                return
            health = health.succeeded()
        else:
            health = health.failed(cursor.ref.order.id, at=attempt.at, next_try=next_try)
        self.subscriptions.note_health(subscription, health, status=attempt.reason, at=attempt.at)


def _frozen(before: Delivery | None, subscription: Subscription) -> Letter | None:
    """The letter of the first attempt. Only a callback's: a mail names its addressee, who may have changed since."""
    return before.letter if before and isinstance(subscription.target, Callback) else None


def _written_just_now(subscription: Subscription, at: datetime) -> bool:
    """A subscription to a whole type must not become the table's hottest item for the wording of its successes."""
    return subscription.status_at is not None and at - subscription.status_at < STATUS_AT_MOST_EVERY
