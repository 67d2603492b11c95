"""The health of a subscription: a breaker that spares a failing receiver, and us, the attempts.

Closed → open after 5 failures in a row that touch two orders or span a minute → half-open, one probe at a time →
closed by a success; disabled after 5 days without one. Decided here, written by the flow.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.cursor import Lease

FAILURES_TO_OPEN = 5
SPAN_TO_OPEN = timedelta(minutes=1)
LONGEST_OPEN = timedelta(minutes=1)
DISABLED_AFTER = timedelta(days=5)


class Breaker(StrEnum):
    """What may be tried at a moment."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is known of a receiver since its last success. `revision` grows with every write."""

    revision: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    failing_order: str | None = None
    several_orders: bool = False
    open_until: datetime | None = None
    probe: Lease | None = None
    disabled: bool = False

    def breaker(self, now: datetime) -> Breaker:
        """Where the breaker stands at `now`."""
        if self.disabled:
            return Breaker.DISABLED
        if self.open_until is None:
            return Breaker.CLOSED
        return Breaker.OPEN if now < self.open_until else Breaker.HALF_OPEN

    def failed(self, order_id: str, *, at: datetime, next_try: datetime) -> "Health":
        """After one more failure. It opens until the failed entry's own next attempt, at most a minute away."""
        since = self.failing_since or at
        several = self.several_orders or (self.failing_order not in (None, order_id))
        failures = self.failures + 1
        opens = failures >= FAILURES_TO_OPEN and (several or at - since >= SPAN_TO_OPEN)
        return replace(
            self, revision=self.revision + 1, failures=failures, failing_since=since, failing_order=order_id,
            several_orders=several, probe=None, disabled=at - since >= DISABLED_AFTER,
            open_until=min(next_try, at + LONGEST_OPEN) if opens else None,
        )  # fmt: skip

    def succeeded(self) -> "Health":
        """After a success: nothing is held against the receiver."""
        return Health(revision=self.revision + 1)

    @property
    def spotless(self) -> bool:
        """Whether there is nothing that a success would have to clear."""
        return self == Health(revision=self.revision)
