"""Who wants to hear of what, where, and until when. Which entries it covers is decided here and nowhere else."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.filters import Filters
from chalicelib.domain.health import Health

DEFAULT_EXPIRY = 86_400
"""Seconds that a callback subscription lives when it does not say (Bandwidth Phone Number API)."""

LONGEST_EXPIRY = 3_153_600_000
"""Seconds: a hundred years. More counts as this."""

KEPT_AFTER_EXPIRY = timedelta(days=7)
"""An expired subscription is gone for the API, but stays this long so that what was written before is told."""

ANY_ORDER = "*"
"""In a route's place of an order id: all orders of the type."""

READY = "READY"
"""The status of a callback subscription before its first attempt."""

EVENTS = "events"
"""In a route's place of a type: events of the account that belong to no order, such as MESSAGING_LOST."""

MOST_ROUTES = 90
"""Routes of a subscription: they are written in one transaction, which has room for 100 items. One order takes two."""


_NATIONAL = re.compile(r"(?:\+?1)?([2-9][0-9]{9})")


class NumberFormat(StrEnum):
    """How telephone numbers are written in callbacks: LEGACY drops +1, E164 never does."""

    LEGACY = "LEGACY"
    E164 = "E164"

    def written(self, number: str) -> str:
        """A number so: LEGACY has +1 numbers as 10 digits, E164 with the +1.

        What is no number of the North American plan, or no number at all, stays as it is.
        """
        national = _NATIONAL.fullmatch(number)
        if national is None:
            return number
        return national[1] if self is NumberFormat.LEGACY else f"+1{national[1]}"


class Digest(StrEnum):
    """How often an e-mail subscriber hears: at once, or once a day."""

    NONE = "NONE"
    DAILY = "DAILY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """An HTTP receiver. `secret` signs what it is sent (Standard Webhooks) and is shown once, at creation.

    `shared_key` is the receiver's own, for the signature of version 2. `public_key` is the certificate, in base64,
    that the receiver must show.
    """

    url: str
    secret: str = field(repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    shared_key: str | None = field(default=None, repr=False)
    public_key: str | None = None
    number_format: NumberFormat = NumberFormat.LEGACY

    @property
    def address(self) -> str:
        """What makes two targets the same."""
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An e-mail address."""

    email: str
    digest: Digest = Digest.NONE

    @property
    def address(self) -> str:
        """What makes two targets the same."""
        return self.email.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a subscription hears of: all orders of a type since a time, or one order after an entry's number.

    All events of an account are one journal: they have both, the time and the number.
    """

    type: str
    order_id: str = ANY_ORDER
    since: datetime
    after: int = 0

    def leads_from(self, order: OrderKey) -> bool:
        """Whether the order is one of those."""
        return self.type == order.type and self.order_id in (ANY_ORDER, order.id)

    def reaches(self, entry: Entry, *, slack: timedelta) -> bool:
        """Whether the entry was written after the route's beginning."""
        if not self.leads_from(entry.order) or entry.number <= self.after:
            return False
        return self.order_id != ANY_ORDER or entry.at >= self.since - slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription as stored. `order_type` is its name as its owner wrote it; `version` grows with every PUT.

    `filters` are there where it was last written as a subscription of version 2: it is then told in that version's
    words, and lives until it is deleted.
    """

    account: str
    id: str
    target: Callback | Mailbox
    routes: tuple[Route, ...]
    created_at: datetime
    order_type: str | None = None
    event_type: str | None = None
    filters: Filters | None = None
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    status: str = READY
    status_at: datetime | None = None
    version: int = 1
    health: Health = field(default_factory=Health)

    @property
    def order_id(self) -> str | None:
        """The one order it is for, or None."""
        only = {route.order_id for route in self.routes}
        return None if len(only) > 1 or ANY_ORDER in only else next(iter(only))

    @property
    def heard(self) -> tuple[str, ...]:
        """What it hears of where that takes several routes or a filter: the same however it was written.

        Empty for version 1, where one type, event or order says it all. So a receiver may be subscribed in both
        versions while it goes over from one to the other.
        """
        if self.filters is None:
            return ()
        filtered = sorted(set(self.filters.event_types or self.filters.definition.event_types))
        return ("2", *filtered, *sorted(f"{route.type}/{route.order_id}" for route in self.routes))

    @property
    def tag(self) -> str:
        """The first 40 bits of the id, in hex: what reply addresses carry of it."""
        return self.id.replace("-", "")[:10]

    def live(self, now: datetime) -> bool:
        """Whether the API still knows it."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)

    def seconds_left(self, now: datetime) -> int | None:
        """Seconds until it expires, never below 0; None when it does not."""
        return None if self.expires_at is None else max(0, round((self.expires_at - now).total_seconds()))

    def covers(self, entry: Entry, *, slack: timedelta) -> bool:
        """Whether it is to be told this entry. `slack` is how far clocks of several machines may disagree."""
        if not entry.notified or (self.expires_at and entry.at >= self.expires_at):
            return False
        if self.filters is not None and not self.filters.let_through(entry):
            return False
        if entry.by_mail and isinstance(self.target, Mailbox) and self.target.address == entry.by.lower():
            return False  # who replied by mail is not mailed their own reply
        return any(route.reaches(entry, slack=slack) for route in self.routes)

    def ends_at(self, entry: Entry) -> bool:
        """Whether the entry ends it: the final one of the one order it is for, written after it was made.

        Nothing but its deletion ends a subscription of version 2.
        """
        return (
            self.filters is None
            and entry.final
            and any(
                route.order_id != ANY_ORDER and route.leads_from(entry.order) and entry.number > route.after
                for route in self.routes
            )
        )


def expiry(now: datetime, seconds: int) -> datetime:
    """When a subscription of this many seconds ends."""
    return now + timedelta(seconds=min(seconds, LONGEST_EXPIRY))
