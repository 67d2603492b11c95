"""What the flow needs of the world, in the words of the domain: never SQL, never DynamoDB's expressions.

Two adapters keep these promises: chalicelib/store (DynamoDB, SQS, S3) and infra/local (SQLite, threads, files). One
contract suite holds both to them (tests/store). Every writing method is one conditional write, or one transaction
that happens whole or not at all. Any method may raise StoreUnavailable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.access import Credential
from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Attempt, Delivery, Letter
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.health import Health
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.record import OrderPage, Receipt, Routed, RoutePage, Version
from chalicelib.domain.subscription import Subscription

__all__ = [
    "Access",
    "Bell",
    "Cursors",
    "Ledger",
    "Mails",
    "Notifier",
    "OrderPage",
    "Receipt",
    "Receipts",
    "RoutePage",
    "Routed",
    "Subscriptions",
    "Telling",
    "Version",
]  # fmt: skip


class Ledger(Protocol):
    """Orders with their journals and notes."""

    def order(self, key: OrderKey) -> Order:
        """The order as it stands, details included; a consistent read. Raises OrderNotFound."""

    def record(self, change: Change, receipt: Receipt | None = None) -> None:
        """Write head, entries, notes and receipt as one.

        Conditions: the order's version is `change.base` (0: there is no such order), and no live receipt of this id
        exists. Marks the order as not announced since the last entry's time, unless it is marked already. A change
        without entries writes only the receipt. Raises Conflict, ReceiptTaken.
        """

    def entries(self, key: OrderKey, *, after: int = 0, upto: int | None = None) -> Sequence[Entry]:
        """The journal between two numbers (after < number <= upto), in order; a consistent read."""

    def notes(self, key: OrderKey) -> Sequence[Note]:
        """All notes of an order, oldest first; a consistent read."""

    def page(self, account: str, order_type: str, *, start: str | None, size: int, drafts: bool = False) -> OrderPage:
        """A page of the type's orders, from the order of id `start` on. Drafts are listed apart from all others.

        May lag behind the latest writes. Raises OrderNotFound when `start` is no order of the type.
        """

    def announced(self, key: OrderKey, number: int) -> bool:
        """Take the mark away, on condition that the version is `number`. False when it is not (or no mark stood)."""

    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders marked before a time, from an index that may lag: read the order before acting on it."""

    def marked(self, key: OrderKey) -> int | None:
        """The order's version when the mark stands, else None; a consistent read."""


class Receipts(Protocol):
    """What was carried out under a key."""

    def receipt(self, receipt_id: str, *, now: datetime) -> Receipt | None:
        """The receipt, if there is one and it is not void; a consistent read."""


class Subscriptions(Protocol):
    """Subscriptions, their routes, and the claim of each on its target."""

    def add(
        self,
        subscription: Subscription,
        *,
        now: datetime,
        at: Version | None = None,
        receipt: Receipt | None = None,
    ) -> None:
        """Write subscription, routes, claim and receipt as one.

        The claim is on (account, type or event, order or all, address of the target) and may be taken over from a
        subscription that has expired. Raises DuplicateSubscription, Conflict (the order is not at version `at`),
        ReceiptTaken.
        """

    def replace(
        self, subscription: Subscription, *, old: Subscription, now: datetime, at: Version | None = None
    ) -> None:
        """Put `subscription` in place of `old`, routes and claim included, as one; its id is the same.

        On condition that the stored version is `old.version` and that it has not ended. Raises
        DuplicateSubscription, Conflict.
        """

    def remove(self, subscription: Subscription) -> bool:
        """Delete subscription, routes and claim as one. False when it was gone, or changed, already."""

    def get(self, account: str, subscription_id: str) -> Subscription | None:
        """The subscription, also when it has expired or ended; a consistent read."""

    def tagged(self, account: str, tag: str) -> Subscription | None:
        """The subscription whose id begins with this tag (Subscription.tag); a consistent read."""

    def all(self, account: str) -> Sequence[Subscription]:
        """All that are stored, also expired and ended ones, oldest first; a consistent read."""

    def routes(self, order: OrderKey, *, start: str | None = None, limit: int = 500) -> RoutePage:
        """Who hears of this order: first the routes of the order, then those of all of its type. Consistent reads."""

    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose expiry lies before a time, oldest first, from an index that may lag."""

    def remove_expired(self, subscription: Subscription) -> bool:
        """Delete it with routes and claim, on condition that the stored `expires_at` is the one it has here."""

    def note_health(self, subscription: Subscription, health: Health, *, status: str, at: datetime) -> bool:
        """Write health and status, on condition that the stored health's revision is `subscription.health.revision`."""


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

        `missed` becomes 0 when told, one more when given up. Where `ends` is given, that subscription is
        marked ended as of delivery.at, its routes and claim are deleted and the cursor is closed (`due`, lease
        removed) in the same transaction, on condition that its stored version is `ends.version`: a change of it that
        was acknowledged meanwhile is not undone. None when the lease is not ours any more, or that condition fails.
        """

    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        """One transaction, if ours: the delivery's record; attempt + 1; `due` as given; lease and `lost` removed."""

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


class Bell(Protocol):
    """Doorbells. They may ring twice, late, out of order, or not at all."""

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:
        """Wake a teller for this cursor, in `delay` seconds."""

    def announce(self, order: OrderKey, number: int, *, start: str) -> None:
        """Wake an announcer to go on with the routes from `start`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a notifier is given to write a letter. `order` and `journal` (up to the entry) only for mail."""

    subscription: Subscription
    entry: Entry
    missed: int
    order: Order | None = None
    journal: Sequence[Entry] = ()


class Notifier(Protocol):
    """The way out. A receiver that fails is an Attempt, never an exception."""

    def compose(self, telling: Telling) -> Letter:
        """The letter: the same bytes for the same telling."""

    def deliver(self, telling: Telling, letter: Letter, attempt: int) -> Attempt:
        """One attempt, within the longest attempt's time; `attempt` counts from 1."""


class Mails(Protocol):
    """Mail that came in, as files: under `incoming` until it was heard, then filed under what became of it."""

    def incoming(self, *, limit: int) -> Sequence[str]:
        """Names of mails not yet heard, and for which no notice can be on its way any more, oldest first."""

    def read(self, name: str) -> bytes | None:
        """The whole mail, or None when it was filed already."""

    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        """Move it to `heard`, `held` or `refused`, with the reasons kept beside it. Repeating it is harmless."""


class Access(Protocol):
    """The users of the API."""

    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None."""

    def keep(self, credential: Credential) -> None:
        """Write it in place of whatever the user had."""
