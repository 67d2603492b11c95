"""The store's ports over dictionaries, until the one-machine store can stand here. Goes then."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Delivery, Outcome
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.errors import Conflict, DuplicateSubscription, OrderNotFound, ReceiptTaken
from chalicelib.domain.health import Health
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.subscription import ANY_ORDER, Subscription
from chalicelib.flow.ports import OrderPage, Receipt, Routed, RoutePage, Version


class Memory:
    def __init__(self) -> None:
        self.ledger, self.receipts = Ledger(self), Receipts(self)
        self.subscriptions, self.cursors = Subs(self), Cursors(self)


class Ledger:
    def __init__(self, store: Memory) -> None:
        self.s = store
        self.orders: dict[OrderKey, Order] = {}
        self.journal: dict[OrderKey, list[Entry]] = defaultdict(list)
        self.note: dict[OrderKey, dict[str, Note]] = defaultdict(dict)
        self.marks: dict[OrderKey, datetime] = {}

    def order(self, key: OrderKey) -> Order:
        if key not in self.orders:
            raise OrderNotFound(key.type, key.id)
        return self.orders[key]

    def record(self, change: Change, receipt: Receipt | None = None) -> None:
        key = change.order.key
        if (
            receipt
            and receipt.id in self.s.receipts.kept
            and self.s.receipts.kept[receipt.id].expires_at
            > (receipt.expires_at - __import__("datetime").timedelta(hours=24))
        ):
            raise ReceiptTaken
        if (self.orders[key].version if key in self.orders else 0) != change.base:
            raise Conflict
        if receipt:
            self.s.receipts.kept[receipt.id] = receipt
        if change.entries:
            self.orders[key] = change.order
            self.journal[key] += change.entries
            self.note[key] |= {note.id: note for note in change.notes}
            self.marks.setdefault(key, change.entries[-1].at)

    def entries(self, key: OrderKey, *, after: int = 0, upto: int | None = None) -> Sequence[Entry]:
        return [e for e in self.journal[key] if e.number > after and (upto is None or e.number <= upto)]

    def notes(self, key: OrderKey) -> Sequence[Note]:
        return list(self.note[key].values())

    def page(
        self, account: str, order_type: str, *, start: str | None, size: int, drafts: bool = False
    ) -> OrderPage:
        raise NotImplementedError

    def announced(self, key: OrderKey, number: int) -> bool:
        if key in self.marks and self.orders[key].version == number:
            del self.marks[key]
            return True
        return False

    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        return [k for k, at in self.marks.items() if at <= before][:limit]

    def marked(self, key: OrderKey) -> int | None:
        return self.orders[key].version if key in self.marks else None


class Receipts:
    def __init__(self, store: Memory) -> None:
        self.kept: dict[str, Receipt] = {}

    def receipt(self, receipt_id: str, *, now: datetime) -> Receipt | None:
        found = self.kept.get(receipt_id)
        return found if found and now < found.expires_at else None


class Subs:
    def __init__(self, store: Memory) -> None:
        self.s = store
        self.rows: dict[tuple[str, str], Subscription] = {}
        self.claims: dict[Any, str] = {}
        self.routed: dict[tuple[str, str, str], dict[str, Routed]] = defaultdict(dict)

    def _claim(self, s: Subscription) -> Any:
        return (s.account, s.routes[0].type, s.event_type, s.routes[0].order_id, s.target.address)

    def _write(self, s: Subscription, old: Subscription | None, now: datetime, at: Version | None) -> None:
        if at and self.s.ledger.orders[at.order].version != at.number:
            raise Conflict
        other = self.claims.get(self._claim(s))
        if other and other != s.id:
            holder = self.rows.get((s.account, other))
            if holder and holder.live(now):
                raise DuplicateSubscription
        if old:
            self._unroute(old)
        self.rows[s.account, s.id] = s
        self.claims[self._claim(s)] = s.id
        for r in s.routes:
            self.routed[s.account, r.type, r.order_id][s.id] = Routed(s.id, r.after)

    def _unroute(self, s: Subscription) -> None:
        if self.claims.get(self._claim(s)) == s.id:
            del self.claims[self._claim(s)]
        for r in s.routes:
            self.routed[s.account, r.type, r.order_id].pop(s.id, None)

    def add(
        self,
        subscription: Subscription,
        *,
        now: datetime,
        at: Version | None = None,
        receipt: Receipt | None = None,
    ) -> None:
        if (
            receipt
            and receipt.id in self.s.receipts.kept
            and self.s.receipts.kept[receipt.id].expires_at > now
        ):
            raise ReceiptTaken
        self._write(subscription, None, now, at)
        if receipt:
            self.s.receipts.kept[receipt.id] = receipt

    def replace(
        self, subscription: Subscription, *, old: Subscription, now: datetime, at: Version | None = None
    ) -> None:
        stored = self.rows.get((old.account, old.id))
        if stored is None or stored.version != old.version or stored.ended_at:
            raise Conflict
        self._write(subscription, old, now, at)

    def remove(self, subscription: Subscription) -> bool:
        stored = self.rows.get((subscription.account, subscription.id))
        if stored is None or stored.version != subscription.version:
            return False
        self._unroute(stored)
        del self.rows[stored.account, stored.id]
        return True

    def get(self, account: str, subscription_id: str) -> Subscription | None:
        return self.rows.get((account, subscription_id))

    def tagged(self, account: str, tag: str) -> Subscription | None:
        return next((s for s in self.rows.values() if s.account == account and s.tag == tag), None)

    def all(self, account: str) -> Sequence[Subscription]:
        return [s for s in self.rows.values() if s.account == account]

    def routes(self, order: OrderKey, *, start: str | None = None, limit: int = 500) -> RoutePage:
        found = [
            r
            for where in (order.id, ANY_ORDER)
            for _, r in sorted(self.routed[order.account, order.type, where].items())
        ]
        at = int(start or 0)
        following = str(at + limit) if at + limit < len(found) else None
        return RoutePage(tuple(found[at : at + limit]), following)

    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        return [s for s in self.rows.values() if s.expires_at and s.expires_at < before][:limit]

    def remove_expired(self, subscription: Subscription) -> bool:
        stored = self.rows.get((subscription.account, subscription.id))
        if stored is None or stored.expires_at != subscription.expires_at:
            return False
        return self.remove(stored)

    def note_health(self, subscription: Subscription, health: Health, *, status: str, at: datetime) -> bool:
        stored = self.rows.get((subscription.account, subscription.id))
        if stored is None or stored.health.revision != subscription.health.revision:
            return False
        self.rows[stored.account, stored.id] = replace(stored, health=health, status=status, status_at=at)
        return True


class Cursors:
    def __init__(self, store: Memory) -> None:
        self.s = store
        self.rows: dict[CursorRef, Cursor] = {}
        self.records: dict[tuple[CursorRef, int], Delivery] = {}

    def _ours(self, cursor: Cursor) -> Cursor | None:
        now = self.rows.get(cursor.ref)
        return now if now and now.lease and cursor.lease and now.lease.token == cursor.lease.token else None

    def _put(self, cursor: Cursor) -> Cursor:
        self.rows[cursor.ref] = cursor
        return cursor

    def want(self, ref: CursorRef, number: int, *, after: int, now: datetime) -> bool:
        was = self.rows.get(ref)
        if (was and was.wanted >= number) or number <= after:
            return False
        was = was or Cursor(ref=ref, told=after, wanted=after)
        self._put(replace(was, wanted=number, due=was.due or now))
        return True

    def take(
        self, ref: CursorRef, *, token: str, now: datetime, until: datetime, new_work: bool
    ) -> Cursor | None:
        c = self.rows.get(ref)
        if c is None or c.due is None or (c.lease and now < c.lease.until):
            return None
        if c.due > now and not (new_work and c.attempt == 0):
            return None
        return self._put(replace(c, lease=Lease(token, until), lost=c.lost + 1))

    def extend(self, cursor: Cursor, until: datetime) -> Cursor | None:
        c = self._ours(cursor)
        return self._put(replace(c, lease=Lease(c.lease.token, until))) if c and c.lease else None

    def postpone(self, cursor: Cursor, due: datetime) -> bool:
        c = self._ours(cursor)
        return bool(c and self._put(replace(c, due=due, lease=None, lost=0)))

    def passed(
        self, cursor: Cursor, delivery: Delivery, *, until: datetime, ends: Subscription | None = None
    ) -> Cursor | None:
        c = self._ours(cursor)
        if c is None or c.lease is None:
            return None
        if ends:
            stored = self.s.subscriptions.get(ends.account, ends.id)
            if stored is None or stored.version != ends.version:
                return None
            self.s.subscriptions._unroute(stored)
            self.s.subscriptions.rows[ends.account, ends.id] = replace(stored, ended_at=delivery.at)
        self.records[c.ref, delivery.number] = delivery
        c = replace(
            c,
            told=delivery.number,
            attempt=0,
            lost=0,
            missed=c.missed + 1 if delivery.outcome is Outcome.GIVEN_UP else 0,
            lease=Lease(c.lease.token, until),
        )
        return self._put(replace(c, due=None, lease=None, wanted=c.told) if ends else c)

    def not_told(self, cursor: Cursor, delivery: Delivery, *, due: datetime) -> bool:
        c = self._ours(cursor)
        if c is None:
            return False
        self.records[c.ref, delivery.number] = delivery
        return bool(self._put(replace(c, attempt=c.attempt + 1, due=due, lease=None, lost=0)))

    def finish(self, cursor: Cursor) -> bool:
        c = self._ours(cursor)
        if c is None or c.wanted != cursor.wanted:
            return False
        return bool(self._put(replace(c, told=c.wanted, due=None, lease=None, lost=0)))

    def drop(self, cursor: Cursor) -> None:
        if self._ours(cursor):
            del self.rows[cursor.ref]

    def get(self, ref: CursorRef) -> Cursor | None:
        return self.rows.get(ref)

    def delivery(self, ref: CursorRef, number: int) -> Delivery | None:
        return self.records.get((ref, number))

    def due(self, *, before: datetime, limit: int) -> Sequence[CursorRef]:
        return [c.ref for c in self.rows.values() if c.due and c.due <= before][:limit]
